import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extract, type PackedFile, readAsar } from './asar.ts';

const project = path.join(import.meta.dirname, '..', '..', '..');
const canary = 'sk_live_4f9aXq81LmZ0tRv7';

/** Marks the place of the fuses in Electron's program (github.com/electron/fuses); a version and a length follow it. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserProcessSnapshot',
  'fileProtocolPrivileges',
] as const;

let folder: string;
let program: string;
let files: readonly PackedFile[];

function write(file: string, text: string): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/**
 * Packs with the real packer and the project's own settings, around a stand-in for Electron that has nothing but its
 * fuses, all of them as Electron ships them. Beside the build stand the things that must not come along.
 */
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keyturn-package-'));
  for (const file of ['package.json', 'electron-builder.yml'])
    cpSync(path.join(project, file), path.join(folder, file));
  symlinkSync(path.join(project, 'node_modules'), path.join(folder, 'node_modules'));
  for (const file of ['main/index.js', 'main/browser.js', 'main/keychain-worker.js', 'preload/preload.cjs'])
    write(`out/${file}`, '// built');
  write('out/renderer/index.html', '<title>Keyturn</title>');
  write('out/main/index.js.map', canary);
  for (const file of [
    'main/app.ts',
    'renderer/app.tsx',
    'shared/result.ts',
    'test/app.test.ts',
    'tools/start.ts',
  ])
    write(file, canary);
  for (const file of ['.env', '.env.local', 'docs/notes.md', 'logs/keyturn.log', 'package-lock.json'])
    write(file, canary);

  write('electron/version', '45.4.1');
  const shipped = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 8]), Buffer.from('10110001')]);
  writeFileSync(path.join(folder, 'electron/electron'), shipped);
  chmodSync(path.join(folder, 'electron/electron'), 0o755);

  const packer = path.join(project, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [`-c.electronDist=${path.join(folder, 'electron')}`, '-c.directories.output=packed'];
  execFileSync(process.execPath, [packer, '--linux', 'dir', '--x64', ...settings], {
    cwd: folder,
    stdio: 'pipe',
    env: { ...process.env, CI: '1' },
  });
  program = path.join(folder, 'packed', 'linux-unpacked', 'keyturn');
  files = readAsar(path.join(path.dirname(program), 'resources', 'app.asar'));
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds the build, what describes it, and keytar, and nothing else', () => {
    expect(files.map(({ name }) => name).sort()).toEqual([
      'node_modules/keytar/LICENSE.md',
      'node_modules/keytar/lib/keytar.js',
      'node_modules/keytar/package.json',
      'node_modules/keytar/prebuilds/linux-x64/keytar.node',
      'out/main/browser.js',
      'out/main/index.js',
      'out/main/keychain-worker.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      'package.json',
    ]);
  });

  it('holds nothing that lay beside the build', () => {
    for (const { name, body } of files) expect(body.includes(canary), name).toBe(false);
  });

  it('keeps the native module outside the archive, where the system can load it', () => {
    const native = files.find(({ name }) => name.endsWith('keytar.node'));
    expect(native?.unpacked).toBe(true);
    expect(native?.body.subarray(0, 4)).toEqual(Buffer.from('\x7fELF'));
  });

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'can load keytar with what is in it',
    () => {
      const place = path.join(folder, 'extracted');
      extract(files, place);
      const script = "import('keytar').then(({ default: keytar }) => console.log(typeof keytar.getPassword))";
      const output = execFileSync(process.execPath, ['-e', script], { cwd: path.join(place, 'out', 'main') });
      expect(String(output).trim()).toBe('function');
    },
  );

  it('starts at the build', () => {
    const about = JSON.parse(String(files.find(({ name }) => name === 'package.json')?.body));
    expect(about).toMatchObject({ name: 'keyturn', main: 'out/main/index.js', type: 'module' });
    expect(about).not.toHaveProperty('devDependencies');
    expect(about).not.toHaveProperty('scripts');
  });

  it('runs nothing but its own archive, by nobody’s options', () => {
    const bytes = readFileSync(program);
    const start = bytes.indexOf(sentinel) + sentinel.length + 2;
    const states = fuses.map((name, index) => [name, String.fromCharCode(bytes[start + index] ?? 0) === '1']);
    expect(Object.fromEntries(states)).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      asarIntegrity: true,
      onlyLoadAppFromAsar: true,
      browserProcessSnapshot: false,
      fileProtocolPrivileges: false,
    });
  });
});
