import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from '../../../tools/built.ts';
import { type Circumstances, chooseHost } from '../../../tools/choose-host.ts';
import { downloadElectron, findElectron } from '../../../tools/electron-binary.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keyturn-start-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = '', changedAt = 1_000): void {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
  utimesSync(place, changedAt, changedAt);
}

const desktop: Circumstances = {
  args: [],
  platform: 'linux',
  env: { DISPLAY: ':0' },
  isRoot: false,
  obtainElectron: () => '/electron',
};
const mustNotAsk = () => {
  throw new Error('Electron was asked for');
};

describe('the choice of the host', () => {
  it.each<[string, Partial<Circumstances>]>([
    ['a desktop with X', {}],
    ['a desktop with Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['macOS', { platform: 'darwin', env: {} }],
    ['Windows', { platform: 'win32', env: {} }],
    ['root that gave up the sandbox by its own words', { isRoot: true, args: ['--no-sandbox'] }],
  ])('is Electron on %s', (_, circumstances) => {
    expect(chooseHost({ ...desktop, ...circumstances })).toEqual({ host: 'electron', program: '/electron' });
  });

  it('is the browser without a word when that was asked for, and nothing is downloaded', () => {
    expect(chooseHost({ ...desktop, args: ['--port=0', '--browser'], obtainElectron: mustNotAsk })).toEqual({
      host: 'browser',
      because: null,
    });
  });

  it.each<[string, Partial<Circumstances>, string]>([
    ['there is no display', { env: {}, obtainElectron: mustNotAsk }, 'display'],
    ['it would have to give up the sandbox', { isRoot: true, obtainElectron: mustNotAsk }, 'sandbox'],
    ['Electron is not to be had', { obtainElectron: () => null }, 'downloaded'],
  ])('is the browser, and says why in one line, when %s', (_, circumstances, word) => {
    const choice = chooseHost({ ...desktop, ...circumstances });
    expect(choice).toEqual({
      host: 'browser',
      because: expect.stringMatching(new RegExp(`^[^\n]*${word}[^\n]*$`)),
    });
  });
});

describe('Electron’s program', () => {
  const electron = 'node_modules/electron';

  it('is found where its installer put it', () => {
    write(`${electron}/path.txt`, 'electron');
    write(`${electron}/dist/electron`);
    expect(findElectron(root, {})).toBe(path.join(root, electron, 'dist/electron'));
  });

  it('is found where the person put it', () => {
    write('own/electron');
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'own') })).toBe(
      path.join(root, 'own/electron'),
    );
  });

  it('is not found where it is not, or only half there', () => {
    expect(findElectron(root, {})).toBeNull();
    write(`${electron}/path.txt`, 'electron');
    expect(findElectron(root, {})).toBeNull();
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: root })).toBeNull();
  });

  it('is downloaded by its own installer, unless that was switched off', () => {
    write(
      `${electron}/install.js`,
      `const fs = require('fs'); fs.mkdirSync(__dirname + '/dist');
       fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron');`,
    );
    downloadElectron(root, { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }, 60_000);
    expect(findElectron(root, {})).toBeNull();
    downloadElectron(root, {}, 60_000);
    expect(findElectron(root, {})).not.toBeNull();
  });

  it('is given up when its download does not end', () => {
    write(`${electron}/install.js`, 'setInterval(() => {}, 1000)');
    downloadElectron(root, {}, 300);
  });
});

describe('what is built', () => {
  const outputs = [
    'main/index.js',
    'main/browser.js',
    'main/keychain-worker.js',
    'preload/preload.cjs',
    'renderer/index.html',
  ];

  function touchFolders(changedAt: number): void {
    for (const folder of ['main', 'main/keys', 'renderer', 'shared']) {
      mkdirSync(path.join(root, folder), { recursive: true });
      utimesSync(path.join(root, folder), changedAt, changedAt);
    }
  }

  beforeEach(() => {
    write('main/keys/issue-key.ts', '', 1_000);
    write('package.json', '{}', 1_000);
    for (const output of outputs) write(`out/${output}`, '', 2_000);
    touchFolders(1_000);
  });

  it('is taken as it is while no source is newer', () => {
    expect(isBuilt(root)).toBe(true);
  });

  it('is built again when a source changed', () => {
    write('main/keys/issue-key.ts', 'changed', 3_000);
    expect(isBuilt(root)).toBe(false);
  });

  it('is built again when a source was removed', () => {
    rmSync(path.join(root, 'main/keys/issue-key.ts'));
    expect(isBuilt(root)).toBe(false);
  });

  it.each(outputs)('is built again when %s is missing', (output) => {
    rmSync(path.join(root, 'out', output));
    expect(isBuilt(root)).toBe(false);
  });
});
