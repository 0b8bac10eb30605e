import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SealedBatch, SealedBatches, SealedFilesAnswer, SealedFilesJob } from './sealed-batches.ts';

/** More would only wait for the disk. */
const mostThreads = 4;

type Job = SealedFilesJob extends infer J ? (J extends SealedFilesJob ? Omit<J, 'id'> : never) : never;

/**
 * Batches in threads of their own, as many as there are processors, so that the caller's goes on answering. `file` is
 * `sealed-files-worker.ts` or its bundle.
 */
export function threadedSealedBatches(file: string): SealedBatches {
  return {
    begin(identity): SealedBatch {
      const count = Math.min(mostThreads, availableParallelism());
      const threads = Array.from({ length: count }, () => startThread(file, identity));
      let next = 0;
      const ask = (job: Job): Promise<SealedFilesAnswer['done']> => {
        const thread = threads[next % count];
        next += 1;
        return thread === undefined ? Promise.reject(new Error('there is no thread')) : thread.ask(job);
      };
      return {
        // The worker answers each job with what `SealedBatch` says of it.
        unseal: async (files) => (await ask({ do: 'unseal', files })) as (string | null)[],
        seal: async (values) => (await ask({ do: 'seal', values })) as Uint8Array[],
        end: async () => {
          await Promise.all(threads.map((thread) => thread.end()));
        },
      };
    },
  };
}

interface Waiting {
  readonly resolve: (done: SealedFilesAnswer['done']) => void;
  readonly reject: (cause: Error) => void;
}

function startThread(file: string, identity: string) {
  const worker = new Worker(file, { workerData: identity, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let jobs = 0;
  let ended: Error | null = null;

  function stopWaiting(cause: Error): void {
    ended = cause;
    for (const each of waiting.values()) each.reject(cause);
    waiting.clear();
  }
  worker.on('message', ({ id, done }: SealedFilesAnswer) => {
    waiting.get(id)?.resolve(done);
    waiting.delete(id);
  });
  worker.once('error', stopWaiting);
  worker.once('exit', (code) => stopWaiting(new Error(`the thread ended, with exit code ${code}`)));

  return {
    ask(job: Job): Promise<SealedFilesAnswer['done']> {
      return new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended);
        jobs += 1;
        waiting.set(jobs, { resolve, reject });
        worker.postMessage({ ...job, id: jobs });
      });
    },
    async end(): Promise<void> {
      await worker.terminate();
    },
  };
}
