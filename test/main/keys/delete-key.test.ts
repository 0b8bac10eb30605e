import { describe, expect, it } from 'vitest';
import { checkKey } from '../../../main/keys/check-key.ts';
import { deleteKey } from '../../../main/keys/delete-key.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, into, workOf } from '../../support/key-world.ts';

async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey([into(envFile)]);
  const remove = (leaveAlive: boolean) =>
    deleteKey(world.ports, world.works, key.id, { atProvider: leaveAlive ? 'leave-alive' : null });
  return { world, key, remove };
}

describe('deleting a key', () => {
  it('forgets the value first, and finds nothing of it afterwards', async () => {
    const { world, key, remove } = await aWorld();
    finished(await world.revoke(key));
    const before = world.power.effects.length;
    expect(await remove(false)).toMatchObject({ ok: true });
    expect(world.power.effects.slice(before)).toEqual(['secrets.drop', 'keys.remove', 'activity.add']);
    expect(world.records.keys.all()).toEqual([]);
    expect(world.items.has(`key/${key.id}`)).toBe(false);
    expect(await remove(false)).toEqual({ ok: false, error: failure('key-unknown') });
  });

  it('needs the user to say so while the key is alive', async () => {
    const { world, key, remove } = await aWorld();
    expect(await remove(false)).toEqual({ ok: false, error: failure('key-still-alive') });
    expect(world.stored(key.id)).not.toBeNull();
    expect(await remove(true)).toMatchObject({ ok: true });
    expect(world.server.alive()).toHaveLength(1);
  });

  it('keeps the record when the value cannot be dropped', async () => {
    const { world, key, remove } = await aWorld();
    world.fails('secrets.drop', failure('keychain-locked'));
    expect(await remove(true)).toEqual({ ok: false, error: failure('keychain-locked') });
    expect(world.key(key.id)).toEqual(key);
  });

  it('can be done again when the power went in the middle', async () => {
    for (const nth of [1, 2]) {
      const { world, key, remove } = await aWorld();
      world.power.cutAfter(nth);
      await Promise.race([remove(true), world.power.gone]);
      world.restart();
      await deleteKey(world.ports, world.works, key.id, { atProvider: 'leave-alive' });
      expect(world.records.keys.all()).toEqual([]);
      expect(world.items.has(`key/${key.id}`)).toBe(false);
    }
  });

  it('takes the key’s lines out of its files first, where that is wanted, and no other line', async () => {
    const { world, key } = await aWorld();
    world.envFiles.files.set(envFile, `# mail\nOTHER=1\n${world.envFiles.files.get(envFile)}`);
    finished(await world.revoke(key));
    const wish = { atProvider: null, removeLines: true };
    world.fails('envFiles.remove', failure('file-unwritable', { file: envFile, reason: 'read-only' }));
    expect(await deleteKey(world.ports, world.works, key.id, wish)).toMatchObject({
      error: { code: 'file-unwritable' },
    });
    expect(world.stored(key.id)).not.toBeNull();
    expect(await deleteKey(world.ports, world.works, key.id, wish)).toMatchObject({ ok: true });
    expect(world.envFiles.files.get(envFile)).toBe('# mail\nOTHER=1\n');
    expect(world.records.keys.all()).toEqual([]);
  });

  it('is refused while the key is being rotated', async () => {
    const { world, key, remove } = await aWorld();
    world.server.failNextChecks(1);
    await world.rotate(key);
    expect(await remove(true)).toEqual({ ok: false, error: failure('work-running') });
    expect(world.stored(key.id)).not.toBeNull();
  });

  it('gives up a revocation that is stopped', async () => {
    const { world, key, remove } = await aWorld();
    world.server.failNextRevocations(1);
    await world.revoke(key);
    expect(await remove(true)).toMatchObject({ ok: true });
    expect(world.journal.unfinished()).toEqual([]);
    world.restart();
    await world.resume();
    expect(world.server.requests).not.toContain('revoke k1');
  });

  it('leaves the revocation in hand when the key is not to be left alive', async () => {
    const { world, key, remove } = await aWorld();
    world.server.failNextRevocations(1);
    await world.revoke(key);
    expect(await remove(false)).toEqual({ ok: false, error: failure('key-still-alive') });
    expect(world.journal.unfinished()).toHaveLength(1);
  });
});

