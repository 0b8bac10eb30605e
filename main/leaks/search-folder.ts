import { availableParallelism } from 'node:os';
import { type Counters, createCounters } from './counters.ts';
import type { FolderTask } from './folder-listing.ts';
import type { FileHit } from './folder-search.ts';
import type { SharedValues } from './shared-values.ts';
import { startThread, type Thread, type ToldByWorker } from './threads.ts';

/** What was found in a folder's files. Paths are relative to it. */
export interface FolderFound {
  readonly hits: readonly (FileHit & { readonly file: string })[];
  /** Whether there are more hits than are told. */
  readonly more: boolean;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Folders that have a `.git` in them; empty for the folder itself. */
  readonly repositories: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

export interface FolderSearchOptions {
  readonly root: string;
  /** While they are waited for, threads are started and the folder is listed. Null: nothing is to be searched after all. */
  readonly values: SharedValues | Promise<SharedValues | null>;
  readonly mostHits: number;
  /** When they say `stopped` the search answers soon, with what it has. */
  readonly counters?: Counters;
  /** What is to be searched; everything where it is not given. Names in Latin-1, as `FolderTask` says. */
  readonly tasks?: readonly FolderTask[];
  readonly threads?: number;
}

/** The first thread has what it has listed; all others have nothing yet and say so. */
function beginSearch(thread: Thread, values: SharedValues): void {
  thread.ask({ do: 'look-for', values });
  thread.ask({ do: 'files', tasks: [] });
}

/** More would only wait for the disk. */
const mostThreads = 8;

/**
 * Searches files in threads of their own, so that the caller's goes on answering; a thread with nothing to do gets half of
 * what another one has left. `file` is `leaks-worker.ts` or its bundle. Rejects where a thread fails.
 */
export async function searchFolder(file: string, options: FolderSearchOptions): Promise<FolderFound> {
  const { root, values, mostHits, counters = createCounters() } = options;
  const count = options.threads ?? Math.min(mostThreads, availableParallelism());
  const hits: (FileHit & { file: string })[] = [];
  const skipped: { file: string; reason: string }[] = [];
  const repositories: string[] = [];
  let more = false;
  let bytes = 0;
  const threads: Thread[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const idle: Thread[] = [];
      const waiting: (readonly FolderTask[])[] = [];

      function give(thread: Thread): void {
        const tasks = waiting.pop();
        if (tasks !== undefined) {
          thread.ask({ do: 'files', tasks });
          return;
        }
        idle.push(thread);
        counters.add('hungry');
        if (idle.length === count) resolve();
      }
      function hear(thread: Thread, told: ToldByWorker): void {
        switch (told.told) {
          case 'hits': {
            const room = mostHits - hits.length;
            if (told.hits.length > room) more = true;
            for (const hit of told.hits.slice(0, room)) hits.push({ file: told.file, ...hit });
            return;
          }
          case 'skipped':
            skipped.push({ file: told.file, reason: told.reason });
            return;
          case 'repository':
            repositories.push(told.folder);
            return;
          case 'share': {
            waiting.push(told.tasks);
            const another = idle.pop();
            if (another !== undefined) give(another);
            return;
          }
          case 'idle':
            bytes += told.bytes;
            give(thread);
            return;
          case 'history':
            return;
        }
      }
      for (let number = 0; number < count; number += 1) {
        const thread: Thread = startThread(file, { root, counters }, (told) => hear(thread, told), reject);
        threads.push(thread);
      }
      threads[0]?.ask({ do: 'list', tasks: options.tasks ?? [{ folder: '', files: null }] });
      Promise.resolve(values).then((known) => {
        if (known === null) resolve();
        else for (const thread of threads) beginSearch(thread, known);
      }, reject);
    });
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
  return { hits, more, skipped, repositories, files: counters.get('files'), bytes };
}
