import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartFile, createXdgAutostart, lastingProgram } from '../../../main/desktop/xdg-autostart.ts';

let home: string;
let file: string;
let program: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'keyturn-autostart-'));
  file = autostartFile('dev.keyturn.app', {}, home);
  program = putProgram('Key turn $1.AppImage');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function putProgram(name: string): string {
  const place = path.join(home, name);
  writeFileSync(place, '#!/bin/sh\n');
  chmodSync(place, 0o755);
  return place;
}

function putEntry(...lines: string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, ['[Desktop Entry]', 'Type=Application', 'Name=Keyturn', ...lines, ''].join('\n'));
}

const start = (searchPath = '') =>
  createXdgAutostart({ file, command: [program, '--hidden', '--data-dir=/srv/my keys'], searchPath });

describe('the start at login', () => {
  it('is off where there is no entry, and on after it was turned on', async () => {
    expect(await start().get()).toEqual({ state: 'off', detail: '' });
    expect(await start().set(true)).toEqual({ ok: true, value: { state: 'on', detail: '' } });
    expect(await start().get()).toEqual({ state: 'on', detail: '' });
    expect((await stat(file)).mode & 0o777).toBe(0o644);
  });

  it('leaves nothing behind when it is turned off, and nothing beside the entry when it is on', async () => {
    await start().set(true);
    expect(await readdir(path.dirname(file))).toEqual(['dev.keyturn.app.desktop']);
    expect(await start().set(false)).toEqual({ ok: true, value: { state: 'off', detail: '' } });
    expect(await readdir(path.dirname(file))).toEqual([]);
    expect((await start().set(false)).ok).toBe(true);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off where the desktop’s own settings say %s, and on again when it is turned on',
    async (line) => {
      await start().set(true);
      const text = readFileSync(file, 'utf8').replace('X-GNOME-Autostart-enabled=true\n', '');
      writeFileSync(file, `${text}${line}\n`);
      expect((await start().get()).state).toBe('off');
      await start().set(false);
      expect(existsSync(file)).toBe(true);
      expect(await start().set(true)).toMatchObject({ value: { state: 'on' } });
    },
  );

  it('tells of an entry that starts another program, and does not remove it', async () => {
    const other = putProgram('other');
    putEntry(`Exec="${other}" --hidden`);
    const elsewhere = { state: 'elsewhere', detail: `${other} is started, not this Keyturn` };
    expect(await start().get()).toEqual(elsewhere);
    expect(await start().set(false)).toEqual({ ok: true, value: elsewhere });
    expect(existsSync(file)).toBe(true);
    expect(await start().set(true)).toMatchObject({ value: { state: 'on' } });
  });

  it('tells of an entry whose program is not there any more', async () => {
    await start().set(true);
    const before = program;
    rmSync(before);
    program = putProgram('Keyturn-2.AppImage');
    const detail = `${before} is to be started, which is not there`;
    expect(await start().get()).toEqual({ state: 'elsewhere', detail });
  });

  it('knows its program by another name for the same file, with or without a path', async () => {
    mkdirSync(path.join(home, 'bin'));
    symlinkSync(program, path.join(home, 'bin', 'keyturn'));
    putEntry('Exec=keyturn --hidden');
    expect((await start().get()).state).toBe('elsewhere');
    expect((await start(`/nowhere:${path.join(home, 'bin')}`).get()).state).toBe('on');
    putEntry(`Exec=${path.join(home, 'bin', 'keyturn')}`);
    expect((await start().get()).state).toBe('on');
  });

  it('says why it cannot be turned on where the folder cannot be made', async () => {
    writeFileSync(path.join(home, '.config'), '');
    expect(await start().get()).toEqual({ state: 'unavailable', detail: `${file} cannot be read` });
    const answer = await start().set(true);
    expect(answer).toMatchObject({ ok: false, error: { code: 'storage-failed', file } });
  });

  it.each(['a=b', '100%'])('cannot be had for a path that not every desktop starts: %s', async (name) => {
    program = putProgram(name);
    expect((await start().get()).state).toBe('unavailable');
    expect(await start().set(true)).toMatchObject({ ok: true, value: { state: 'unavailable' } });
    expect(existsSync(file)).toBe(false);
  });
});

describe('the entry’s place', () => {
  it('is the user’s own, where they chose one by an absolute path', () => {
    const name = path.join('autostart', 'app.desktop');
    expect(autostartFile('app', {}, '/home/me')).toBe(`/home/me/.config/${name}`);
    expect(autostartFile('app', { XDG_CONFIG_HOME: '/cfg' }, '/home/me')).toBe(`/cfg/${name}`);
    expect(autostartFile('app', { XDG_CONFIG_HOME: 'cfg' }, '/home/me')).toBe(`/home/me/.config/${name}`);
  });
});

describe('the program to start', () => {
  it('is the AppImage that this program runs from, and never another one’s', () => {
    const inside = { APPIMAGE: '/home/me/Keyturn.AppImage', APPDIR: '/tmp/.mount_KeyX' };
    expect(lastingProgram('/tmp/.mount_KeyX/keyturn', inside)).toBe('/home/me/Keyturn.AppImage');
    // A terminal that is an AppImage hands its own variables on.
    expect(lastingProgram('/opt/Keyturn/keyturn', inside)).toBe('/opt/Keyturn/keyturn');
    expect(lastingProgram('/opt/Keyturn/keyturn', {})).toBe('/opt/Keyturn/keyturn');
  });
});
