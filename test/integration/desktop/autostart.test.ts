import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOnPath } from '../../../main/desktop/browser/run-command.ts';
import { autostartFile, createXdgAutostart } from '../../../main/desktop/xdg-autostart.ts';
import { until } from './desktop-session.ts';

const run = promisify(execFile);

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'keyturn-login-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A program that writes its arguments down, by a path that its folder makes awkward; and the entry that starts it. */
async function entryFor(folder: string, args: readonly string[]): Promise<{ file: string; told: string }> {
  const told = path.join(home, 'told');
  const place = path.join(home, folder);
  mkdirSync(place, { recursive: true });
  const program = path.join(place, 'Keyturn.AppImage');
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s\\0' "$0" "$@" > '${told}.new' && mv '${told}.new' '${told}'\n`,
  );
  chmodSync(program, 0o755);
  const file = autostartFile('dev.keyturn.app', {}, home);
  const start = createXdgAutostart({ file, command: [program, ...args], searchPath: '' });
  expect(await start.set(true)).toEqual({ ok: true, value: { state: 'on', detail: '' } });
  return { file, told };
}

const folders = ['plain', 'two words', 'a$HOME `id`', 'it’s "quoted" & \'so\'', 'back\\slash\\n', 'ü; #1'];
const args = ['--hidden', '--data-dir=/srv/my $keys\\%f 100%% "x"'];

describe('the entry that starts the app at login', () => {
  it.skipIf(!isOnPath('gio')).each(folders)(
    'makes GLib start the very program with the very arguments from the folder %s',
    async (folder) => {
      const { file, told } = await entryFor(folder, args);
      await run('gio', ['launch', file], { env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' } });
      await until('the program to start', () => spawnSync('test', ['-s', told]).status === 0);
      const [program, ...given] = readFileSync(told, 'utf8').split('\0').slice(0, -1);
      expect(program).toBe(path.join(home, folder, 'Keyturn.AppImage'));
      expect(given).toEqual(args);
    },
  );

  it.skipIf(!isOnPath('desktop-file-validate')).each(folders)(
    'is valid to the desktops’ own checker with the folder %s',
    async (folder) => {
      const { file } = await entryFor(folder, args);
      const { stdout } = await run('desktop-file-validate', [file]);
      expect(stdout).toBe('');
    },
  );
});
