import { describe, expect, it } from 'vitest';
import { changeKey, changeKeys } from '../../../main/keys/change-key.ts';
import { planKeys } from '../../../main/keys/plan-keys.ts';
import { snoozeKeys } from '../../../main/keys/snooze-keys.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { done, fail, ok } from '../../../shared/result.ts';
import { createKeyWorld, finished } from '../../support/key-world.ts';

const stranger = `key_${'z'.repeat(20)}` as KeyId;

/** A vault with three keys, and the writes of many records at once. */
async function threeKeys() {
  const world = createKeyWorld();
  const ids: KeyId[] = [];
  for (const name of ['a', 'b', 'c']) ids.push(finished(await world.issue({ name })).keyId);
  const writes: KeyId[][] = [];
  const { keys } = world.ports.records;
  const records = {
    ...world.ports.records,
    keys: {
      ...keys,
      putAll: async (all: Parameters<typeof keys.putAll>[0]) => {
        writes.push(all.map(({ id }) => id));
        return keys.putAll(all);
      },
    },
  };
  const [a, b, c] = ids;
  if (a === undefined || b === undefined || c === undefined) throw new Error('No keys');
  return { world, ports: { ...world.ports, records }, writes, ids: [a, b, c] as const };
}

describe('a change of many keys', () => {
  it('is one write of those that it changes', async () => {
    const { world, ports, writes, ids } = await threeKeys();
    const [a, b, c] = ids;
    expect(await snoozeKeys(ports, [b], '2026-02-01')).toEqual(done);
    expect(await snoozeKeys(ports, [a, b, c, a], '2026-02-01')).toEqual(done);
    expect(writes).toEqual([[b], [a, c]]);
    expect(ids.map((id) => world.key(id).snoozedUntil)).toEqual(Array(3).fill('2026-02-01'));
    expect(await snoozeKeys(ports, ids, '2026-02-01')).toEqual(done);
    expect(writes).toHaveLength(2);
  });

  it('changes none where one is not known', async () => {
    const { world, ports, writes, ids } = await threeKeys();
    expect(await snoozeKeys(ports, [ids[0], stranger], '2026-02-01')).toEqual(fail(failure('key-unknown')));
    expect(writes).toEqual([]);
    expect(world.key(ids[0]).snoozedUntil).toBeNull();
  });

  it('undoes no other change at the same time, of one key or of many', async () => {
    const { world, ports, ids } = await threeKeys();
    const [a, b, c] = ids;
    await Promise.all([
      changeKey(ports, b, (key) => ok({ ...key, name: 'renamed' })),
      snoozeKeys(ports, [a, b, c], '2026-02-01'),
      changeKeys(ports, [c, b, a], (key) => ({ ...key, policy: { everyDays: 7 } })),
      changeKey(ports, a, (key) => ok({ ...key, name: 'renamed too' })),
    ]);
    expect(ids.map((id) => world.key(id))).toMatchObject([
      { name: 'renamed too', snoozedUntil: '2026-02-01', policy: { everyDays: 7 } },
      { name: 'renamed', snoozedUntil: '2026-02-01', policy: { everyDays: 7 } },
      { name: 'c', snoozedUntil: '2026-02-01', policy: { everyDays: 7 } },
    ]);
  });

  it('lets the next one through after one that failed', async () => {
    const { world, ports, ids } = await threeKeys();
    const diskFull = failure('storage-failed', { file: 'keys.json', reason: 'ENOSPC' });
    const broken = {
      ...ports,
      records: { ...ports.records, keys: { ...ports.records.keys, putAll: async () => fail(diskFull) } },
    };
    expect(await snoozeKeys(broken, ids, '2026-02-01')).toEqual(fail(diskFull));
    expect(await snoozeKeys(ports, ids, '2026-02-02')).toEqual(done);
    expect(world.key(ids[0]).snoozedUntil).toBe('2026-02-02');
  });
});

it('plans each key for its own day, and takes plans back', async () => {
  const { world, ports, writes, ids } = await threeKeys();
  const [a, b, c] = ids;
  const plans = [
    { id: a, day: '2026-02-01' },
    { id: b, day: '2026-02-08' },
    { id: c, day: null },
  ];
  expect(await planKeys(ports, plans)).toEqual(done);
  expect(ids.map((id) => world.key(id).plannedDay)).toEqual(['2026-02-01', '2026-02-08', null]);
  expect(await planKeys(ports, [{ id: a, day: null }])).toEqual(done);
  expect(world.key(a).plannedDay).toBeNull();
  expect(writes).toEqual([[a, b], [a]]);
});
