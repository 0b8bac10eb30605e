import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { Secret } from '../../../main/secrets/secret.ts';

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const OLD = 'A=1\nKEY=old\n';

let folder: string;
let file: string;
let undo: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-mounts-'));
  file = path.join(folder, '.env');
});
afterEach(async () => {
  for (const step of undo.reverse()) step();
  undo = [];
  await fs.rm(folder, { recursive: true });
});

const write = (value: string) =>
  createDiskEnvFiles().write(file, [{ variable: 'KEY', value: new Secret(value) }], 'any');

function mount(...args: string[]): boolean {
  const target = args.at(-1) ?? '';
  if (!succeeds('mount', ...args)) return false;
  undo.push(() => succeeds('umount', target));
  return true;
}

// These need the right to mount, which a container or a plain user does not have.
describe('On a real disk that is in the way', () => {
  it('writes into a file that is mounted alone, as Docker does it', async ({ skip }) => {
    const source = path.join(folder, 'source');
    await fs.writeFile(source, OLD);
    await fs.writeFile(file, '');
    skip(!mount('--bind', source, file), 'no right to mount');
    expect(await createDiskEnvFiles().preflight(file, ['KEY'])).toMatchObject({ ok: true });
    expect(await write('new')).toMatchObject({ ok: true });
    expect(await fs.readFile(source, 'utf8')).toBe('A=1\nKEY=new\n');
    expect((await fs.readdir(folder)).sort()).toEqual(['.env', 'source']);
  });

  it('leaves the old file on a full disk', async ({ skip }) => {
    skip(!mount('-t', 'tmpfs', '-o', 'size=64k', 'keyturn-test', folder), 'no right to mount');
    await fs.writeFile(file, OLD);
    await fs.writeFile(path.join(folder, 'filler'), Buffer.alloc(1024 * 1024)).catch(() => undefined);
    const refused = { ok: false, error: { code: 'file-unwritable', file, reason: 'The disk is full' } };
    expect(await write('x'.repeat(9000))).toEqual(refused);
    expect(await fs.readFile(file, 'utf8')).toBe(OLD);
    await fs.link(file, path.join(folder, 'twin'));
    expect(await write('x'.repeat(9000))).toEqual(refused);
    expect(await fs.readFile(file, 'utf8')).toBe(OLD);
    expect((await fs.readdir(folder)).sort()).toEqual(['.env', 'filler', 'twin']);
  });

  it('refuses on a read-only disk, before anything is tried', async ({ skip }) => {
    skip(!mount('-t', 'tmpfs', '-o', 'size=64k', 'keyturn-test', folder), 'no right to mount');
    await fs.writeFile(file, OLD);
    skip(!succeeds('mount', '-o', 'remount,ro', folder), 'no right to mount');
    const refused = { ok: false, error: { code: 'file-unwritable', file, reason: 'The disk is read-only' } };
    expect(await createDiskEnvFiles().preflight(file, ['KEY'])).toEqual(refused);
    expect(await write('new')).toEqual(refused);
  });

  it('refuses a file that was made immutable, before anything is tried', async ({ skip }) => {
    await fs.writeFile(file, OLD);
    skip(!succeeds('chattr', '+i', file), 'no such marks here');
    undo.push(() => succeeds('chattr', '-i', file));
    const result = await createDiskEnvFiles().preflight(file, ['KEY']);
    expect(result).toMatchObject({ ok: false, error: { code: 'file-unwritable' } });
    expect(await write('new')).toEqual(result);
    expect(await fs.readFile(file, 'utf8')).toBe(OLD);
  });
});
