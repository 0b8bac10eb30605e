import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { downloadElectron, findElectron } from './electron-binary.ts';
import { ensureSystemPackages } from './system-packages.ts';

/* `npm run test:electron`: the end-to-end tests in real Electron, where its program is there or can be had. */

const root = path.resolve(import.meta.dirname, '..');
const downloadLimitMs = 300_000;

function main(): number {
  const packages = ensureSystemPackages();
  if (!packages.ok) return say(packages.words);
  if (findElectron(root, process.env) === null) downloadElectron(root, process.env, downloadLimitMs);
  if (findElectron(root, process.env) === null) {
    return say(
      'Electron is not installed and could not be downloaded: node node_modules/electron/install.js',
    );
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return say('There is no display to open a window on: xvfb-run npm run test:electron');
  }
  const steps = [
    ['electron-vite', 'build'],
    ['playwright', 'test'],
  ] as const;
  for (const [command, argument] of steps) {
    const { status } = spawnSync(command, [argument], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, KEYTURN_E2E_HOST: 'electron' },
      shell: process.platform === 'win32',
    });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

function say(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

process.exitCode = main();
