import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkByNode } from '../../leaks/check-command.ts';
import { forkKeychainWorker } from '../../secrets/fork-keychain-worker.ts';
import { threadedPassphraseSealing } from '../../secrets/threaded-passphrase-sealing.ts';
import { threadedSealedBatches } from '../../secrets/threaded-sealed-batches.ts';
import { startApp } from '../../start-app.ts';
import { confStores } from '../../storage/conf-store.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { lockFolder, takenWords, unwritableWords } from '../folder-lock.ts';
import { readPageFiles } from '../page-files.ts';
import { createBrowserDesktop } from './browser-desktop.ts';
import { startBrowserHost } from './browser-host.ts';
import { type BrowserOptions, parseBrowserOptions } from './browser-options.ts';

/*
 * The browser host's entry, run by plain Node from its bundle in `out/main`. Prints one line when it is ready; what
 * keeps it from starting is one line too, on the error stream, with exit code 1 (2 for a wrong command line).
 */

const stopCapMs = 10_000;

async function main({ port, dataFolder, allowManyClients }: BrowserOptions): Promise<void> {
  const folder = dataFolder ?? defaultDataFolder(process.platform, process.env, homedir());
  let address: string | null = null;
  const locked = await lockFolder(folder, {
    holder: () => ({ pid: process.pid, host: 'browser', address }),
  });
  if (locked.state === 'unwritable') throw new Error(unwritableWords(folder, locked.reason));
  if (locked.state === 'taken') {
    // Nothing is wrong: what was asked for is there already.
    process.stdout.write(`${takenWords(folder, locked.by)}\n`);
    return;
  }
  const pages = readPageFiles(join(import.meta.dirname, '..', 'renderer'));
  const app = await startApp({
    desktop: createBrowserDesktop(),
    dataFolder: folder,
    fetch,
    launchKeychainWorker: forkKeychainWorker(join(import.meta.dirname, 'keychain-worker.js'), process.env),
    sealing: threadedPassphraseSealing(join(import.meta.dirname, 'passphrase-worker.js')),
    sealedBatches: threadedSealedBatches(join(import.meta.dirname, 'sealed-files-worker.js')),
    leaks: {
      workerFile: join(import.meta.dirname, 'leaks-worker.js'),
      checkCommand: checkByNode(join(import.meta.dirname, 'check-staged.js'), folder),
    },
    openStores: confStores,
  });
  const host = await startBrowserHost({ ...app, pages, port, allowManyClients, random: randomBytes });
  address = new URL('/', host.url).href;
  process.stdout.write(`Keyturn is ready: ${host.url}\n`);

  endOnSignal(async () => {
    await host.stop();
    await app.stop(stopCapMs);
    process.exit(0);
  });
}

/**
 * Ends in good order at the first signal, and at once at another one after a second: one press of Ctrl+C arrives
 * twice where npm passes it on.
 */
function endOnSignal(stop: () => Promise<void>): void {
  let askedAt: number | null = null;
  function ask(): void {
    const now = performance.now();
    if (askedAt === null) {
      askedAt = now;
      void stop();
    } else if (now - askedAt > 1_000) process.exit(1);
  }
  process.on('SIGINT', ask).on('SIGTERM', ask);
}

function giveUp(message: string, exitCode: number): never {
  process.stderr.write(`${message.split('\n')[0]}\n`);
  process.exit(exitCode);
}

const options = parseBrowserOptions(process.argv.slice(2));
if (options.ok) {
  main(options.value).catch((cause: unknown) => {
    giveUp(cause instanceof Error ? cause.message : 'Keyturn could not start.', 1);
  });
} else giveUp(options.error, 2);
