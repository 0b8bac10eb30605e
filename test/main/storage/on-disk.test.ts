import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appendDurably } from '../../../main/storage/append-file.ts';
import { writeDurably } from '../../../main/storage/durable-file.ts';
import { newFolder } from './support.ts';

/** What the files and folders held, as sizes in bytes, whenever the system was told to put them on the disk. */
async function watchSyncs(folder: string): Promise<readonly number[]> {
  const sizes: number[] = [];
  const handle = await open(folder, 'r');
  const ofHandles = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { sync } = ofHandles;
  onTestFinished(() => {
    ofHandles.sync = sync;
  });
  ofHandles.sync = async function watched(this: FileHandle) {
    const now = await this.stat();
    sizes.push(now.isDirectory() ? 0 : now.size);
    await sync.call(this);
  };
  return sizes;
}

test('a line that was added has been put on the disk whole before it is said to be there', async () => {
  const folder = await newFolder();
  const file = join(folder, 'journal.jsonl');
  const syncs = await watchSyncs(folder);
  await appendDurably(file, 'first\n');
  // The file, then the folder that it is new in.
  expect(syncs).toEqual([6, 0]);
  await appendDurably(file, 'second\n');
  expect(syncs).toEqual([6, 0, 13]);
  expect((await stat(file)).size).toBe(13);
});

test('a file that replaces another has been put on the disk before it takes its place, and then its folder', async () => {
  const folder = await newFolder();
  const file = join(folder, 'keys.json');
  const syncs = await watchSyncs(folder);
  await writeDurably(file, 'whole', 0o600);
  expect(syncs).toEqual([5, 0]);
  expect(await readFile(file, 'utf8')).toBe('whole');
});
