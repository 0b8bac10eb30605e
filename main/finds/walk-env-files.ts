import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isEnvFileName } from '../env-files/env-file-names.ts';
import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';
import { enclosingRepository } from '../git/enclosing-repository.ts';
import { ignoresFolder, isHeavy, marksHeavy, type RuleChain, rulesIn } from './folder-rules.ts';

/** What could not be looked into, and why, in words. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

export interface Walked {
  /** By their full paths, sorted. */
  readonly files: readonly string[];
  readonly skipped: readonly Skipped[];
  /** How many files were passed by. */
  readonly looked: number;
}

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** Told after every folder: how many files were passed by so far, and how many of them are `.env` files. */
  readonly progress?: (looked: number, found: number) => void;
  readonly limits?: Partial<WalkLimits>;
}

export interface WalkLimits {
  /** How many folders below the first one. */
  readonly depth: number;
  readonly files: number;
  /** How many places that could not be looked into are told. */
  readonly skipped: number;
}

export type FolderFailure = Failure<
  'path-not-absolute' | 'folder-gone' | 'folder-is-file' | 'folder-unreadable'
>;

const usualLimits: WalkLimits = { depth: 40, files: 5000, skipped: 200 };
const atOnce = 8;

interface Waiting {
  readonly folder: string;
  readonly rules: RuleChain;
  readonly depth: number;
}

/**
 * Finds the `.env` files in a folder and in those below it. Passed over are folders that programs fill and folders that
 * Git ignores, unless they are repositories of their own; files that Git ignores are what is looked for. No link to a
 * folder is followed, and a link to a file only where it stays inside. When `signal` is aborted, it answers soon with
 * what it has. What it does not look into for any other reason is told.
 */
export async function walkEnvFiles(
  folder: string,
  { signal, progress, limits }: WalkOptions,
): Promise<Result<Walked, FolderFailure>> {
  const top = await topFolder(folder);
  if (!top.ok) return top;
  const walk = createWalk(top.value, { ...usualLimits, ...limits });
  const waiting: Waiting[] = [{ folder: top.value, rules: await rulesAround(top.value), depth: 0 }];
  while (waiting.length > 0 && !signal.aborted) {
    const next = waiting.splice(-atOnce);
    const below = await Promise.all(next.map(walk.look));
    waiting.push(...below.flat());
    progress?.(walk.looked(), walk.found());
  }
  await walk.followLinks(signal);
  return ok(walk.result());
}

function createWalk(top: string, limits: WalkLimits) {
  const files = new Set<string>();
  const links: string[] = [];
  const skipped: Skipped[] = [];
  let looked = 0;
  let isFull = false;

  function skip(file: string, reason: string): void {
    if (skipped.length < limits.skipped) skipped.push({ file, reason });
    if (skipped.length === limits.skipped)
      skipped.push({ file: top, reason: 'There is more that could not be looked into' });
  }

  function take(file: string): void {
    if (files.size < limits.files) files.add(file);
    else if (!isFull) {
      isFull = true;
      skip(top, `There are more than ${limits.files} such files, and only so many were looked at`);
    }
  }

  async function goesInto(folder: string, name: string, rules: RuleChain): Promise<boolean> {
    if (isHeavy(name)) return false;
    return !ignoresFolder(rules, folder) || (await isRepository(folder));
  }

  async function look({ folder, rules, depth }: Waiting): Promise<Waiting[]> {
    try {
      const { names, folders, linked, isRepositoryTop } = await list(folder);
      looked += names.length;
      if (names.some(marksHeavy) && depth > 0) return [];
      for (const name of names.filter(isEnvFileName)) take(path.join(folder, name));
      links.push(...linked.filter(isEnvFileName).map((name) => path.join(folder, name)));
      if (folders.length === 0) return [];
      // A repository inside another one has rules of its own only.
      const around = isRepositoryTop ? [] : rules;
      const own = names.includes('.gitignore') ? await rulesIn(folder, around) : around;
      const below: Waiting[] = [];
      for (const name of folders) {
        const inner = path.join(folder, name);
        if (!(await goesInto(inner, name, own))) continue;
        if (depth < limits.depth) below.push({ folder: inner, rules: own, depth: depth + 1 });
        else skip(inner, `It lies more than ${limits.depth} folders deep`);
      }
      return below;
    } catch (error) {
      // A folder that went away meanwhile is as one that never was.
      if (errnoOf(error) !== 'ENOENT') skip(folder, reasonOf(error));
      return [];
    }
  }

  return {
    look,
    looked: () => looked,
    found: () => files.size,
    /** A link to a file that was found anyway is not another file. */
    async followLinks(signal: AbortSignal) {
      for (const link of links) {
        if (signal.aborted) return;
        try {
          const real = await fs.realpath(link);
          if (!(await fs.stat(real)).isFile()) continue;
          if (isInside(top, real)) take(real);
          else skip(link, 'It is a link to a file outside of the folder');
        } catch (error) {
          if (errnoOf(error) !== 'ENOENT') skip(link, reasonOf(error));
        }
      }
    },
    result: (): Walked => ({ files: [...files].sort(), skipped, looked }),
  };
}

interface Listing {
  /** Of files. */
  readonly names: readonly string[];
  readonly folders: readonly string[];
  readonly linked: readonly string[];
  readonly isRepositoryTop: boolean;
}

async function list(folder: string): Promise<Listing> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const named = (isWanted: (entry: Dirent) => boolean) => entries.filter(isWanted).map(({ name }) => name);
  return {
    names: named((entry) => entry.isFile()),
    folders: named((entry) => entry.isDirectory()),
    linked: named((entry) => entry.isSymbolicLink()),
    isRepositoryTop: entries.some(({ name }) => name === '.git'),
  };
}

async function topFolder(folder: string): Promise<Result<string, FolderFailure>> {
  if (!path.isAbsolute(folder)) return fail(failure('path-not-absolute', { file: folder }));
  try {
    const real = await fs.realpath(folder);
    await (await fs.opendir(real)).close();
    return ok(real);
  } catch (error) {
    if (await isFile(folder)) return fail(failure('folder-is-file', { file: folder }));
    const isGone = ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    if (isGone) return fail(failure('folder-gone', { file: folder }));
    return fail(failure('folder-unreadable', { folder, reason: reasonOf(error) }));
  }
}

/** What cannot be looked at is none. */
const isFile = (place: string) =>
  fs.stat(place).then(
    (stats) => stats.isFile(),
    () => false,
  );

/** The rules of the repository around the folder, unless they ignore the folder itself: the user has chosen it. */
async function rulesAround(folder: string): Promise<RuleChain> {
  const root = await enclosingRepository(folder);
  if (root === null || root === folder) return [];
  let rules: RuleChain = [];
  let at = root;
  for (const name of path.relative(root, folder).split(path.sep)) {
    rules = await rulesIn(at, rules);
    at = path.join(at, name);
    if (ignoresFolder(rules, at)) return [];
  }
  return rules;
}

const isRepository = (folder: string) =>
  fs.lstat(path.join(folder, '.git')).then(
    () => true,
    () => false,
  );

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}
