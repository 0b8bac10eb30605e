import { appendFile, readdir, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../main/storage/activity.ts';
import { openActivity } from '../../../main/storage/file-activity.ts';
import type { ActivityEntry } from '../../../shared/domain/activity.ts';
import { createMemoryActivity } from '../../fakes/memory-activity.ts';
import { keyRecord } from './records-for-tests.ts';
import { newFolder, unwrap } from './support.ts';

const entry = (at: number, key: number | null = null, detail = ''): ActivityEntry => ({
  at,
  event: 'key-checked',
  keyId: key === null ? null : keyRecord(key).id,
  connectionId: null,
  subject: 'payments',
  detail,
});

async function activityIn(folder: string, maxBytes = 1_000, keep = 40): Promise<Activity> {
  return unwrap(await openActivity({ folder, maxBytes, keep }));
}

/** Everything, page by page, as a person reads it. */
async function readAll(activity: Activity, limit: number): Promise<ActivityEntry[]> {
  const all: ActivityEntry[] = [];
  let before: number | null = null;
  for (;;) {
    const page = await activity.page(before, limit);
    all.push(...page.entries);
    if (!page.more) return all;
    before = page.entries.at(-1)?.at ?? null;
  }
}

describe.each([
  ['in memory', async () => createMemoryActivity()],
  ['on disk', async () => activityIn(await newFolder())],
])('activity %s', (_place, open) => {
  test('is read newest first, page by page, each entry once', async () => {
    const activity = await open();
    for (let at = 1; at <= 50; at += 1) unwrap(await activity.add(entry(at)));
    const expected = Array.from({ length: 50 }, (_, index) => entry(50 - index));
    expect(await readAll(activity, 7)).toEqual(expected);
    expect(await readAll(activity, 50)).toEqual(expected);
    expect(await activity.page(3, 10)).toEqual({ entries: [entry(2), entry(1)], more: false });
    expect(await activity.page(1, 10)).toEqual({ entries: [], more: false });
  });

  test('answers the newest entries about one key', async () => {
    const activity = await open();
    for (let at = 1; at <= 60; at += 1) unwrap(await activity.add(entry(at, at % 3)));
    expect((await activity.ofKey(keyRecord(2).id, 4)).map(({ at }) => at)).toEqual([59, 56, 53, 50]);
    expect(await activity.ofKey(keyRecord(0).id, 100)).toHaveLength(20);
    expect(await activity.ofKey(keyRecord(9).id, 100)).toEqual([]);
  });

  test('loses no entry of one instant between two pages', async () => {
    const activity = await open();
    for (let turn = 0; turn < 30; turn += 1) {
      unwrap(await activity.add(entry(Math.floor(turn / 5), null, String(turn))));
    }
    const all = await readAll(activity, 3);
    expect(all.map(({ detail }) => Number(detail)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, turn) => turn),
    );
  });

  test('loses no entry and doubles none when the clock was set back', async () => {
    const activity = await open();
    const instants = [10, 20, 30, 40, 50, 5, 6, 7, 8, 9, 25, 26, 60, 1, 2, 3, 61, 62, 63, 64, 65, 66];
    for (const at of instants) unwrap(await activity.add(entry(at)));
    expect((await readAll(activity, 4)).map(({ at }) => at)).toEqual([...instants].sort((a, b) => b - a));
  });

  test('refuses what is not an entry', async () => {
    const activity = await open();
    await expect(activity.add({ ...entry(1), at: 1.5 })).rejects.toThrow();
  });
});

test('a restart finds everything and goes on', async () => {
  const folder = await newFolder();
  const first = await activityIn(folder);
  for (let at = 1; at <= 20; at += 1) unwrap(await first.add(entry(at)));
  const second = await activityIn(folder);
  for (let at = 21; at <= 40; at += 1) unwrap(await second.add(entry(at)));
  expect((await readAll(await activityIn(folder), 6)).map(({ at }) => at)).toEqual(
    Array.from({ length: 40 }, (_, index) => 40 - index),
  );
});

test('entries that are added at the same time are all kept, in order', async () => {
  const folder = await newFolder();
  const activity = await activityIn(folder);
  await Promise.all(Array.from({ length: 30 }, (_, at) => activity.add(entry(at))));
  expect((await readAll(await activityIn(folder), 100)).map(({ at }) => at)).toEqual(
    Array.from({ length: 30 }, (_, index) => 29 - index),
  );
});

test('no file grows beyond its size, and only the newest files stay', async () => {
  const folder = await newFolder();
  const activity = await activityIn(folder, 1_000, 3);
  for (let at = 1; at <= 100; at += 1) unwrap(await activity.add(entry(at)));
  const names = await readdir(folder);
  expect(names).toHaveLength(3);
  for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1_000);
  const all = await readAll(await activityIn(folder, 1_000, 3), 5);
  expect(all.map(({ at }) => at)).toEqual(Array.from({ length: all.length }, (_, index) => 100 - index));
  expect(all.length).toBeGreaterThan(10);
});

test('an entry that a crash cut short is passed over; those before and after it are read', async () => {
  const folder = await newFolder();
  const activity = await activityIn(folder);
  unwrap(await activity.add(entry(1)));
  unwrap(await activity.add(entry(2)));
  const file = join(folder, 'activity-000001.jsonl');
  await truncate(file, (await stat(file)).size - 4);
  const again = await activityIn(folder);
  unwrap(await again.add(entry(3)));
  expect((await readAll(again, 10)).map(({ at }) => at)).toEqual([3, 1]);
});

test('a damaged line, a damaged first line and a file that is gone cost only what was in them', async () => {
  const folder = await newFolder();
  const activity = await activityIn(folder);
  for (let at = 1; at <= 40; at += 1) unwrap(await activity.add(entry(at)));
  await rm(join(folder, 'activity-000002.jsonl'));
  await writeFile(join(folder, 'activity-000003.jsonl'), `garbage\n${JSON.stringify(entry(15))}\nmore\n`);
  await appendFile(join(folder, 'activity-000001.jsonl'), '\0\0\n');
  const instants = (await readAll(await activityIn(folder), 5)).map(({ at }) => at);
  expect(instants).toContain(1);
  expect(instants).toContain(15);
  expect(instants).toContain(40);
  expect(instants).toEqual([...new Set(instants)].sort((a, b) => b - a));
});

test.skipIf(process.platform !== 'linux')('a full disk is a failure; what was there stays', async () => {
  const folder = await newFolder();
  const activity = await activityIn(folder);
  unwrap(await activity.add(entry(1)));
  const file = join(folder, 'activity-000001.jsonl');
  await rename(file, `${file}.real`);
  await symlink('/dev/full', file);
  expect(await activity.add(entry(2))).toMatchObject({
    ok: false,
    error: { code: 'storage-failed', reason: 'ENOSPC' },
  });
  await rm(file);
  await rename(`${file}.real`, file);
  unwrap(await activity.add(entry(3)));
  expect((await readAll(activity, 10)).map(({ at }) => at)).toEqual([3, 1]);
});
