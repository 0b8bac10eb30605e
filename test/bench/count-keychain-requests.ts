import { appendFileSync } from 'node:fs';

/*
 * Loaded by Node before anything else in each process of the app (`--import`). In the keychain's process it writes down
 * what is asked: one line per request, in the file that the environment names. The values are not written.
 */

const file = process.env.KEYTURN_BENCH_REQUESTS;

if (file !== undefined && process.argv[1]?.endsWith('keychain-worker.js')) {
  process.on('message', (request: { readonly do: string; readonly account: string }) => {
    appendFileSync(file, `${request.do} ${request.account}\n`);
  });
}
