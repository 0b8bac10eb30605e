import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isBuilt } from './built.ts';

/** Builds `out` where it is missing or older than a source. What the build says goes to the error stream. */
export function buildIfNeeded(root: string): void {
  if (isBuilt(root)) return;
  process.stderr.write('Building Keyturn…\n');
  const tool = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [tool, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('Keyturn could not be built.');
}
