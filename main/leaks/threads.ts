import { Worker } from 'node:worker_threads';
import type { Result } from '../../shared/result.ts';
import type { GitFault } from '../git/run-git.ts';
import type { Counters } from './counters.ts';
import type { FolderTask } from './folder-listing.ts';
import type { FileHit } from './folder-search.ts';
import type { HistoryFound } from './history/search-history.ts';
import type { SharedValues } from './shared-values.ts';

/** What a thread is started with. */
export interface LeaksWorkerData {
  readonly root: string;
  readonly counters: SharedArrayBuffer;
}

/** `list` may be asked at once, and goes on until another thread is hungry; `files` and `history` only after `look-for`. */
export type AskedOfWorker =
  | { readonly do: 'list'; readonly tasks: readonly FolderTask[] }
  | { readonly do: 'look-for'; readonly values: SharedValues }
  | { readonly do: 'files'; readonly tasks: readonly FolderTask[] }
  | { readonly do: 'history'; readonly top: string }
  | { readonly do: 'end' };

export type ToldByWorker =
  | { readonly told: 'hits'; readonly file: string; readonly hits: readonly FileHit[] }
  | { readonly told: 'skipped'; readonly file: string; readonly reason: string }
  | { readonly told: 'repository'; readonly folder: string }
  | { readonly told: 'share'; readonly tasks: readonly FolderTask[] }
  | { readonly told: 'idle'; readonly bytes: number }
  | { readonly told: 'history'; readonly found: Result<HistoryFound, GitFault> };

export interface Thread {
  ask(asked: AskedOfWorker): void;
  /** Lets it finish what it is at; one that is still at work after 2 seconds is ended with it. */
  end(): Promise<void>;
}

/**
 * Starts a thread that searches in `root`. `file` is `leaks-worker.ts` or its bundle. `failed` is called where it cannot be
 * run, or ends unasked.
 */
export function startThread(
  file: string,
  options: { readonly root: string; readonly counters: Counters },
  hear: (told: ToldByWorker) => void,
  failed: (cause: Error) => void,
): Thread {
  const workerData: LeaksWorkerData = { root: options.root, counters: options.counters.shared };
  const worker = new Worker(file, { workerData, execArgv: [] });
  worker.on('message', hear);
  worker.on('error', failed);
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      failed(new Error(`the thread ended, with exit code ${code}`));
      resolve();
    });
  });
  return {
    ask: (asked) => worker.postMessage(asked),
    async end() {
      const cap = setTimeout(() => void worker.terminate(), 2_000);
      worker.postMessage({ do: 'end' } satisfies AskedOfWorker);
      await exited;
      clearTimeout(cap);
    },
  };
}
