import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { OutputOf } from '../../shared/ipc/define.ts';
import type { Leak, searchContract } from '../../shared/ipc/search.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';
import type { Git } from '../git/git.ts';
import type { TellProgress } from '../search-run.ts';
import { type Counters, createCounters } from './counters.ts';
import { nameEnd } from './folder-listing.ts';
import type { HistoryFound } from './history/search-history.ts';
import { mergeLeaks } from './merge-leaks.ts';
import { findRepositories, notSearched, type Repository, repositoryOf } from './repositories.ts';
import { searchFolder } from './search-folder.ts';
import { searchHistories } from './search-histories.ts';
import { type SharedValues, shareValues } from './shared-values.ts';
import { openValueIndex } from './value-index.ts';
import { wipeTables } from './value-tables.ts';
import { createVeil } from './value-veil.ts';
import { readWanted, type VaultToRead, type WantedField } from './wanted-values.ts';

export type LeakSearch = OutputOf<(typeof searchContract)['leaks.search']>;
export type LeakSearchFailure =
  | Failure<'path-not-absolute' | 'folder-gone' | 'folder-is-file' | 'folder-unreadable' | 'git-unavailable'>
  | SecretStoreFailure;

export interface LeakSearchOptions {
  readonly vault: VaultToRead;
  readonly git: Pick<Git, 'standingOf'>;
  /** `leaks-worker.ts` or its bundle. */
  readonly workerFile: string;
  readonly signal: AbortSignal;
  readonly progress: TellProgress;
}

const mostLeaks = 5_000;
const mostSkipped = 1_000;
const progressMs = 200;

/**
 * Looks for the values of all keys that are alive in a folder's files and, with `history`, in all that the Git repositories
 * ever held that the folder lies in or has in it. Reads only; nothing of the values is in the answer.
 */
export async function searchLeaks(
  options: LeakSearchOptions,
  { folder, history }: { readonly folder: string; readonly history: boolean },
): Promise<Result<LeakSearch, LeakSearchFailure>> {
  const { vault, workerFile, signal, progress } = options;
  const opened = await openFolder(folder);
  if (!opened.ok) return opened;
  const root = opened.value;
  const around = history ? await repositoryOf(root, signal) : null;
  if (around?.ok === false && around.error.kind === 'not-installed')
    return fail(failure('git-unavailable', { reason: around.error.reason }));

  const reading = readShared(vault, {
    signal,
    progress: (done, total) => progress({ doing: 'reading-vault', done, total, unit: 'keys', found: 0 }),
  });
  const told = followThreads(signal, progress);
  try {
    const files = await searchFolder(workerFile, {
      root,
      mostHits: mostLeaks,
      counters: told.counters,
      values: reading.then((read) => {
        told.beginFiles();
        return read.ok ? read.value.values : null;
      }),
    });
    const read = await reading;
    if (!read.ok) return read;
    const { fields, unsearched, values } = read.value;
    const found = history
      ? await findRepositories(root, files.repositories, signal)
      : { repositories: [], skipped: [] };
    told.beginHistory();
    const past = await searchPast(workerFile, root, found.repositories, { values, counters: told.counters });
    const leaks = await mergeLeaks({
      root,
      wanted: { fields },
      files: files.hits,
      histories: past.histories,
      targetsOf: await targetFiles(vault.records, fields),
      isTracked: async (file) => (await options.git.standingOf(file)).state === 'tracked',
      standsNow: async (top, unseen) => {
        const tasks = [{ folder: '', files: unseen.map(latin1).join(nameEnd) }];
        const now = { root: top, values, mostHits: mostLeaks, tasks, threads: 1 };
        return (await searchFolder(workerFile, now)).hits;
      },
    });
    const veil = createVeil(openValueIndex(values.tables));
    return ok({
      leaks: leaks.slice(0, mostLeaks).map((leak) => veiled(leak, veil)),
      more: files.more || leaks.length > mostLeaks,
      files: files.files,
      bytes: files.bytes + past.bytes,
      stopped: signal.aborted,
      commits: past.histories.length === 0 ? null : past.commits,
      skipped: shorten([...files.skipped, ...found.skipped, ...past.skipped]).map(({ file, reason }) => ({
        file: veil(file),
        reason,
      })),
      unsearched: [...unsearched],
    });
  } finally {
    told.stop();
    // Where the vault cannot be read there is nothing to wipe, and the failure is told already.
    void reading.then(
      (read) => read.ok && wipeTables(read.value.values.tables),
      () => undefined,
    );
  }
}

