import {
  copyFile,
  cp,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import { keyShardOf } from '../../../main/storage/shard-names.ts';
import type { OpenStore } from '../../../main/storage/store-like.ts';
import { createMemoryRecords } from '../../fakes/memory-records.ts';
import { connectionRecord, dataKey, keyRecord } from './records-for-tests.ts';
import { newFolder, recordsIn, setAsideIn, unwrap } from './support.ts';

const numbers = Array.from({ length: 40 }, (_, number) => number);

let template = '';

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'keyturn-template-'));
  const { keys, connections } = await recordsIn(template);
  unwrap(await connections.put(connectionRecord(1)));
  for (const version of ['A', 'B']) {
    const puts = numbers.map((number) => keys.put(keyRecord(number, { name: `${version} ${number}` })));
    (await Promise.all(puts)).forEach(unwrap);
  }
});

afterAll(() => rm(template, { recursive: true, force: true }));

/** A folder with a connection and 40 keys, each key written twice: as version A, then as version B. */
async function filledFolder(): Promise<string> {
  const folder = await newFolder();
  await cp(template, folder, { recursive: true });
  return folder;
}

const fileOf = (folder: string, number: number): string =>
  join(folder, `${keyShardOf(keyRecord(number).id)}.json`);

/** The numbers of the keys that are in the same store as the key with this number. */
const neighbours = (number: number): number[] =>
  numbers.filter((other) => keyShardOf(keyRecord(other).id) === keyShardOf(keyRecord(number).id));

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

describe.each([
  ['in memory', async () => createMemoryRecords()],
  ['on disk', async () => recordsIn(await newFolder())],
])('records %s', (_place, open) => {
  test('a record that was put is there, replaced by the next put, and gone when removed', async () => {
    const { keys, connections } = await open();
    expect(keys.all()).toEqual([]);
    unwrap(await keys.put(keyRecord(1)));
    unwrap(await keys.put(keyRecord(2)));
    unwrap(await connections.put(connectionRecord(1)));
    unwrap(await keys.put(keyRecord(1, { name: 'renamed' })));
    expect(keys.get(keyRecord(1).id)?.name).toBe('renamed');
    expect(keys.all()).toHaveLength(2);
    unwrap(await keys.remove(keyRecord(1).id));
    unwrap(await keys.remove(keyRecord(1).id));
    expect(keys.get(keyRecord(1).id)).toBeUndefined();
    expect(keys.all()).toEqual([keyRecord(2)]);
    expect(connections.all()).toEqual([connectionRecord(1)]);
  });

  test('what was put cannot be changed through the object that was put', async () => {
    const { keys } = await open();
    const record = keyRecord(1);
    unwrap(await keys.put(record));
    record.targets = [];
    expect(keys.get(record.id)?.targets).toHaveLength(1);
  });

  test('a record that is not one is refused before anything is written', async () => {
    const { keys } = await open();
    await expect(keys.put(keyRecord(1, { name: '' }))).rejects.toThrow();
    expect(keys.all()).toEqual([]);
  });
});

describe('records across a restart', () => {
  test('everything is there again', async () => {
    const folder = await filledFolder();
    const { keys, connections, setAside } = await recordsIn(folder);
    expect(keys.all()).toHaveLength(40);
    for (const number of numbers) {
      expect(keys.get(keyRecord(number).id)).toEqual(keyRecord(number, { name: `B ${number}` }));
    }
    expect(connections.all()).toEqual([connectionRecord(1)]);
    expect(setAside).toEqual([]);
  });

  test('changes that were asked for at the same time are all kept', async () => {
    const folder = await newFolder();
    const { keys } = await recordsIn(folder);
    await Promise.all(numbers.map((number) => keys.put(keyRecord(number))));
    await Promise.all(numbers.filter((n) => n % 2 === 0).map((number) => keys.remove(keyRecord(number).id)));
    expect((await recordsIn(folder)).keys.all()).toHaveLength(20);
  });

  test.skipIf(process.platform === 'win32')('nobody else may read the files', async () => {
    const folder = await filledFolder();
    for (const name of await readdir(folder)) {
      expect([name, (await stat(join(folder, name))).mode & 0o077]).toEqual([name, 0]);
    }
  });
});

