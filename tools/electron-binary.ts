import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Electron's program, null where it is not installed. Looks where the package's own `index.js` does, which cannot be
 * asked itself, because it downloads what is missing.
 */
export function findElectron(root: string, env: NodeJS.ProcessEnv): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const elsewhere = env.ELECTRON_OVERRIDE_DIST_PATH;
  const file = elsewhere ? path.join(elsewhere, name ?? 'electron') : name && path.join(folder, 'dist', name);
  return file && existsSync(file) ? file : null;
}

/**
 * Downloads Electron's program with the package's own installer, quietly; whether it worked is for `findElectron`
 * to say. Gives up after `timeoutMs`. Does nothing where downloading was switched off.
 */
export function downloadElectron(root: string, env: NodeJS.ProcessEnv, timeoutMs: number): void {
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return;
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  spawnSync(process.execPath, [installer], {
    stdio: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    env,
  });
}
