import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkByApp } from '../../../main/leaks/check-command.ts';
import { hookText } from '../../../main/leaks/hook-text.ts';

const standIn = (file: string) => path.join(import.meta.dirname, '../hosts/stand-in', file);

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keyturn-check-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('Electron’s entry, started by a hook', () => {
  it('checks what is staged without a window, a lock, or a file in the data folder, and ends', async () => {
    const data = path.join(root, 'data');
    const repository = path.join(root, 'project');
    mkdirSync(repository);
    writeFileSync(path.join(repository, 'file'), 'x');
    execFileSync('git', ['init', '-q', repository]);
    execFileSync('git', ['-C', repository, 'add', '-A']);
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', standIn('hooks.ts'), standIn('scenario.ts')],
      {
        cwd: repository,
        env: { ...process.env, STAND_IN_DATA: data, STAND_IN_LOCK: '1', STAND_IN_SWITCH: 'check-staged' },
      },
    );
    const { steps, exits, ...rest } = JSON.parse(stdout) as { steps: string[]; exits: number[] };
    expect(stderr).toBe('Keyturn did not check what is staged: there is no vault.\n');
    expect(exits).toEqual([0]);
    expect(rest).not.toHaveProperty('options');
    expect(steps).toContain('ready');
    expect(steps).not.toContain('lock');
    const [, ownFiles = ''] = /^userData (.*)$/.exec(steps[0] ?? '') ?? [];
    expect(ownFiles).toContain('keyturn-check-');
    expect(existsSync(ownFiles)).toBe(false);
    expect(existsSync(data)).toBe(false);
  });
});

describe('the hook of the packaged app', () => {
  it('names the AppImage itself, and not the place where it is mounted for now', () => {
    const app = { isPackaged: true, getAppPath: () => '/tmp/.mount_x/resources/app.asar' };
    const command = checkByApp(
      app,
      { APPIMAGE: '/home/me/Key turn.AppImage' },
      '/home/me/.local/share/keyturn',
    );
    expect(hookText(command)).toContain(
      "  '/home/me/Key turn.AppImage' --check-staged --data-dir=/home/me/.local/share/keyturn\n",
    );
  });

  it('names the program that is running elsewhere', () => {
    const app = { isPackaged: true, getAppPath: () => '/opt/Keyturn/resources/app.asar' };
    expect(checkByApp(app, {}, '/data')).toEqual({
      program: process.execPath,
      args: ['--check-staged', '--data-dir=/data'],
      needs: [],
    });
  });
});
