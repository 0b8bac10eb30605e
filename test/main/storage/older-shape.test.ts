import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../main/storage/canonical-json.ts';
import { openJournal } from '../../../main/storage/file-journal.ts';
import { connectionFormat, keyFormat } from '../../../main/storage/open-records.ts';
import { readKeyRecords } from '../../../main/storage/read-keys.ts';
import { createRecordSeal } from '../../../main/storage/record-seal.ts';
import { encodeShard, type ShardFormat } from '../../../main/storage/shard-file.ts';
import { keyShardOf } from '../../../main/storage/shard-names.ts';
import { storeOptions } from '../../../main/storage/store-like.ts';
import { connectionRecord, dataKey, keyRecord, work } from './records-for-tests.ts';
import { newFolder, recordsIn, setAsideIn, unwrap } from './support.ts';

/** What a record had before periods could inherit, and before plans, snoozes and what providers tell of a key's use. */
function olderKey(number: number, policy: object) {
  const { plannedDay: _planned, snoozedUntil: _snoozed, lastUseToldAt: _told, ...rest } = keyRecord(number);
  return { ...rest, policy };
}

function olderConnection(number: number) {
  const { policy: _, ...rest } = connectionRecord(number);
  return rest;
}

/** Puts records on disk as the version of the app wrote them that knew no more of them than this. */
async function write(folder: string, format: ShardFormat, name: string, record: { readonly id: string }) {
  const older = { ...format, schema: '0123456789abcdef' };
  const entry = older.seal.entry(older.kind, record.id, canonicalJson(record));
  const text = storeOptions.serialize(encodeShard(older, name, new Map([[record.id, entry]])));
  await writeFile(join(folder, `${name}.json`), text);
}

const seal = createRecordSeal(dataKey);
const numbers = [1, 2] as const;
const policies = { 1: { everyDays: 30 }, 2: { everyDays: null } };

async function olderFolder(): Promise<string> {
  const folder = await newFolder();
  for (const number of numbers) {
    const key = olderKey(number, policies[number]);
    await write(folder, keyFormat(seal), keyShardOf(key.id), key);
  }
  await write(folder, connectionFormat(seal), 'connections', olderConnection(1));
  return folder;
}

test('records from before there were plans and inherited periods are whole, and keep the periods they have', async () => {
  const folder = await olderFolder();
  const before = await readKeyRecords(folder, dataKey);
  const records = await recordsIn(folder);
  const expected = numbers.map((number) => keyRecord(number, { policy: policies[number] }));
  expect(records.keys.all()).toHaveLength(2);
  for (const key of expected) expect(records.keys.get(key.id)).toEqual(key);
  expect(records.connections.all()).toEqual([connectionRecord(1)]);
  expect(records.setAside).toEqual([]);
  expect(await setAsideIn(folder)).toEqual([]);
  expect(unwrap(before)).toEqual({ keys: expect.arrayContaining(expected), damaged: false });
});

test('what is planned for such a record is there after a restart', async () => {
  const folder = await olderFolder();
  const { keys } = await recordsIn(folder);
  const planned = { ...keyRecord(1), plannedDay: '2026-02-01', snoozedUntil: '2026-01-20', policy: {} };
  unwrap(await keys.putAll([planned]));
  const again = await recordsIn(folder);
  expect(again.keys.get(planned.id)).toEqual(planned);
  expect(again.setAside).toEqual([]);
});

test('work that an older version left in the journal goes on with a key that has no plan', async () => {
  const file = join(await newFolder(), 'journal.jsonl');
  const left = work(1, { newKey: keyRecord(2) });
  await writeFile(file, `${JSON.stringify({ ...left, newKey: olderKey(2, { everyDays: 90 }) })}\n`);
  expect(unwrap(await openJournal({ file })).unfinished()).toEqual([left]);
});
