import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../shared/result.ts';
import { type GitFault, runGit } from '../git/run-git.ts';

/** A Git repository that a folder lies in, or is. */
export interface Repository {
  /** The top of the work tree; of a bare repository its folder. Without links. */
  readonly top: string;
  /** Where its objects are: the same for all its work trees. */
  readonly store: string;
  /** Why a part of its history is not here; null where all of it is. */
  readonly gap: string | null;
}

/** The repository that the folder lies in; a folder that lies in none is a failure of the kind `no-repository`. */
export async function repositoryOf(
  folder: string,
  signal?: AbortSignal,
): Promise<Result<Repository, GitFault>> {
  const asked = await runGit(folder, ['rev-parse', '--is-shallow-repository', '--git-common-dir'], {
    signal,
  });
  if (!asked.ok) return asked;
  const [shallow = '', store = ''] = linesIn(asked.value.stdout);
  const top = await runGit(folder, ['rev-parse', '--show-toplevel'], { signal });
  const where = path.resolve(folder, store);
  const lazy = await runGit(folder, ['config', '--get', 'extensions.partialClone'], {
    signal,
    exitCodes: [0, 1],
  });
  const isPartial = lazy.ok && lazy.value.exitCode === 0;
  return ok({
    top: await realpath(top.ok ? (linesIn(top.value.stdout)[0] ?? folder) : where),
    store: await realpath(where),
    gap: gapOf(shallow === 'true', isPartial),
  });
}

/**
 * The repositories that the folder lies in and that lie in it (`inner`, relative to it), each once, whatever work trees it
 * has. One that cannot be asked, or has not all of its history, is told as skipped.
 */
export async function findRepositories(root: string, inner: readonly string[], signal: AbortSignal) {
  const repositories = new Map<string, Repository>();
  const skipped: { file: string; reason: string }[] = [];
  for (const place of new Set(['', ...inner])) {
    const found = await repositoryOf(path.join(root, place), signal);
    if (!found.ok) {
      if (found.error.kind !== 'no-repository')
        skipped.push({ file: place, reason: notSearched(found.error) });
      continue;
    }
    const { store, top, gap } = found.value;
    if (repositories.has(store)) continue;
    repositories.set(store, found.value);
    if (gap !== null) skipped.push({ file: path.relative(root, top), reason: gap });
  }
  return { repositories: [...repositories.values()], skipped };
}

/** What is said of a history that Git would not give. */
export function notSearched({ reason }: GitFault): string {
  return `Its history was not searched: ${reason}`;
}

function gapOf(isShallow: boolean, isPartial: boolean): string | null {
  if (isShallow) return 'It was cloned without its older commits; what is in them was not searched';
  if (isPartial) return 'It was cloned in part; what is not here was not searched';
  return null;
}

const linesIn = (output: Buffer): string[] => output.toString('utf8').split('\n');
