import fs from 'node:fs/promises';
import path from 'node:path';
import createIgnore, { type Ignore } from 'ignore';

/** Folders that other programs fill, by their usual names. */
const heavyNames = new Set([
  ...['node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store', '.npm'],
  ...['.git', '.hg', '.svn', '.jj', '.bzr'],
  ...['vendor', 'target', 'dist', 'build', 'Pods', 'DerivedData', '.gradle', '.m2', '.cargo', '.rustup'],
  ...['.venv', 'venv', '__pycache__', 'site-packages', '.tox', '.nox', '.mypy_cache', '.pytest_cache'],
  ...['.next', '.nuxt', '.svelte-kit', '.turbo', '.parcel-cache', '.cache', '.terraform', '.direnv'],
  ...['.Trash', 'Trash', '$RECYCLE.BIN', 'System Volume Information', 'lost+found'],
]);

/** Files that say that the folder they are in was filled by a program: virtual environments, caches. */
const marks = new Set(['pyvenv.cfg', 'CACHEDIR.TAG']);

/** The rules of one `.gitignore`, for the paths below the folder that it lies in. */
interface Rules {
  readonly base: string;
  readonly ignore: Ignore;
}

/** The rules that hold in a folder, the nearest last. */
export type RuleChain = readonly Rules[];

/** Whether a folder of this name is passed over wherever it is. */
export const isHeavy = (name: string) => heavyNames.has(name);

/** Whether a file of this name says that the folder around it is passed over. */
export const marksHeavy = (name: string) => marks.has(name);

/** The rules that hold in a folder: those from around it, and those of its own `.gitignore`, if it has one. */
export async function rulesIn(folder: string, around: RuleChain): Promise<RuleChain> {
  const text = await fs.readFile(path.join(folder, '.gitignore'), 'utf8').catch(() => null);
  // One that cannot be read keeps nothing from being looked at.
  if (text === null) return around;
  const ignore = createIgnore({ allowRelativePaths: true }).add(text.replace(/^\uFEFF/, ''));
  return [...around, { base: folder, ignore }];
}

/** Whether Git ignores a folder, by the nearest rule that speaks of it. */
export function ignoresFolder(rules: RuleChain, folder: string): boolean {
  for (const { base, ignore } of rules.toReversed()) {
    const tested = ignore.test(`${path.relative(base, folder).split(path.sep).join('/')}/`);
    if (tested.ignored) return true;
    if (tested.unignored) return false;
  }
  return false;
}
