import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, into, workOf } from '../../support/key-world.ts';
import { expectWhole } from './power-cut-ends.ts';

const full = failure('key-limit-reached', { host: 'keys.example.com', message: '' });
const noRoom = failure('overlap-impossible', { provider: 'Example', why: 'limit' });

/** An account that may have so many keys, and says so. */
async function aWorld(keyLimit: number) {
  const world = createKeyWorld();
  Object.assign(world.server.behaviour, { keyLimit, saysLimit: true });
  const key = await world.aKey([into(envFile)]);
  world.server.requests.length = 0;
  return { world, key };
}

describe('an account that holds as many keys as it may', () => {
  it('is asked for no further one', async () => {
    const { world } = await aWorld(1);
    expect(await world.issue({ name: 'other' })).toEqual({ ok: false, error: full });
    expect(world.server.requests).toEqual([]);
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('has room again for what was revoked', async () => {
    const { world, key } = await aWorld(1);
    finished(await world.revoke(key));
    finished(await world.issue({ name: 'other' }));
  });

  it('is full also with the keys that are being made', async () => {
    const { world } = await aWorld(2);
    world.server.loseNextAnswer();
    const unknown = workOf(await world.issue({ name: 'other' }));
    expect(unknown.state.step).toBe('outcome-unknown');
    expect(await world.issue({ name: 'third' })).toEqual({ ok: false, error: full });
  });

  it('counts the keys of this account only', async () => {
    const { world, key } = await aWorld(2);
    const other = world.ports.ids.connection();
    await world.records.keys.put({
      ...key,
      id: world.ports.ids.key(),
      connectionId: other,
      providerKeyId: 'x',
    });
    finished(await world.issue({ name: 'other' }));
  });

  it('rotates no key beside itself before the user confirms that the old one dies now', async () => {
    const { world, key } = await aWorld(1);
    expect(await world.rotate(key, '24-hours')).toEqual({ ok: false, error: noRoom });
    expect(world.server.requests).toEqual([]);
    const work = finished(await world.rotate(key, '24-hours', true));
    expect(work.revokesFirst).toBe(true);
    expect(world.server.requests.filter((request) => /^(create|revoke)/.test(request))).toEqual([
      'revoke k1',
      'create',
    ]);
    expectWhole(world);
  });

  it('asks so too where the user makes the new key', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('create');
    Object.assign(world.server.behaviour, { keyLimit: 1, saysLimit: true });
    const { secret } = world.server.makeByHand('Old');
    const key = world.key(finished(await world.takeIn(secret)).keyId);
    expect(await world.rotate(key)).toEqual({ ok: false, error: noRoom });
  });

  it('keeps both alive for the grace where there is room', async () => {
    const { world, key } = await aWorld(2);
    expect(workOf(await world.rotate(key, '24-hours', true)).state.step).toBe('retiring');
    expect(world.server.alive()).toHaveLength(2);
  });

  it('takes in a key that is there already', async () => {
    const { world } = await aWorld(1);
    const { secret } = world.server.makeByHand('Mine');
    finished(await world.takeIn(secret, { name: 'mine' }));
  });
});
