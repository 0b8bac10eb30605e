import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileSystem, realFileSystem } from '../../../main/env-files/file-system.ts';
import { createQuickFileSystem } from '../../../main/env-files/quick-file-system.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-quick-')));
  file = path.join(folder, '.env');
  await fs.writeFile(file, 'KEY=old\n');
  await fs.symlink('.env', path.join(folder, 'link'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const outcomeOf = (call: () => Promise<unknown>) =>
  call().then(
    (value) => ({ value }),
    (error: NodeJS.ErrnoException) => ({ code: error.code }),
  );

/** Every call that is made of a file system, on what is there and on what is not. */
const calls: readonly (readonly [string, (system: FileSystem) => Promise<unknown>])[] = [
  ['realpath', (system) => system.realpath(folder)],
  ['access', (system) => system.access(file, constants.W_OK)],
  ['access to nothing', (system) => system.access(`${file}x`)],
  ['lstat', (system) => system.lstat(path.join(folder, 'link'), { bigint: true })],
  ['lstat of nothing', (system) => system.lstat(`${file}x`)],
  ['stat', (system) => system.stat(folder).then(({ mode }) => mode)],
  ['readdir', (system) => system.readdir(folder)],
  ['readdir of a file', (system) => system.readdir(file)],
  ['readlink', (system) => system.readlink(path.join(folder, 'link'))],
  ['readlink of a file', (system) => system.readlink(file)],
  ['rename of nothing', (system) => system.rename(`${file}x`, file)],
  ['unlink of nothing', (system) => system.unlink(`${file}x`)],
  ['open of nothing', (system) => system.open(`${file}x`, constants.O_RDONLY)],
  ['open of a link', (system) => system.open(path.join(folder, 'link'), constants.O_NOFOLLOW)],
  ['open of what is there', (system) => system.open(file, constants.O_CREAT | constants.O_EXCL, 0o600)],
];

describe('Files asked at once and files asked by way of a thread', () => {
  it.each(calls)('answer alike: %s', async (_, call) => {
    const quick = createQuickFileSystem();
    await quick.realpath(folder);
    const expected = await outcomeOf(() => call(realFileSystem));
    expect(await outcomeOf(() => call(quick))).toEqual(expected);
  });

  it('hold the same after the same writing', async () => {
    const texts = [];
    for (const system of [realFileSystem, createQuickFileSystem()]) {
      await system.realpath(folder);
      const name = path.join(folder, 'new');
      const handle = await system.open(name, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
      // More than is written at once.
      await handle.writeFile(Buffer.alloc(3_000_000, 'a'));
      await handle.write(Buffer.from('xbbbx'), 1, 3, 10);
      await handle.truncate(2_000_000);
      await handle.chmod(0o640);
      await handle.sync();
      const bytes = Buffer.alloc(2_000_000);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      const { size, mode } = await handle.stat({ bigint: true });
      await handle.close();
      texts.push({ bytesRead, size, mode, text: bytes.toString() === (await fs.readFile(name, 'latin1')) });
      expect(bytes.subarray(8, 16).toString()).toBe('aabbbaaa');
      await system.unlink(name);
    }
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[0]).toMatchObject({ bytesRead: 2_000_000, size: 2_000_000n, text: true });
  });
});
