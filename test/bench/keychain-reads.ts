import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { connectToApp, vaultOpened } from '../support/ipc-client.ts';
import { launchApp } from '../support/launch-app.ts';
import type { SeededVault } from './seeded-vault.ts';

const listener = pathToFileURL(path.join(import.meta.dirname, 'count-keychain-requests.ts')).href;
/** How long to go on counting after the list has been answered. */
const restMs = 500;

/**
 * What the keychain is asked from the app's start to the list, and a while after: `get vault` and so on. The app is the
 * built one and has no hook for this: Node is told to load a listener into the process that holds the keychain.
 */
export async function keychainRequestsAtStart({ dataFolder, env }: SeededVault): Promise<string[]> {
  const file = path.join(dataFolder, '..', 'requests');
  const app = await launchApp({
    dataFolder,
    env: { ...env, NODE_OPTIONS: `--import=${listener}`, KEYTURN_BENCH_REQUESTS: file },
  });
  try {
    const client = await connectToApp(app.url);
    await vaultOpened(client);
    await client.call('keys.list', {});
    await wait(restMs);
    client.close();
    return (await readFile(file, 'utf8')).trimEnd().split('\n');
  } finally {
    await app.stop();
    await rm(file, { force: true });
  }
}
