import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { OutputOf } from '../../shared/ipc/define.ts';
import type { searchContract } from '../../shared/ipc/search.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';
import type { Git } from '../git/git.ts';
import type { TellProgress } from '../search-run.ts';
import { createCounters } from './counters.ts';
import { mergeLeaks } from './merge-leaks.ts';
import { type Repository, repositoryOf } from './repositories.ts';
import { searchFolder } from './search-folder.ts';
import { searchHistories } from './search-histories.ts';
import { readWanted, type VaultToRead, type WantedFields } from './wanted-values.ts';

export type LeakSearch = OutputOf<(typeof searchContract)['leaks.search']>;
export type LeakSearchFailure =
  | Failure<'path-not-absolute' | 'folder-gone' | 'folder-unreadable' | 'git-unavailable'>
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

  const wanted = await readWanted(vault, {
    signal,
    progress: (done, total) => progress({ doing: 'reading-vault', done, total, unit: 'keys', found: 0 }),
  });
  if (!wanted.ok) return wanted;
  try {
    const counters = createCounters();
    const stop = () => counters.add('stopped');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    let doing: 'searching-files' | 'searching-history' = 'searching-files';
    let before = 0;
    const tick = setInterval(() => {
      const done = (counters.get('kibibytes') - before) * 1024;
      progress({ doing, done, total: null, unit: 'bytes', found: counters.get('found') });
    }, progressMs);
    try {
      const files = await searchFolder(workerFile, {
        root,
        wanted: wanted.value,
        mostHits: mostLeaks,
        counters,
      });
      const skipped = [...files.skipped];
      const repositories = new Map<string, Repository>();
      if (history) {
        for (const place of [null, ...files.repositories]) {
          const at = place === null ? root : path.join(root, place);
          const found = place === null && around !== null ? around : await repositoryOf(at, signal);
          if (found.ok) {
            if (found.value.gap !== null && !repositories.has(found.value.store))
              skipped.push({ file: path.relative(root, found.value.top), reason: found.value.gap });
            repositories.set(found.value.store, found.value);
          } else if (found.error.kind !== 'no-repository') {
            const reason = `Its history was not searched: ${found.error.reason}`;
            skipped.push({ file: place ?? '', reason });
          }
        }
      }
      doing = 'searching-history';
      before = counters.get('kibibytes');
      const searched = [...repositories.values()];
      const tops = searched.map(({ top }) => top);
      const outcomes = await searchHistories(workerFile, tops, { wanted: wanted.value, counters });
      const histories = outcomes.flatMap((outcome, index) => {
        const { top = '' } = searched[index] ?? {};
        if (outcome.ok) return [{ top, ...outcome.value }];
        const reason = `Its history was not searched: ${outcome.error.reason}`;
        skipped.push({ file: path.relative(root, top), reason });
        return [];
      });
      const leaks = await mergeLeaks({
        root,
        wanted: wanted.value,
        files: files.hits,
        histories,
        targetsOf: await targetFiles(vault.records, wanted.value),
        isTracked: async (file) => (await options.git.standingOf(file)).state === 'tracked',
        standsNow: async (top, found) => {
          const tasks = [{ folder: '', files: found.map(latin1) }];
          const all = { root: top, wanted: wanted.value, mostHits: mostLeaks, tasks, threads: 1 };
          return (await searchFolder(workerFile, all)).hits;
        },
      });
      return ok({
        leaks: leaks.slice(0, mostLeaks),
        more: files.more || leaks.length > mostLeaks,
        files: files.files,
        bytes: files.bytes + histories.reduce((sum, { bytes }) => sum + bytes, 0),
        commits: histories.length === 0 ? null : histories.reduce((sum, each) => sum + each.commits, 0),
        skipped: shorten(skipped),
        unsearched: [...wanted.value.unsearched],
      });
    } finally {
      clearInterval(tick);
      signal.removeEventListener('abort', stop);
    }
  } finally {
    for (const value of wanted.value.values) value.fill(0);
  }
}

/** The folder without links, or why it cannot be searched. */
async function openFolder(
  folder: string,
): Promise<Result<string, Failure<'path-not-absolute' | 'folder-gone' | 'folder-unreadable'>>> {
  if (!path.isAbsolute(folder)) return fail(failure('path-not-absolute', { file: folder }));
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return ok(root);
    return fail(failure('folder-unreadable', { folder, reason: 'It is a file' }));
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
  { fields }: WantedFields,
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
