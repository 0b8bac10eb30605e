import { Worker } from 'node:worker_threads';
import type { Result } from '../../shared/result.ts';
import type { GitFault } from '../git/run-git.ts';
import type { Counters } from './counters.ts';
import type { FileHit, FolderTask } from './folder-search.ts';
import type { HistoryFound } from './history/search-history.ts';
import { packValues } from './packed-values.ts';

/** What is looked for: byte strings, and for each the number of the group that it belongs to, which is what a hit tells. */
export interface Wanted {
  readonly values: readonly Uint8Array[];
  readonly groups: readonly number[];
}

/** What a thread is started with. */
export interface LeaksWorkerData {
  readonly packed: ArrayBuffer;
  readonly groups: Int32Array;
  readonly root: string;
  readonly shared: SharedArrayBuffer;
}

export type AskedOfWorker =
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

/** A thread with its own copy of the values. */
export interface Thread {
  ask(asked: AskedOfWorker): void;
  /** Lets it overwrite its copy; one that is still at work after 2 seconds is ended with it. */
  end(): Promise<void>;
}

/**
 * Starts a thread that searches in `root`. `file` is `leaks-worker.ts` or its bundle. `failed` is called where it cannot be
 * run, or ends unasked.
 */
export function startThread(
  file: string,
  options: { readonly wanted: Wanted; readonly root: string; readonly counters: Counters },
  hear: (told: ToldByWorker) => void,
  failed: (cause: Error) => void,
): Thread {
  const packed = packValues(options.wanted.values);
  const workerData: LeaksWorkerData = {
    packed,
    groups: Int32Array.from(options.wanted.groups),
    root: options.root,
    shared: options.counters.shared,
  };
  const worker = new Worker(file, { workerData, transferList: [packed], execArgv: [] });
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