describe('altered records', () => {
  test('a changed target path is noticed before it is used, the good generation is used, all others work', async () => {
    const folder = await filledFolder();
    await edit(fileOf(folder, 7), (text) => text.replace('/project-7/', '/project-8/'));
    const { keys, setAside } = await recordsIn(folder);
    expect(setAside).toHaveLength(1);
    expect(setAside[0]?.reason).toBe('altered');
    expect(await readFile(setAside[0]?.file ?? '', 'utf8')).toContain('/project-8/');
    expect(keys.all()).toHaveLength(40);
    for (const { targets, id } of keys.all()) {
      const number = numbers.find((each) => keyRecord(each).id === id) ?? -1;
      expect(targets).toEqual(keyRecord(number).targets);
    }
  });

  test('an altered record without a good generation is set aside; it is not used, all others work', async () => {
    const folder = await filledFolder();
    const file = fileOf(folder, 7);
    await rm(`${file}.bak`);
    await edit(file, (text) => text.replace('/project-7/', '/project-8/'));
    const { keys, setAside } = await recordsIn(folder);
    expect(keys.get(keyRecord(7).id)).toBeUndefined();
    expect(keys.all()).toHaveLength(39);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
    expect(await setAsideIn(folder)).toHaveLength(1);
  });

  test('a record with a changed base URL is noticed', async () => {
    const folder = await filledFolder();
    await edit(join(folder, 'connections.json'), (text) =>
      text.replaceAll('https://api.example.com', 'https://api.example.org'),
    );
    const { keys, connections, setAside } = await recordsIn(folder);
    expect(connections.all()).toEqual([]);
    expect(keys.all()).toHaveLength(40);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
  });

  test('a record under the id of another one is not taken for it', async () => {
    const folder = await newFolder();
    const records = await recordsIn(folder);
    unwrap(await records.connections.put(connectionRecord(1)));
    unwrap(await records.connections.put(connectionRecord(2)));
    const [one, two] = [connectionRecord(1).id, connectionRecord(2).id];
    await edit(join(folder, 'connections.json'), (text) => {
      const stored = JSON.parse(text);
      stored.records = { [one]: stored.records[two], [two]: stored.records[two] };
      return JSON.stringify(stored);
    });
    const { connections, setAside } = await recordsIn(folder);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
    expect(connections.get(one)?.name).toBe('Account 1');
    expect(connections.get(two)?.name).toBe('Account 2');
  });

  test('a record that was taken out of its file is noticed', async () => {
    const folder = await newFolder();
    const records = await recordsIn(folder);
    unwrap(await records.connections.put(connectionRecord(1)));
    unwrap(await records.connections.put(connectionRecord(2)));
    await edit(join(folder, 'connections.json'), (text) => {
      const stored = JSON.parse(text);
      delete stored.records[connectionRecord(1).id];
      return JSON.stringify(stored);
    });
    const { connections, setAside } = await recordsIn(folder);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
    expect(connections.get(connectionRecord(2).id)).toEqual(connectionRecord(2));
  });

  test('an earlier state of a record that was put back is noticed', async () => {
    const folder = await newFolder();
    const file = join(folder, 'connections.json');
    const records = await recordsIn(folder);
    unwrap(await records.connections.put(connectionRecord(1)));
    const earlier = JSON.parse(await readFile(file, 'utf8')).records;
    unwrap(await records.connections.put(connectionRecord(1, { origin: 'https://moved.example.com' })));
    await edit(file, (text) => JSON.stringify({ ...JSON.parse(text), records: earlier }));
    expect((await recordsIn(folder)).setAside.map(({ reason }) => reason)).toEqual(['altered']);
  });

  test('a whole file put in the place of another one is noticed', async () => {
    const folder = await filledFolder();
    const other = numbers.find((number) => !neighbours(7).includes(number)) ?? -1;
    await copyFile(fileOf(folder, other), fileOf(folder, 7));
    const { setAside } = await recordsIn(folder);
    expect(setAside.map(({ reason }) => reason)).toContain('altered');
  });

  test('every single changed byte of a file is noticed or changes nothing', async () => {
    const folder = await newFolder();
    unwrap(await (await recordsIn(folder)).connections.put(connectionRecord(1)));
    const file = join(folder, 'connections.json');
    const good = await readFile(file);
    for (let index = 0; index < good.length; index += 5) {
      const bytes = Buffer.from(good);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      await writeFile(file, bytes);
      const opened = await openRecords({ folder, dataKey, openStore: confStores(folder) });
      if (!opened.ok) {
        expect(opened.error.reason).toMatch(/newer|another vault/);
        continue;
      }
      const { connections, setAside } = opened.value;
      if (setAside.length === 0) expect(connections.all()).toEqual([connectionRecord(1)]);
      else expect([[], [connectionRecord(1)]]).toContainEqual(connections.all());
      await rm(join(folder, 'set-aside'), { recursive: true, force: true });
      await rm(`${file}.bak`, { force: true });
    }
  });

  test('damage is set aside once; the next start is clean', async () => {
    const folder = await filledFolder();
    await edit(fileOf(folder, 7), (text) => text.replace('/project-7/', '/project-8/'));
    await recordsIn(folder);
    const { setAside, keys } = await recordsIn(folder);
    expect(setAside).toEqual([]);
    expect(keys.all()).toHaveLength(40);
    expect(await setAsideIn(folder)).toHaveLength(1);
  });

  test('a file that is altered while the app runs is set aside before it is replaced', async () => {
    const folder = await filledFolder();
    const records = await recordsIn(folder);
    await edit(fileOf(folder, 7), () => 'not ours');
    unwrap(await records.keys.put(keyRecord(7, { name: 'C' })));
    expect(records.setAside.map(({ reason }) => reason)).toEqual(['altered']);
    expect(await readFile(records.setAside[0]?.file ?? '', 'utf8')).toBe('not ours');
    const again = await recordsIn(folder);
    expect(again.setAside).toEqual([]);
    expect(again.keys.get(keyRecord(7).id)?.name).toBe('C');
    expect(again.keys.all()).toHaveLength(40);
  });
});

