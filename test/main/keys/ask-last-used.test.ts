import { describe, expect, it } from 'vitest';
import { askLastUsed } from '../../../main/keys/ask-last-used.ts';
import { checkKey } from '../../../main/keys/check-key.ts';
import { rememberLastUse } from '../../../main/keys/remember-last-use.ts';
import { done } from '../../../shared/result.ts';
import { createKeyWorld, finished, hourMs, type KeyWorld } from '../../support/key-world.ts';

describe('when a key was last used', () => {
  it('is told as the provider lists it, and remembered', async () => {
    const world = createKeyWorld();
    const key = await world.aKey();
    expect(await askLastUsed(world.ports, key.id)).toEqual({ ok: true, value: null });
    await checkKey(world.ports, key.id);
    const used = world.clock.now();
    world.clock.advance(hourMs);
    expect(await askLastUsed(world.ports, key.id)).toEqual({ ok: true, value: used });
    expect(world.key(key.id).lastUsedAt).toBe(used);
  });

  it('is not made up where the provider does not list the key', async () => {
    const world = createKeyWorld();
    const key = await world.aKey();
    world.server.removeByHand(key.providerKeyId ?? '');
    expect(await askLastUsed(world.ports, key.id)).toEqual({ ok: true, value: null });
  });
});

const dayMs = 24 * hourMs;

/** Two keys of one connection, of which the first was used just now. */
async function twoKeys() {
  const world = createKeyWorld();
  const used = await world.aKey();
  const unused = world.key(finished(await world.issue({ name: 'unused' })).keyId);
  await checkKey(world.ports, used.id);
  return { world, used, unused, usedAt: world.clock.now() };
}

const toldOf = (world: KeyWorld, id: Parameters<KeyWorld['key']>[0]) => {
  const { lastUsedAt, lastUseToldAt } = world.key(id);
  return { lastUsedAt, lastUseToldAt };
};

describe('what a list tells of the use of keys', () => {
  it('is remembered of all the connection’s keys, also that one was never used', async () => {
    const { world, used, unused, usedAt } = await twoKeys();
    world.clock.advance(hourMs);
    await askLastUsed(world.ports, used.id);
    expect(toldOf(world, used.id)).toEqual({ lastUsedAt: usedAt, lastUseToldAt: usedAt + hourMs });
    expect(toldOf(world, unused.id)).toEqual({ lastUsedAt: null, lastUseToldAt: usedAt + hourMs });
  });

  it('is nothing where it tells of no key: the provider may never tell', async () => {
    const world = createKeyWorld();
    const key = await world.aKey();
    await askLastUsed(world.ports, key.id);
    expect(toldOf(world, key.id)).toEqual({ lastUsedAt: null, lastUseToldAt: null });
  });

  it('is written down again when it is a day old, or another', async () => {
    const { world, used, unused, usedAt } = await twoKeys();
    await askLastUsed(world.ports, used.id);
    world.clock.advance(dayMs - 1);
    await checkKey(world.ports, unused.id);
    await askLastUsed(world.ports, used.id);
    expect(toldOf(world, used.id)).toEqual({ lastUsedAt: usedAt, lastUseToldAt: usedAt });
    expect(toldOf(world, unused.id)).toEqual({
      lastUsedAt: usedAt + dayMs - 1,
      lastUseToldAt: usedAt + dayMs - 1,
    });
    world.clock.advance(1);
    await askLastUsed(world.ports, used.id);
    expect(toldOf(world, used.id)).toEqual({ lastUsedAt: usedAt, lastUseToldAt: usedAt + dayMs });
  });

  it('is not said of a key that it does not name, nor of one that was replaced', async () => {
    const { world, used, unused, usedAt } = await twoKeys();
    await world.rotate(unused, '24-hours');
    const listed = [{ providerKeyId: unused.providerKeyId ?? '', lastUsedAt: usedAt }];
    expect(await rememberLastUse(world.ports, world.connectionId, listed)).toEqual(done);
    for (const id of [used.id, unused.id])
      expect(toldOf(world, id)).toEqual({ lastUsedAt: null, lastUseToldAt: null });
  });
});
