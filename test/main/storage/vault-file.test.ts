import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  moveVaultFileAside,
  newVaultFile,
  readVaultFile,
  writeVaultFile,
} from '../../../main/storage/vault-file.ts';
import { newFolder, setAsideIn, unwrap } from './support.ts';

const choice = { store: 'sealed-files', lockedBy: 'passphrase' } as const;

test('a folder without the file, and no folder at all, mean that no vault was set up', async () => {
  const folder = await newFolder();
  expect(await readVaultFile(folder)).toEqual({ ok: true, value: null });
  expect(await readVaultFile(join(folder, 'none'))).toEqual({ ok: true, value: null });
});

test('the choice is there after a restart, in a file of its owner', async () => {
  const folder = join(await newFolder(), 'new');
  const vault = newVaultFile(choice, 5);
  unwrap(await writeVaultFile(folder, vault));
  expect(unwrap(await readVaultFile(folder))).toEqual(vault);
  if (process.platform !== 'win32') expect((await stat(join(folder, 'vault.json'))).mode & 0o777).toBe(0o600);
});

test('two vaults never have the same name', () => {
  expect(newVaultFile(choice, 5).vaultId).not.toBe(newVaultFile(choice, 5).vaultId);
});

test.each([
  ['emptied', ''],
  ['cut short', '{"version":1,"store":"key'],
  ['zeros', '\0\0\0\0'],
  ['an empty object', '{}'],
])(
  'a file that is %s is damage and not a vault to be set up; it is kept when a new one is written',
  async (_, text) => {
    const folder = await newFolder();
    const file = join(folder, 'vault.json');
    await writeFile(file, text);
    expect(unwrap(await readVaultFile(folder))).toBe('damaged');
    expect(await readFile(file, 'utf8')).toBe(text);
    unwrap(await moveVaultFileAside(folder, 7));
    unwrap(await writeVaultFile(folder, newVaultFile(choice, 5)));
    const [kept] = await setAsideIn(folder);
    expect(await readFile(join(folder, 'set-aside', kept ?? ''), 'utf8')).toBe(text);
  },
);

test('a file of a newer version is a failure, and stays as it is', async () => {
  const folder = await newFolder();
  const file = join(folder, 'vault.json');
  const text = JSON.stringify({ ...newVaultFile(choice, 5), version: 2 });
  await writeFile(file, text);
  expect(await readVaultFile(folder)).toMatchObject({ ok: false, error: { code: 'storage-failed', file } });
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('a folder in its place is damage and not a vault to be set up', async () => {
  const folder = await newFolder();
  await mkdir(join(folder, 'vault.json'));
  expect(unwrap(await readVaultFile(folder))).toBe('damaged');
});