describe('unreadable is not empty', () => {
  const damages: [string, (file: string) => Promise<void>][] = [
    ['half a file', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
    ['an emptied file', (file) => truncate(file, 0)],
    ['a file of zeros', (file) => writeFile(file, Buffer.alloc(400))],
    ['garbage', (file) => writeFile(file, Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x99]))],
    ['an empty object', (file) => writeFile(file, '{}')],
    ['null', (file) => writeFile(file, 'null')],
    ['a list', (file) => writeFile(file, '[]')],
  ];

  test.each(damages)(
    '%s: set aside and reported, its good generation is used, all others work',
    async (_, damage) => {
      const folder = await filledFolder();
      const file = fileOf(folder, 7);
      await damage(file);
      const damaged = await readFile(file);
      const { keys, setAside } = await recordsIn(folder);
      expect(setAside.map(({ reason }) => reason)).toEqual(['unreadable']);
      expect(await readFile(setAside[0]?.file ?? '')).toEqual(damaged);
      expect(keys.all()).toHaveLength(40);
      const names = keys.all().map(({ name }) => name);
      for (const number of numbers) {
        const possible = neighbours(7).includes(number) ? [`A ${number}`, `B ${number}`] : [`B ${number}`];
        expect(possible.some((name) => names.includes(name))).toBe(true);
      }
    },
  );

  test.each(damages)(
    '%s without a good generation: set aside and reported, all others work',
    async (_, damage) => {
      const folder = await filledFolder();
      const file = fileOf(folder, 7);
      await rm(`${file}.bak`);
      await damage(file);
      const damaged = await readFile(file);
      const { keys, setAside } = await recordsIn(folder);
      expect(setAside.map(({ reason }) => reason)).toEqual(['unreadable']);
      expect(await readFile(setAside[0]?.file ?? '')).toEqual(damaged);
      expect(keys.all()).toHaveLength(40 - neighbours(7).length);
      unwrap(await keys.put(keyRecord(7)));
      expect((await recordsIn(folder)).keys.get(keyRecord(7).id)).toEqual(keyRecord(7));
    },
  );

  test('a file that is gone is noticed and its good generation is used', async () => {
    const folder = await filledFolder();
    await rm(fileOf(folder, 7));
    const { keys, setAside } = await recordsIn(folder);
    expect(setAside).toEqual([{ file: fileOf(folder, 7), reason: 'unreadable' }]);
    expect(keys.all()).toHaveLength(40);
  });

  test('records under the data key of another vault are refused as a whole and left as they are', async () => {
    const folder = await filledFolder();
    const before = await contentOf(folder);
    const opened = await openRecords({
      folder,
      dataKey: new Uint8Array(32).fill(8),
      openStore: confStores(folder),
    });
    expect(opened).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(await contentOf(folder)).toEqual(before);
    expect((await recordsIn(folder)).keys.all()).toHaveLength(40);
  });

  test('one file from another vault is set aside, all others work', async () => {
    const folder = await filledFolder();
    const elsewhere = await newFolder();
    const foreign = unwrap(
      await openRecords({
        folder: elsewhere,
        dataKey: new Uint8Array(32).fill(8),
        openStore: confStores(elsewhere),
      }),
    );
    unwrap(await foreign.keys.put(keyRecord(7)));
    await rename(fileOf(elsewhere, 7), fileOf(folder, 7));
    const { keys, setAside } = await recordsIn(folder);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
    expect(keys.all().length).toBeGreaterThanOrEqual(40 - neighbours(7).length);
  });

  test('a folder that cannot be opened is a failure, not an empty vault', async () => {
    const folder = join(await newFolder(), 'file');
    await writeFile(folder, '');
    const opened = await openRecords({ folder, dataKey, openStore: confStores(folder) });
    expect(opened).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
  });

  test('a file that may not be read is a failure, not an empty vault', async () => {
    const folder = await filledFolder();
    const openStore = confStores(folder);
    const opened = await openRecords({
      folder,
      dataKey,
      openStore: (name) => {
        if (name !== keyShardOf(keyRecord(7).id)) return openStore(name);
        throw Object.assign(new Error('no'), { code: 'EACCES' });
      },
    });
    expect(opened).toMatchObject({ ok: false, error: { code: 'storage-failed', reason: 'EACCES' } });
  });
});

