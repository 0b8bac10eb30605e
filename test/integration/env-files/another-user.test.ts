import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const NOBODY = 65534;
const NEVER_KILLED = '1000000';
const asNobody = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups', process.execPath];
const writer = path.join(import.meta.dirname, 'killed-writer.ts');
// Only root may start a process as another user, who then has to be able to read the program.
const canChangeUser =
  spawnSync('setpriv', [...asNobody, '-e', `fs.accessSync(${JSON.stringify(writer)})`]).status === 0;
const OLD = 'A=1\nKEY=old\n';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-user-'));
  file = path.join(folder, '.env');
  await fs.writeFile(file, OLD);
});
afterEach(() => fs.rm(folder, { recursive: true }));

function writeAsNobody(): boolean {
  return spawnSync('setpriv', [...asNobody, writer, file, NEVER_KILLED, 'new']).status === 0;
}

describe.runIf(canChangeUser)('The file of another user', () => {
  it('stays theirs when we may write it, though we could put ours in its place', async () => {
    await fs.chmod(folder, 0o777);
    await fs.chmod(file, 0o666);
    const { ino } = await fs.stat(file);
    expect(writeAsNobody()).toBe(true);
    expect(await fs.readFile(file, 'utf8')).toBe('A=1\nKEY=new\n');
    expect(await fs.stat(file)).toMatchObject({ ino, uid: 0, gid: 0 });
    expect(await fs.readdir(folder)).toEqual(['.env']);
  });

  it('is written in a folder where only owners may replace their files', async () => {
    await fs.chmod(folder, 0o1777);
    await fs.chmod(file, 0o666);
    expect(writeAsNobody()).toBe(true);
    expect(await fs.readFile(file, 'utf8')).toBe('A=1\nKEY=new\n');
  });

  it.each([
    ['may not be written', 0o777, 0o644],
    ['may not even be read', 0o777, 0o600],
    ['is in a folder that we may not enter', 0o700, 0o666],
  ])('is left alone when it %s', async (_, folderMode, fileMode) => {
    await fs.chmod(folder, folderMode);
    await fs.chmod(file, fileMode);
    expect(writeAsNobody()).toBe(false);
    expect(await fs.readFile(file, 'utf8')).toBe(OLD);
    expect(await fs.readdir(folder)).toEqual(['.env']);
  });
});
