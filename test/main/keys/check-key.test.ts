import { describe, expect, it } from 'vitest';
import { checkKey } from '../../../main/keys/check-key.ts';
import type { Refusal } from '../../../shared/domain/provider.ts';
import { createKeyWorld, finished, start } from '../../support/key-world.ts';

async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey();
  world.server.requests.length = 0;
  const check = () => checkKey(world.ports, key.id);
  return { world, key, check };
}

const refusedAs = (why: Refusal) => ({
  ok: true,
  value: { outcome: 'refused', why, message: 'No such key' },
});

describe('checking a key', () => {
  it('tells that it works, remembers that it was asked, and changes nothing at the provider', async () => {
    const { world, key, check } = await aWorld();
    expect(await check()).toEqual({ ok: true, value: { outcome: 'valid' } });
    expect(world.key(key.id).checkedAt).toBe(start);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'key-checked', detail: 'valid' });
    expect(world.server.requests).toEqual(['check k1 accepted']);
  });

  it('says that it was revoked where the provider lists it as ended', async () => {
    const { world, check } = await aWorld();
    world.server.revokeByHand('k1');
    expect(await check()).toEqual(refusedAs('revoked'));
  });

  it('says that it was revoked where the provider does not list it any more', async () => {
    const { world, check } = await aWorld();
    world.server.removeByHand('k1');
    expect(await check()).toEqual(refusedAs('revoked'));
  });

  it('says that it has expired where its time is over, without asking for the list', async () => {
    const { world, key, check } = await aWorld();
    await world.records.keys.put({ ...key, expiresAt: start });
    world.server.revokeByHand('k1');
    expect(await check()).toEqual(refusedAs('expired'));
    expect(world.server.requests).toEqual(['check k1 refused']);
  });

  it('says no more than that it is not accepted where the provider lists it as active', async () => {
    const { world, check } = await aWorld();
    const [atServer] = world.server.keys;
    if (atServer !== undefined) atServer.unheardOf = 1;
    expect(await check()).toEqual(refusedAs('not-accepted'));
  });

  it.each(['cannot be read', 'is not offered'])(
    'says no more than that it is not accepted where the list %s',
    async (why) => {
      const { world, check } = await aWorld();
      world.server.revokeByHand('k1');
      if (why === 'cannot be read') world.server.failNextLists(1);
      else world.server.behaviour.lacks.add('list');
      expect(await check()).toEqual(refusedAs('not-accepted'));
    },
  );

  it('repeats the reason that the provider gives', async () => {
    const { world, check } = await aWorld();
    world.server.revokeByHand('k1');
    world.server.behaviour.refusesBecause = 'expired';
    expect(await check()).toEqual(refusedAs('expired'));
  });

  it('never calls a value mistyped that the provider has issued', async () => {
    const { world, check } = await aWorld();
    world.server.revokeByHand('k1');
    world.server.behaviour.refusesBecause = 'mistyped';
    expect(await check()).toEqual(refusedAs('revoked'));
  });

  it('calls a pasted value mistyped that does not look like one of the provider', async () => {
    const world = createKeyWorld();
    const made = world.server.makeByHand('From the dashboard');
    const { keyId } = finished(await world.takeIn(made.secret));
    world.server.revokeByHand(made.id);
    world.server.behaviour.refusesBecause = 'mistyped';
    expect(await checkKey(world.ports, keyId)).toEqual(refusedAs('mistyped'));
  });
});