describe('deleting a key that is still alive', () => {
  const revoke = { atProvider: 'revoke' } as const;

  it('revokes it first, and forgets it only when the provider refuses it', async () => {
    const { world, key } = await aWorld();
    const before = world.power.effects.length;
    expect(await deleteKey(world.ports, world.works, key.id, revoke)).toMatchObject({ ok: true });
    expect(world.server.alive()).toEqual([]);
    expect(world.records.keys.all()).toEqual([]);
    expect(world.items.has(`key/${key.id}`)).toBe(false);
    const effects = world.power.effects.slice(before);
    expect(effects.indexOf('provider.revoke')).toBeLessThan(effects.indexOf('secrets.drop'));
    expect(world.events().slice(-2)).toEqual(['key-revoked', 'key-deleted']);
  });

  it('needs the name of a live key, and does nothing without it', async () => {
    const { world, key } = await aWorld();
    await world.records.keys.put({ ...key, environment: 'live' });
    const needed = { ok: false, error: failure('confirmation-needed', { name: 'mail' }) };
    expect(await deleteKey(world.ports, world.works, key.id, revoke)).toEqual(needed);
    expect(world.server.alive()).toHaveLength(1);
    const confirmed = await deleteKey(world.ports, world.works, key.id, { ...revoke, confirmName: 'mail' });
    expect(confirmed).toMatchObject({ ok: true });
  });

  it('keeps it where it cannot be revoked, and can be told so again', async () => {
    const { world, key } = await aWorld();
    world.server.failNextRevocations(1);
    const failed = await deleteKey(world.ports, world.works, key.id, revoke);
    expect(failed).toMatchObject({ ok: false, error: { code: 'provider-unreachable' } });
    expect(world.stored(key.id)).not.toBeNull();
    expect(await deleteKey(world.ports, world.works, key.id, revoke)).toMatchObject({ ok: true });
    expect(world.server.alive()).toEqual([]);
  });

  it('waits for the user where only the dashboard revokes', async () => {
    const { world, key } = await aWorld();
    world.server.behaviour.lacks.add('revoke');
    const needed = { ok: false, error: failure('revocation-needed', { provider: 'Example' }) };
    expect(await deleteKey(world.ports, world.works, key.id, revoke)).toEqual(needed);
    const said = { ...revoke, doneByHand: true };
    const alive = { ok: false, error: failure('key-still-alive') };
    expect(await deleteKey(world.ports, world.works, key.id, said)).toEqual(alive);
    world.server.revokeByHand('k1');
    expect(await deleteKey(world.ports, world.works, key.id, said)).toMatchObject({ ok: true });
    expect(world.records.keys.all()).toEqual([]);
  });

  it('ends the grace of one that was replaced', async () => {
    const { world, key } = await aWorld();
    const work = workOf(await world.rotate(key, '7-days'));
    expect(await deleteKey(world.ports, world.works, key.id, revoke)).toMatchObject({ ok: true });
    expect(world.works.get(work.id)?.state).toMatchObject({ outcome: 'done' });
    expect(world.records.keys.all().map((one) => one.id)).toEqual([work.newKey?.id]);
  });

  it('revokes nothing of one that was revoked already', async () => {
    const { world, key } = await aWorld();
    finished(await world.revoke(key));
    const asked = world.server.requests.length;
    expect(await deleteKey(world.ports, world.works, key.id, revoke)).toMatchObject({ ok: true });
    expect(world.server.requests).toHaveLength(asked);
  });
});

describe('checking a key', () => {
  it('answers what the provider says, and remembers that it was asked', async () => {
    const { world, key } = await aWorld();
    world.clock.advance(5_000);
    expect(await checkKey(world.ports, key.id)).toEqual({ ok: true, value: { outcome: 'valid' } });
    expect(world.key(key.id)).toEqual({ ...key, checkedAt: world.clock.now() });
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'key-checked', detail: 'valid' });
    world.server.removeByHand('k1');
    expect(await checkKey(world.ports, key.id)).toMatchObject({ value: { outcome: 'refused' } });
  });

  it('remembers nothing when the provider cannot be reached', async () => {
    const { world, key } = await aWorld();
    world.server.failNextChecks(1);
    expect(await checkKey(world.ports, key.id)).toMatchObject({ error: { code: 'provider-unreachable' } });
    expect(world.key(key.id)).toEqual(key);
  });

  it('brings no key back that was deleted meanwhile', async () => {
    const { world, key, remove } = await aWorld();
    world.delays('provider.check', async () => {
      await remove(true);
    });
    expect(await checkKey(world.ports, key.id)).toEqual({ ok: false, error: failure('key-unknown') });
    expect(world.records.keys.all()).toEqual([]);
  });
});
