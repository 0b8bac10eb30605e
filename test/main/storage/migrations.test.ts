import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../main/storage/canonical-json.ts';
import { confStores } from '../../../main/storage/conf-store.ts';
import { allMigrations } from '../../../main/storage/migrations/all-migrations.ts';
import {
  latestVersion,
  type Migration,
  migrate,
  unchanged,
} from '../../../main/storage/migrations/migration.ts';
import { connectionFormat, openRecords } from '../../../main/storage/open-records.ts';
import { createRecordSeal } from '../../../main/storage/record-seal.ts';
import { encodeShard } from '../../../main/storage/shard-file.ts';
import { connectionRecord, dataKey, keyRecord } from './records-for-tests.ts';
import { newFolder, recordsIn, setAsideIn, unwrap } from './support.ts';

/** A migration that leaves its number in the record's name. */
const marking = (to: number): Migration => ({
  to,
  key: (record) => ({ ...record, name: `${record.name} ${to}` }),
  connection: unchanged,
});

describe('the order of migrations', () => {
  const three = [marking(1), marking(2), marking(3)];

  test.each([
    [0, 'n 1 2 3'],
    [1, 'n 2 3'],
    [2, 'n 3'],
    [3, 'n'],
  ])('a record of version %i goes through those after it, in order', (version, name) => {
    expect(migrate(three, 'key', version, { name: 'n' })).toEqual({ name });
    expect(migrate(three, 'connection', version, { name: 'n' })).toEqual({ name: 'n' });
  });

  test('the numbers have no gap, no repetition and start at 1', () => {
    expect(latestVersion(three)).toBe(3);
    expect(() => latestVersion([marking(1), marking(3)])).toThrow();
    expect(() => latestVersion([marking(2), marking(1)])).toThrow();
    expect(() => latestVersion([marking(0)])).toThrow();
    expect(latestVersion(allMigrations)).toBe(allMigrations.length);
  });
});

describe('a vault of an older version', () => {
  test('is brought to this one, once, and stays authentic', async () => {
    const folder = await newFolder();
    const old = await recordsIn(folder);
    unwrap(await old.keys.put(keyRecord(1, { name: 'n' })));
    unwrap(await old.connections.put(connectionRecord(1)));
    const migrations = [...allMigrations, marking(2), marking(3)];
    expect((await recordsIn(folder, migrations)).keys.get(keyRecord(1).id)?.name).toBe('n 2 3');
    const again = await recordsIn(folder, migrations);
    expect(again.keys.get(keyRecord(1).id)?.name).toBe('n 2 3');
    expect(again.connections.all()).toEqual([connectionRecord(1)]);
    expect(again.setAside).toEqual([]);
  });

  test('keeps what a migration made unreadable, and the other records work', async () => {
    const folder = await newFolder();
    const old = await recordsIn(folder);
    unwrap(await old.keys.put(keyRecord(1)));
    unwrap(await old.keys.put(keyRecord(2)));
    const breaking: Migration = {
      to: allMigrations.length + 1,
      key: (record) => (record.name === 'payments 1' ? { id: record.id } : record),
      connection: unchanged,
    };
    const { keys, setAside } = await recordsIn(folder, [...allMigrations, breaking]);
    expect(keys.all()).toEqual([keyRecord(2)]);
    expect(setAside.map(({ reason }) => reason)).toEqual(['unreadable']);
    expect(await readFile(setAside[0]?.file ?? '', 'utf8')).toContain('payments 1');
  });

  test('a record that was written under another schema is parsed before it is used', async () => {
    const folder = await newFolder();
    const seal = createRecordSeal(dataKey);
    const format = { ...connectionFormat(seal), schema: 'another' };
    const stored = [
      { ...connectionRecord(1), notKnownHere: true },
      { ...connectionRecord(2), health: 'not a health' },
    ];
    const entries = new Map(
      stored.map((each) => [each.id, seal.entry('connection', each.id, canonicalJson(each))]),
    );
    const file = join(folder, 'connections.json');
    await writeFile(file, JSON.stringify(encodeShard(format, 'connections', entries)));
    const { connections, setAside } = await recordsIn(folder);
    expect(connections.all()).toEqual([connectionRecord(1)]);
    expect(setAside.map(({ reason }) => reason)).toEqual(['unreadable']);
    expect((await recordsIn(folder)).connections.all()).toEqual([connectionRecord(1)]);
  });
});

describe('a vault of a newer version', () => {
  test('is refused with words and left as it is', async () => {
    const folder = await newFolder();
    const newer = [...allMigrations, marking(2)];
    unwrap(await (await recordsIn(folder, newer)).connections.put(connectionRecord(1)));
    const file = join(folder, 'connections.json');
    const before = await readFile(file, 'utf8');
    const opened = await openRecords({ folder, dataKey, openStore: confStores(folder) });
    expect(opened).toMatchObject({ ok: false, error: { code: 'storage-failed', file } });
    expect(opened.ok ? '' : opened.error.reason).toContain('newer version');
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await setAsideIn(folder)).toEqual([]);
  });

  test('a version that was made up does not make the app forget what it has', async () => {
    const folder = await newFolder();
    unwrap(await (await recordsIn(folder)).connections.put(connectionRecord(1)));
    const file = join(folder, 'connections.json');
    const good = await readFile(file, 'utf8');
    await writeFile(file, good.replace('"version":1', '"version":99'));
    expect((await openRecords({ folder, dataKey, openStore: confStores(folder) })).ok).toBe(false);
    await writeFile(file, good);
    expect((await recordsIn(folder)).connections.all()).toHaveLength(1);
  });
});
