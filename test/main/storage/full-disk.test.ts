import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openSettings } from '../../../main/storage/settings.ts';
import { connectionRecord } from './records-for-tests.ts';
import { newFolder, recordsIn, unwrap } from './support.ts';

const writer = join(import.meta.dirname, 'full-disk-writer.ts');

/**
 * Runs the writer where no file may be larger than 8 KiB. As on a full disk, the write that reaches the limit is cut
 * short without an error and only the next one fails.
 */
async function writeOnFullDisk(task: string, folder: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    'ulimit -f 8 && exec "$0" "$@"',
    process.execPath,
    writer,
    task,
    folder,
  ]);
  return JSON.parse(stdout);
}

describe.skipIf(process.platform === 'win32')('a disk that is full', () => {
  test('is a failure, and every record stays as it was', async () => {
    const folder = await newFolder();
    const { connections } = await recordsIn(folder);
    for (let number = 1; number <= 10; number += 1) unwrap(await connections.put(connectionRecord(number)));
    const before = await readFile(join(folder, 'connections.json'));
    expect(await writeOnFullDisk('records', folder)).toMatchObject({
      put: { ok: false, error: { code: 'storage-failed' } },
      names: Array.from({ length: 10 }, (_, index) => `Account ${index + 1}`),
    });
    expect(await readFile(join(folder, 'connections.json'))).toEqual(before);
    const again = await recordsIn(folder);
    expect(again.setAside).toEqual([]);
    expect(again.connections.all()).toHaveLength(10);
  });

  test('is a failure for the first record of a file, and leaves no damaged file', async () => {
    const folder = await newFolder();
    expect(await writeOnFullDisk('first-record', folder)).toMatchObject({ put: { ok: false }, names: [] });
    const again = await recordsIn(folder);
    expect(again.setAside).toEqual([]);
    expect(again.connections.all()).toEqual([]);
  });

  test('is a failure for the journal and the activity, and what was in them stays', async () => {
    const folder = await newFolder();
    const results = await writeOnFullDisk('lines', folder);
    expect(results).toMatchObject({ journal: { ok: false }, activity: { ok: false } });
    const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    expect(journal.endsWith('\n')).toBe(true);
    for (const line of journal.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });
});

test('a program that was started from the terminal of a Snap writes no less safely', async () => {
  const folder = await newFolder();
  const snap = process.env.SNAP;
  process.env.SNAP = '/snap/code/1';
  try {
    const settings = openSettings({ store: confStores(folder)('settings') });
    unwrap(await settings.set({ rotationDays: 30 }));
    unwrap(await settings.set({ rotationDays: 40 }));
    expect(process.env.SNAP).toBe('/snap/code/1');
  } finally {
    if (snap === undefined) delete process.env.SNAP;
    else process.env.SNAP = snap;
  }
  // Written in place, the generation before would have changed with the file: both are names of the same bytes.
  expect(await readFile(join(folder, 'settings.json.bak'), 'utf8')).toContain('30');
  expect(await readFile(join(folder, 'settings.json'), 'utf8')).toContain('40');
});
