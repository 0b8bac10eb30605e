import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const sources = ['main', 'renderer', 'shared', 'package.json', 'electron.vite.config.ts'];
const outputs = [
  'main/index.js',
  'main/browser.js',
  'main/keychain-worker.js',
  'preload/preload.cjs',
  'renderer/index.html',
];

/** Whether `out` in the folder holds everything that is started, no part of it older than a source. */
export function isBuilt(root: string): boolean {
  const oldestOutput = Math.min(...outputs.map((output) => changedAt(path.join(root, 'out', output)) ?? 0));
  return sources.every((source) => newestIn(path.join(root, source)) <= oldestOutput);
}

/** When the newest thing in a folder changed; a folder itself changes when something in it comes or goes. */
function newestIn(place: string): number {
  const own = changedAt(place);
  if (own === null) return 0;
  if (!statSync(place).isDirectory()) return own;
  return Math.max(own, ...readdirSync(place).map((name) => newestIn(path.join(place, name))));
}

function changedAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
