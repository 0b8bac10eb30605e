import path from 'node:path';
import type { GitStanding } from '../../shared/domain/env-file.ts';
import { ok, type Result } from '../../shared/result.ts';
import { enclosingRepository } from './enclosing-repository.ts';
import { type GitPath, gitPathOf } from './git-path.ts';
import { ignoreLineOf } from './ignore-line.ts';
import type { GitFault, RunGit } from './run-git.ts';

/** A rule of an ignore file that decides about a path. */
export interface IgnoreRule {
  /** The file that it stands in, as Git names it. */
  readonly source: string;
  /** Counted from 1. */
  readonly line: number;
  readonly pattern: string;
}

/** How a file stands, and the last rule that speaks of it, be it for ignoring or against. */
export interface Asked {
  readonly standing: GitStanding;
  readonly rule: IgnoreRule | null;
}

/** Asks Git how a file stands. Never fails: what cannot be told is `unknown`. */
export async function askStanding(run: RunGit, file: string): Promise<Asked> {
  const place = await gitPathOf(file);
  return place.ok ? askIn(run, place.value) : unknown(null, place.error);
}

async function askIn(run: RunGit, place: GitPath): Promise<Asked> {
  const top = await topOf(run, place.folder);
  if (!top.ok) return withoutTop(run, place, top.error);
  const root = top.value;
  const [tracked, deciding] = await Promise.all([isTracked(run, place), decidingRule(run, place)]);
  if (!tracked.ok) return unknown(root, tracked.error.reason);
  if (tracked.value) return trackedIn(root);
  const file = path.join(place.folder, place.rest);
  const above = await trackerAbove(run, path.dirname(root), file);
  if (above !== null) return trackedIn(above);
  if (!deciding.ok) return unknown(root, deciding.error.reason);
  const rule = deciding.value;
  const isIgnored = rule !== null && !rule.pattern.startsWith('!');
  const ignoreLine = isIgnored ? null : ignoreLineOf(withSlashes(path.relative(root, file)));
  const state = isIgnored ? 'ignored' : 'not-ignored';
  return { standing: { state, root, ignoreLine, detail: '' }, rule };
}

async function withoutTop(run: RunGit, place: GitPath, fault: GitFault): Promise<Asked> {
  if (fault.kind === 'no-work-tree') return inGitsOwnFolder(run, place);
  const root = await enclosingRepository(place.folder);
  if (fault.kind === 'no-repository' && root !== null)
    return unknown(root, 'There is a .git here, and Git does not take it for a repository');
  const isNone = root === null && (fault.kind === 'no-repository' || fault.kind === 'not-installed');
  return isNone ? noRepository : unknown(root, fault.reason);
}

/**
 * In a repository's own folder. Nothing below a `.git` is ever committed, but a bare repository is a folder like any other to
 * a repository around it.
 */
async function inGitsOwnFolder(run: RunGit, { folder, rest }: GitPath): Promise<Asked> {
  const answer = await run(folder, ['rev-parse', '--absolute-git-dir']);
  if (!answer.ok) return unknown(null, answer.error.reason);
  const gitFolder = path.normalize(firstLine(answer.value.stdout));
  const within = path.relative(gitFolder, folder);
  const isWithin = !path.isAbsolute(within) && within.split(path.sep)[0] !== '..';
  if (!isWithin || folder.split(path.sep).includes('.git')) return noRepository;
  const around = path.dirname(gitFolder);
  if (around === gitFolder) return noRepository;
  return askIn(run, { folder: around, rest: withSlashes(path.join(path.relative(around, folder), rest)) });
}

/**
 * The repository further up that tracks the file; null where none does. It had the file before a repository was made inside
 * it. One that cannot be asked takes in nothing new from there, and is passed over.
 */
async function trackerAbove(run: RunGit, from: string, file: string): Promise<string | null> {
  const folder = await enclosingRepository(from);
  if (folder === null) return null;
  const tracked = await isTracked(run, { folder, rest: withSlashes(path.relative(folder, file)) });
  if (tracked.ok && tracked.value) return folder;
  const next = path.dirname(folder);
  return next === folder ? null : trackerAbove(run, next, file);
}

async function topOf(run: RunGit, folder: string): Promise<Result<string, GitFault>> {
  const answer = await run(folder, ['rev-parse', '--show-toplevel']);
  return answer.ok ? ok(path.normalize(firstLine(answer.value.stdout))) : answer;
}

/** Whether the index has the file, staged and intended ones included. */
async function isTracked(run: RunGit, { folder, rest }: GitPath): Promise<Result<boolean, GitFault>> {
  const answer = await run(folder, ['ls-files', '--cached', '-z', '--', rest]);
  return answer.ok ? ok(answer.value.stdout.toString().split('\0').includes(rest)) : answer;
}

async function decidingRule(
  run: RunGit,
  { folder, rest }: GitPath,
): Promise<Result<IgnoreRule | null, GitFault>> {
  const answer = await run(folder, ['check-ignore', '--verbose', '-z', '--stdin'], {
    // This command refuses to be told that its paths are literal; behind a dot and a slash they are.
    env: { GIT_LITERAL_PATHSPECS: '0' },
    input: `./${rest}\0`,
    exitCodes: [0, 1],
  });
  if (!answer.ok) return answer;
  const [source = '', line = '', pattern = ''] = answer.value.stdout.toString().split('\0');
  return ok(pattern === '' ? null : { source, line: Number(line), pattern });
}

/** Git ends a path with a line feed, and a folder's name may end with one too. */
const firstLine = (printed: Buffer) => printed.toString().replace(/\r?\n$/, '');

const withSlashes = (file: string) => file.split(path.sep).join('/');

const trackedIn = (root: string): Asked => ({
  standing: { state: 'tracked', root, ignoreLine: null, detail: '' },
  rule: null,
});

const unknown = (root: string | null, detail: string): Asked => ({
  standing: { state: 'unknown', root, ignoreLine: null, detail },
  rule: null,
});

const noRepository: Asked = {
  standing: { state: 'no-repository', root: null, ignoreLine: null, detail: '' },
  rule: null,
};
