import { expect, it } from 'vitest';
import { announcingActivity, announcingRecords } from '../../../main/storage/announcing.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { fail } from '../../../shared/result.ts';
import { createMemoryActivity } from '../../fakes/memory-activity.ts';
import { createKeyWorld, start } from '../../support/key-world.ts';
import { connectionRecord } from './records-for-tests.ts';

const diskFull = failure('storage-failed', { file: 'keys.json', reason: 'ENOSPC' });

it('tells of a change when it is on disk, and of none that failed', async () => {
  const world = createKeyWorld();
  const key = await world.aKey();
  const told: string[] = [];
  let works = true;
  const { keys } = world.records;
  const records = announcingRecords(
    {
      ...world.records,
      keys: {
        ...keys,
        put: async (record) => (works ? keys.put(record) : fail(diskFull)),
        remove: async (id) => (works ? keys.remove(id) : fail(diskFull)),
      },
    },
    {
      keyChanged: (id) => told.push(`${id} ${records.keys.get(key.id)?.name ?? 'gone'}`),
      keysChanged: (ids, isCounted) => told.push(`${ids.length} keys${isCounted ? ', counted' : ''}`),
      connectionChanged: (_id, isOfOtherPeriod) =>
        told.push(
          `${records.connections.all().length} connections${isOfOtherPeriod ? ', other period' : ''}`,
        ),
      definitionChanged: (id) => told.push(`${id} ${records.definitions.get(id)?.file ?? 'gone'}`),
    },
  );
  await records.keys.put({ ...key, name: 'renamed' });
  works = false;
  expect(await records.keys.put({ ...key, name: 'lost' })).toEqual(fail(diskFull));
  expect(await records.keys.remove(key.id)).toEqual(fail(diskFull));
  works = true;
  await records.keys.remove(key.id);
  const connection = connectionRecord(1);
  await records.connections.put({ ...connection, id: key.connectionId, name: 'Renamed' });
  await records.connections.put({ ...connection, id: key.connectionId, policy: { everyDays: 30 } });
  await records.connections.put({ ...connection, id: key.connectionId, policy: { everyDays: 30 } });
  await records.connections.remove(key.connectionId);
  await records.definitions.put({ id: 'acme', json: '{}', addedAt: start, file: 'acme.json' });
  await records.keys.putAll([key, { ...key, id: `key_${'y'.repeat(20)}` as typeof key.id }]);
  await records.keys.putAll([{ ...key, name: 'the same keys' }]);
  await records.keys.removeAll([key.id]);
  expect(told).toEqual([
    `${key.id} renamed`,
    `${key.id} gone`,
    '1 connections',
    '1 connections, other period',
    '1 connections',
    '0 connections, other period',
    'acme acme.json',
    '2 keys, counted',
    '1 keys',
    '1 keys, counted',
  ]);
});

it('tells of an entry when it is written, and of none that failed', async () => {
  const told: string[] = [];
  const memory = createMemoryActivity();
  const entry = {
    at: start,
    event: 'vault-created',
    keyId: null,
    connectionId: null,
    subject: '',
    detail: '',
  } as const;
  const activity = announcingActivity(memory, ({ event }) => told.push(event));
  await activity.add(entry);
  const failing = announcingActivity({ ...memory, add: async () => fail(diskFull) }, ({ event }) =>
    told.push(`${event} that failed`),
  );
  expect(await failing.add(entry)).toEqual(fail(diskFull));
  expect(told).toEqual(['vault-created']);
  expect((await activity.page(null, 10)).entries).toEqual([entry]);
});
