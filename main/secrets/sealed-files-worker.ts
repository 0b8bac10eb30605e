import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { nodeX25519 } from './node-x25519.ts';
import type { SealedFilesAnswer, SealedFilesJob } from './sealed-batches.ts';

/*
 * A thread that seals and opens many files, one job after the other, until it is ended. It is handed the identity at
 * its start. Only `threaded-sealed-batches.ts` starts it.
 */

const identity = workerData as string;
const x25519 = await nodeX25519(identity);
const decrypter = new Decrypter();
decrypter.addIdentity(x25519?.identity ?? identity);
const encrypter = new Encrypter();
encrypter.addRecipient(x25519?.recipient ?? (await identityToRecipient(identity)));

async function unseal(file: string): Promise<string | null> {
  try {
    return Buffer.from(await decrypter.decrypt(readFileSync(file))).toString('utf8');
  } catch {
    // Why is found out by whoever asked, one file at a time.
    return null;
  }
}

parentPort?.on('message', (job: SealedFilesJob) => {
  const doing =
    job.do === 'unseal'
      ? Promise.all(job.files.map(unseal))
      : Promise.all(job.values.map((value) => encrypter.encrypt(value)));
  void doing.then((done) => parentPort?.postMessage({ id: job.id, done } satisfies SealedFilesAnswer));
});
