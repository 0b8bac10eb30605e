import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import { lazyStore } from '../../../main/storage/lazy-store.ts';
import { openSettings, type SettingsStore } from '../../../main/storage/settings.ts';
import { newFolder, setAsideIn, unwrap } from './support.ts';

const defaults = {
  appearance: 'system',
  clipboardSeconds: 45,
  rotationDays: 90,
  backupReminder: true,
  notifications: true,
  quietHours: null,
  providerPolicies: {},
  calendarFile: null,
  lastBackupAt: null,
};

const inFolder = (folder: string): SettingsStore =>
  openSettings({
    store: lazyStore(join(folder, 'settings.json'), () => confStores(folder)('settings')),
  });

test('what was never set has its default, and asking writes nothing', async () => {
  const folder = await newFolder();
  const settings = inFolder(folder);
  expect(settings.get()).toEqual(defaults);
  expect(settings.damaged).toBe(false);
  await expect(readFile(join(folder, 'settings.json'))).rejects.toThrow('ENOENT');
});

test('what was set is there after a restart, and leaves everything else as it was', async () => {
  const folder = await newFolder();
  const settings = inFolder(folder);
  expect(unwrap(await settings.set({ rotationDays: 30 }))).toEqual({ ...defaults, rotationDays: 30 });
  unwrap(await settings.set({ appearance: 'dark' }));
  expect(inFolder(folder).get()).toEqual({ ...defaults, rotationDays: 30, appearance: 'dark' });
});

test('changes at the same time are all kept', async () => {
  const folder = await newFolder();
  const settings = inFolder(folder);
  await Promise.all([
    settings.set({ rotationDays: 30 }),
    settings.set({ appearance: 'dark' }),
    settings.set({ clipboardSeconds: 20 }),
  ]);
  expect(inFolder(folder).get()).toEqual({
    ...defaults,
    appearance: 'dark',
    clipboardSeconds: 20,
    rotationDays: 30,
  });
});

test('a value that no setting takes is refused and changes nothing', async () => {
  const folder = await newFolder();
  const settings = inFolder(folder);
  await expect(settings.set({ clipboardSeconds: 0 })).rejects.toThrow();
  expect(inFolder(folder).get()).toEqual(defaults);
});

test('a setting that an older version did not know reads as its default', async () => {
  const folder = await newFolder();
  await writeFile(
    join(folder, 'settings.json'),
    JSON.stringify({ version: 1, settings: { appearance: 'light' } }),
  );
  expect(inFolder(folder).get()).toEqual({ ...defaults, appearance: 'light' });
});

test.each([
  ['cut short', (file: string) => truncate(file, 20)],
  ['emptied', (file: string) => truncate(file, 0)],
  ['garbage', (file: string) => writeFile(file, 'garbage')],
  ['another shape', (file: string) => writeFile(file, '{"version":1,"settings":{"rotationDays":"soon"}}')],
  ['a newer version', (file: string) => writeFile(file, '{"version":2,"settings":{}}')],
])('a file that is %s gives the defaults, and is kept aside', async (_, damage) => {
  const folder = await newFolder();
  const file = join(folder, 'settings.json');
  unwrap(await inFolder(folder).set({ rotationDays: 30 }));
  await damage(file);
  const damaged = await readFile(file);
  const settings = inFolder(folder);
  expect(settings.get()).toEqual(defaults);
  expect(settings.damaged).toBe(true);
  expect(await setAsideIn(folder)).toHaveLength(1);
  unwrap(await settings.set({ appearance: 'dark' }));
  expect(settings.damaged).toBe(false);
  expect(await setAsideIn(folder)).toHaveLength(1);
  expect(await readFile(settings.setAside[0]?.file ?? '')).toEqual(damaged);
  expect(inFolder(folder).get()).toEqual({ ...defaults, appearance: 'dark' });
});

test('a damaged file costs the last change only, where there was one before', async () => {
  const folder = await newFolder();
  const settings = inFolder(folder);
  unwrap(await settings.set({ rotationDays: 30 }));
  unwrap(await settings.set({ appearance: 'dark' }));
  await truncate(join(folder, 'settings.json'), 20);
  expect(inFolder(folder).get()).toEqual({ ...defaults, rotationDays: 30 });
});

test('a folder in its place is moved aside with all that is in it, and settings work', async () => {
  const folder = await newFolder();
  await mkdir(join(folder, 'settings.json'));
  await writeFile(join(folder, 'settings.json', 'mine'), 'kept');
  const settings = inFolder(folder);
  expect(settings.get()).toEqual(defaults);
  unwrap(await settings.set({ rotationDays: 30 }));
  expect(inFolder(folder).get()).toEqual({ ...defaults, rotationDays: 30 });
  expect(await readFile(join(settings.setAside[0]?.file ?? '', 'mine'), 'utf8')).toBe('kept');
});
