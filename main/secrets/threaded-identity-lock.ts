import { Worker } from 'node:worker_threads';
import type { IdentityLock, UnlockedIdentity } from './identity-lock.ts';

/** What a thread is given to do. */
export type IdentityLockJob =
  | {
      readonly do: 'lock';
      readonly identity: string;
      readonly passphrase: string;
      readonly workFactor: number;
    }
  | { readonly do: 'unlock'; readonly bytes: Uint8Array; readonly passphrase: string };

/**
 * Locks and unlocks in a thread of its own for each call, so that the caller's goes on answering. `file` is
 * `identity-lock-worker.ts` or its bundle; rejects if it cannot be run or runs out of memory.
 */
export function threadedIdentityLock(file: string): IdentityLock {
  return {
    async lock(identity, passphrase, workFactor) {
      // The worker answers each job with what `IdentityLock` says of it.
      return (await runThread(file, { do: 'lock', identity, passphrase, workFactor })) as Uint8Array;
    },
    async unlock(bytes, passphrase) {
      return (await runThread(file, { do: 'unlock', bytes, passphrase })) as UnlockedIdentity;
    },
  };
}

function runThread(file: string, job: IdentityLockJob): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: job, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended unasked, with exit code ${code}`)));
  });
}
