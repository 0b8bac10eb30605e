import { describe, expect, it } from 'vitest';
import { askLastUsed } from '../../../main/keys/ask-last-used.ts';
import { checkKey } from '../../../main/keys/check-key.ts';
import { createKeyWorld, hourMs } from '../../support/key-world.ts';

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