/** What `readWanted` reads, with the values where all threads can see them and nowhere else. */
async function readShared(...args: Parameters<typeof readWanted>) {
  const read = await readWanted(...args);
  if (!read.ok) return read;
  const { fields, unsearched } = read.value;
  const values = shareValues(read.value);
  for (const value of read.value.values) value.fill(0);
  return ok({ fields, unsearched, values });
}

/** Hands the user's cancelling on to the threads, and tells how far they have come. */
function followThreads(signal: AbortSignal, progress: TellProgress) {
  const counters = createCounters();
  const cancel = () => counters.add('stopped');
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  /** Null while the vault is read, which tells of itself. */
  let doing: 'searching-files' | 'searching-history' | null = null;
  let before = 0;
  const ticking = setInterval(() => {
    if (doing === null) return;
    const done = (counters.get('kibibytes') - before) * 1024;
    progress({ doing, done, total: null, unit: 'bytes', found: counters.get('found') });
  }, progressMs);
  return {
    counters,
    beginFiles() {
      doing = 'searching-files';
    },
    beginHistory() {
      doing = 'searching-history';
      before = counters.get('kibibytes');
    },
    stop() {
      clearInterval(ticking);
      signal.removeEventListener('abort', cancel);
    },
  };
}

/** Searches the histories; one that cannot be searched is told as skipped. */
async function searchPast(
  workerFile: string,
  root: string,
  repositories: readonly Repository[],
  search: { values: SharedValues; counters: Counters },
) {
  const tops = repositories.map(({ top }) => top);
  const outcomes = tops.length === 0 ? [] : await searchHistories(workerFile, tops, search);
  const histories: (HistoryFound & { top: string })[] = [];
  const skipped: { file: string; reason: string }[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const top = tops[index] ?? root;
    if (outcome.ok) histories.push({ top, ...outcome.value });
    else skipped.push({ file: path.relative(root, top), reason: notSearched(outcome.error) });
  }
  return {
    histories,
    skipped,
    commits: histories.reduce((sum, each) => sum + each.commits, 0),
    bytes: histories.reduce((sum, each) => sum + each.bytes, 0),
  };
}

/** A commit's subject, its author's name and a file's name are others' text, which may have a value in it. */
function veiled(leak: Leak, veil: (text: string) => string): Leak {
  const { file, commit } = leak;
  return {
    ...leak,
    file: veil(file),
    commit: commit && { ...commit, author: veil(commit.author), subject: veil(commit.subject) },
  };
}

/** The folder without links, or why it cannot be searched. */
async function openFolder(
  folder: string,
): Promise<
  Result<string, Failure<'path-not-absolute' | 'folder-gone' | 'folder-is-file' | 'folder-unreadable'>>
> {
  if (!path.isAbsolute(folder)) return fail(failure('path-not-absolute', { file: folder }));
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return ok(root);
    return fail(failure('folder-is-file', { file: folder }));
  } catch (error) {
    const isGone = ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    if (isGone) return fail(failure('folder-gone', { file: folder }));
    return fail(failure('folder-unreadable', { folder, reason: reasonOf(error) }));
  }
}

/**
 * The files, without links, that each key may stand in: its targets, and those of the keys that it replaces and that
 * replace it, because for a while an old value stands where the new one will be.
 */
async function targetFiles(
  { keys }: VaultToRead['records'],
  fields: readonly WantedField[],
): Promise<ReadonlyMap<KeyId, ReadonlySet<string>>> {
  const files = new Map<KeyId, ReadonlySet<string>>();
  for (const { key } of fields) {
    if (files.has(key.id)) continue;
    const related = [key.id, key.replaces, key.replacedBy].flatMap((id) =>
      id === null ? [] : (keys.get(id) ?? []),
    );
    const real = await Promise.all(
      related.flatMap((one: KeyRecord) => one.targets.map(({ file }) => realOf(file))),
    );
    files.set(key.id, new Set(real));
  }
  return files;
}

const realOf = (file: string): Promise<string> => realpath(file).catch(() => file);

const latin1 = (file: string) => Buffer.from(file, 'utf8').toString('latin1');

function shorten(skipped: readonly { file: string; reason: string }[]): { file: string; reason: string }[] {
  if (skipped.length <= mostSkipped) return [...skipped];
  const left = skipped.length - mostSkipped;
  return [...skipped.slice(0, mostSkipped), { file: '', reason: `And ${left} more` }];
}
