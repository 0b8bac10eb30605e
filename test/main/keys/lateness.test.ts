import { describe, expect, it } from 'vitest';
import { workViewOf } from '../../../main/keys/key-views.ts';
import { createKeyWorld, envFile, hourMs, into, start, workOf } from '../../support/key-world.ts';

async function inGrace() {
  const world = createKeyWorld();
  const oldKey = await world.aKey([into(envFile)]);
  const work = workOf(await world.rotate(oldKey, '1-hour'));
  const now = () => {
    const known = world.works.get(work.id);
    if (known === undefined) throw new Error('The work is gone');
    return workViewOf(known, world.records, () => undefined);
  };
  return { world, oldKey, work, now };
}

describe('an old key whose grace ended while the app was closed', () => {
  it('is revoked at the next start, and how late that was is told', async () => {
    const { world, oldKey, now } = await inGrace();
    world.clock.advance(3 * hourMs);
    world.restart();
    await world.resume();
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', revokedAt: start + 3 * hourMs });
    expect(now()).toMatchObject({ finished: 'done', revokedLateMs: 2 * hourMs });
    expect(world.activity.entries.find((entry) => entry.event === 'key-revoked')).toMatchObject({
      detail: 'late 7200000',
    });
  });

  it('is told to be as late when the power goes after its revocation was written down', async () => {
    const { world, now } = await inGrace();
    world.clock.advance(3 * hourMs);
    world.restart();
    const written = () => world.records.keys.all().some((key) => key.revokedAt !== null);
    world.failsWhen('journal.write', { code: 'storage-failed', file: 'journal', reason: 'full' }, written);
    await world.resume();
    world.clock.advance(hourMs);
    world.restart();
    await world.resume();
    expect(now()).toMatchObject({ finished: 'done', revokedLateMs: 2 * hourMs });
  });

  it('stays retired until then, and is no concern of an earlier start', async () => {
    const { world, oldKey } = await inGrace();
    world.clock.advance(hourMs - 1);
    world.restart();
    await world.resume();
    expect(world.key(oldKey.id).status).toBe('retiring');
    expect(world.server.alive()).toHaveLength(2);
  });
});

it('an old key that its provider would not revoke in time is told to be late', async () => {
  const { world, work, now } = await inGrace();
  world.server.failNextRevocations(1);
  world.clock.advance(hourMs);
  await world.tick();
  expect(world.works.get(work.id)?.blocked).toMatchObject({ code: 'provider-unreachable' });
  world.clock.advance(5 * hourMs);
  await world.goOn(work);
  expect(now().revokedLateMs).toBe(5 * hourMs);
});

it.each([
  ['at its time', hourMs],
  ['at the next look after it', hourMs + 15_000],
])('an old key that is revoked %s is not late', async (_title, waitMs) => {
  const { world, now } = await inGrace();
  world.clock.advance(waitMs);
  await world.tick();
  expect(now()).toMatchObject({ finished: 'done', revokedLateMs: null });
  expect(world.activity.entries.find((entry) => entry.event === 'key-revoked')?.detail).toBe('');
});
