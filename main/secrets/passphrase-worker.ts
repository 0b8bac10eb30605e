import { parentPort, workerData } from 'node:worker_threads';
import { passphraseSealingInPlace } from './passphrase-sealing.ts';
import type { PassphraseJob } from './threaded-passphrase-sealing.ts';

/*
 * The thread that seals or opens under a passphrase: one job, handed in at its start, one answer, and its end. Only
 * `threaded-passphrase-sealing.ts` starts it, and hands in nothing else.
 */

const { seal, open } = passphraseSealingInPlace;
const job = workerData as PassphraseJob;

parentPort?.postMessage(
  job.do === 'seal'
    ? await seal(job.bytes, job.passphrase, job.workFactor)
    : await open(job.bytes, job.passphrase),
);
