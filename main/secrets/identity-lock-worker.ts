import { parentPort, workerData } from 'node:worker_threads';
import { identityLockInPlace } from './identity-lock.ts';
import type { IdentityLockJob } from './threaded-identity-lock.ts';

/*
 * The thread that computes scrypt for a passphrase: one job, handed in at its start, one answer, and its end. Only
 * `threaded-identity-lock.ts` starts it, and hands in nothing else.
 */

const { lock, unlock } = identityLockInPlace;
const job = workerData as IdentityLockJob;

parentPort?.postMessage(
  job.do === 'lock'
    ? await lock(job.identity, job.passphrase, job.workFactor)
    : await unlock(job.bytes, job.passphrase),
);
