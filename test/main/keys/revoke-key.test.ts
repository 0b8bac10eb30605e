import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, into, start, workOf } from '../../support/key-world.ts';

async function aWorld(slowToForget = 0) {
  const world = createKeyWorld();
  world.server.behaviour.acceptsRevokedKeyFor = slowToForget;
  const key = await world.aKey([into(envFile)]);
  world.server.requests.length = 0;
  return { world, key };
}

describe('revoking a key', () => {
  it('says "revoked" when the provider refuses the key', async () => {
    const { world, key } = await aWorld();
    finished(await world.revoke(key));
    expect(world.server.requests).toEqual(['revoke k1', 'check k1 refused']);
    expect(world.key(key.id)).toMatchObject({ status: 'revoked', revokedAt: start, attention: null });
    expect(world.events().at(-1)).toBe('key-revoked');
  });

  it('keeps the key on the list, its value, and the file that it stands in', async () => {
    const { world, key } = await aWorld();
    const text = world.envFiles.files.get(envFile);
    finished(await world.revoke(key));
    expect(world.key(key.id).targets).toEqual(key.targets);
    expect(world.stored(key.id)).not.toBeNull();
    expect(world.envFiles.files.get(envFile)).toBe(text);
  });

  it('waits for a provider that goes on accepting the key for a while', async () => {
    const { world, key } = await aWorld(5);
    finished(await world.revoke(key));
    expect(world.server.requests.filter((request) => request === 'check k1 accepted')).toHaveLength(5);
    expect(world.server.requests.at(-1)).toBe('check k1 refused');
  });

  it('does not say "revoked" while the provider still accepts the key', async () => {
    const { world, key } = await aWorld(7);
    const work = workOf(await world.revoke(key));
    expect(work).toMatchObject({ state: { step: 'revoking' }, blocked: failure('key-still-alive') });
    expect(world.key(key.id)).toMatchObject({
      status: 'needs-attention',
      attention: 'not-revoked',
      revokedAt: null,
    });
    finished(await world.goOn(work));
    expect(world.key(key.id).status).toBe('revoked');
  });

  it('does not say "revoked" when nobody knows which key to revoke and the provider still accepts it', async () => {
    const { world, key } = await aWorld();
    await world.records.keys.put({ ...key, providerKeyId: null });
    expect(workOf(await world.revoke(key)).blocked).toMatchObject({ code: 'revocation-needed' });
    expect(world.key(key.id).revokedAt).toBeNull();
  });

  it('is a success where the provider does not know the key any more', async () => {
    const { world, key } = await aWorld();
    world.server.removeByHand('k1');
    finished(await world.revoke(key));
    expect(world.key(key.id).status).toBe('revoked');
  });

  it('goes on after an answer that got lost', async () => {
    const { world, key } = await aWorld();
    world.server.failNextRevocations(1);
    const work = workOf(await world.revoke(key));
    expect(work.blocked).toMatchObject({ code: 'provider-unreachable' });
    expect(world.key(key.id)).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });
    world.restart();
    await world.resume();
    expect(world.key(key.id).status).toBe('revoked');
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('asks nothing of the provider while the keychain is locked, and goes on when it is open', async () => {
    const { world, key } = await aWorld();
    world.secretStore.failWith(failure('keychain-locked'));
    const work = workOf(await world.revoke(key));
    expect(work.blocked).toEqual(failure('keychain-locked'));
    expect(world.server.requests).toEqual([]);
    world.secretStore.failWith(null);
    finished(await world.goOn(work));
  });

  it('takes the word of a provider that cannot be asked about a key', async () => {
    const { world, key } = await aWorld(Number.POSITIVE_INFINITY);
    world.fails('provider.check', failure('operation-missing', { provider: 'Example', operation: 'check' }));
    finished(await world.revoke(key));
    expect(world.key(key.id).status).toBe('revoked');
  });

  it('takes the word of the provider for a key whose value is gone', async () => {
    const { world, key } = await aWorld();
    world.items.delete(`key/${key.id}`);
    finished(await world.revoke(key));
    expect(world.server.alive()).toEqual([]);
    expect(world.key(key.id).status).toBe('revoked');
  });
});