describe('a crash in the middle of a write', () => {
  test('at any byte of the new file leaves the old state and nothing to be cleaned up by hand', async () => {
    const folder = await filledFolder();
    const file = fileOf(folder, 7);
    const next = await readFile(file);
    const step = Math.max(1, Math.floor(next.length / 12));
    for (let length = 0; length <= next.length; length += step) {
      await writeFile(`${file}.tmp-1234567890abcdef`, next.subarray(0, length));
      await copyFile(file, `${file}.bak.tmp`);
      const { keys, setAside } = await recordsIn(folder);
      expect(setAside).toEqual([]);
      expect(keys.get(keyRecord(7).id)?.name).toBe('B 7');
      expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
    }
  });
});

async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

describe('many records at once', () => {
  const keys = Array.from({ length: 500 }, (_, index) => keyRecord(index));

  test('are on disk when it answers, with one write for each store', async () => {
    const folder = await newFolder();
    const records = await recordsIn(folder);
    expect((await records.keys.putAll(keys)).ok).toBe(true);
    // A second write of a store would have left the first one beside it.
    expect((await readdir(folder)).filter((name) => name.endsWith('.bak'))).toEqual([]);
    const again = await recordsIn(folder);
    expect(new Set(again.keys.all().map(({ id }) => id))).toEqual(new Set(keys.map(({ id }) => id)));
    expect(again.setAside).toEqual([]);
    expect((await again.keys.removeAll(keys.slice(1).map(({ id }) => id))).ok).toBe(true);
    expect(again.keys.all()).toEqual([keys[0]]);
    expect((await recordsIn(folder)).keys.all()).toEqual([keys[0]]);
  });

  test('are each as they were or as they should be where the disk fails in the middle, in memory as on disk', async () => {
    const folder = await newFolder();
    const openStore = confStores(folder);
    let stores = 0;
    const failing: OpenStore = (name) => {
      const store = openStore(name);
      stores += 1;
      if (stores < 40) return store;
      return {
        path: store.path,
        get store() {
          return store.store;
        },
        set store(_: Record<string, unknown>) {
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        },
      };
    };
    const records = unwrap(await openRecords({ folder, dataKey, openStore: failing }));
    expect(await records.keys.putAll(keys)).toMatchObject({
      error: { code: 'storage-failed', reason: 'ENOSPC' },
    });
    const inMemory = new Set(records.keys.all().map(({ id }) => id));
    expect(inMemory.size).toBeGreaterThan(0);
    expect(inMemory.size).toBeLessThan(keys.length);
    const again = await recordsIn(folder);
    expect(new Set(again.keys.all().map(({ id }) => id))).toEqual(inMemory);
  });
});
