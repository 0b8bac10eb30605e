import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { removeLeftOvers, writeDurably } from '../../../main/storage/durable-file.ts';
import { newFolder } from './support.ts';

describe('writing a file durably', () => {
  test('makes the file, or replaces all of it, and leaves nothing else', async () => {
    const folder = await newFolder();
    const file = join(folder, 'file');
    await writeDurably(file, 'a longer first text', 0o600);
    await writeDurably(file, new Uint8Array([1, 2, 3]), 0o600);
    expect([...(await readFile(file))]).toEqual([1, 2, 3]);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test.skipIf(process.platform === 'win32').each([0o600, 0o644, 0o666])(
    'gives the file the mode %o',
    async (mode) => {
      const file = join(await newFolder(), 'file');
      await writeDurably(file, '', mode);
      expect((await stat(file)).mode & 0o777).toBe(mode);
    },
  );

  test('leaves the old file and nothing else when it cannot be replaced', async () => {
    const folder = await newFolder();
    const file = join(folder, 'file');
    await mkdir(file);
    await writeFile(join(file, 'inside'), '');
    await expect(writeDurably(file, 'text', 0o600)).rejects.toMatchObject({ code: expect.any(String) });
    expect(await readdir(folder)).toEqual(['file']);
    expect(await readdir(file)).toEqual(['inside']);
  });

  test('says so when there is no such folder', async () => {
    const file = join(await newFolder(), 'none', 'file');
    await expect(writeDurably(file, 'text', 0o600)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('of two at the same time one wins whole', async () => {
    const file = join(await newFolder(), 'file');
    const texts = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    await Promise.all(texts.map((text) => writeDurably(file, text, 0o600)));
    expect(texts).toContain(await readFile(file, 'utf8'));
  });

  test('what a crash left of a write is removed by name, and no other file is', async () => {
    const folder = await newFolder();
    const names = ['.file.0123456789ab.tmp', 'file', '.file.tmp', '.other.0123456789ab.tmp', 'file.tmp'];
    await Promise.all(names.map((name) => writeFile(join(folder, name), '')));
    await removeLeftOvers(join(folder, 'file'));
    expect((await readdir(folder)).sort()).toEqual(names.slice(1).sort());
  });
});
