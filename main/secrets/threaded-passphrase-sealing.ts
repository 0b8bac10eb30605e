import { Worker } from 'node:worker_threads';
import type { PassphraseSealing, Unsealed } from './passphrase-sealing.ts';

/** What a thread is given to do. */
export type PassphraseJob =
  | {
      readonly do: 'seal';
      readonly bytes: Uint8Array;
      readonly passphrase: string;
      readonly workFactor: number;
    }
  | { readonly do: 'open'; readonly bytes: Uint8Array; readonly passphrase: string };

/**
 * Seals and opens in a thread of its own for each call, scrypt and the content both, so that the caller's goes on
 * answering. `file` is `passphrase-worker.ts` or its bundle; rejects if it cannot be run or runs out of memory.
 */
export function threadedPassphraseSealing(file: string): PassphraseSealing {
  return {
    async seal(bytes, passphrase, workFactor) {
      // The worker answers each job with what `PassphraseSealing` says of it.
      return (await runThread(file, { do: 'seal', bytes, passphrase, workFactor })) as Uint8Array;
    },
    async open(bytes, passphrase) {
      return (await runThread(file, { do: 'open', bytes, passphrase })) as Unsealed;
    },
  };
}

function runThread(file: string, job: PassphraseJob): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: job, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended unasked, with exit code ${code}`)));
  });
}
