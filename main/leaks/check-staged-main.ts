import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder } from '../desktop/data-folder.ts';
import { forkKeychainWorker } from '../secrets/fork-keychain-worker.ts';
import { runCheck } from './run-check.ts';

/*
 * What the pre-commit hook runs where the app is the browser host: plain Node, this file's bundle or its source. The
 * working folder is the one of the commit.
 */

// Beside this file in `out/main`; in the sources the worker has a folder of its own.
const inBundle = import.meta.filename.endsWith('.js');
const worker = inBundle ? 'keychain-worker.js' : '../secrets/keychain-worker.ts';

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } } });
const chosen = values['data-dir'];
process.exitCode = await runCheck({
  dataFolder:
    chosen === undefined ? defaultDataFolder(process.platform, process.env, homedir()) : resolve(chosen),
  folder: process.cwd(),
  env: process.env,
  launchKeychainWorker: forkKeychainWorker(join(import.meta.dirname, worker), process.env),
  say: (line) => process.stderr.write(`${line}\n`),
});
