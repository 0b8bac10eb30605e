import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { confStores } from '../main/storage/conf-store.ts';
import { openActivity } from '../main/storage/file-activity.ts';
import { openRecords } from '../main/storage/open-records.ts';
import type { ConnectionId, KeyId } from '../shared/domain/ids.ts';
import type { Environment } from '../shared/domain/key.ts';
import { startSandboxServer } from '../test/e2e/support/sandbox-server.ts';
import { connectToApp, type IpcClient, vaultOpened } from '../test/support/ipc-client.ts';
import type { Keyring } from '../test/support/keyring.ts';
import { launchApp } from '../test/support/launch-app.ts';
import { startVerdaccio } from '../test/support/verdaccio.ts';

/** A key to make, and how long ago it is to have been made. */
interface Wanted {
  readonly name: string;
  readonly at: 'live' | 'test' | 'npm';
  readonly ageDays: number;
  readonly everyDays?: number | null;
  readonly files?: readonly string[];
}

const dayMs = 86_400_000;
const revokedDaysAgo = 9;

const wanted: readonly Wanted[] = [
  {
    name: 'Shop checkout',
    at: 'live',
    ageDays: 84,
    files: ['shop/.env.production', 'worker/.env', 'status/.env'],
  },
  { name: 'Refund worker', at: 'live', ageDays: 97, files: ['worker/.env.refunds'] },
  { name: 'Invoice mailer', at: 'live', ageDays: 12, files: ['mailer/.env'] },
  { name: 'Fraud rules', at: 'live', ageDays: 41, files: ['rules/.env'] },
  { name: 'Partner export', at: 'live', ageDays: 66 },
  { name: 'Shop on this machine', at: 'test', ageDays: 30, files: ['shop/.env'] },
  { name: 'End-to-end tests', at: 'test', ageDays: 63, everyDays: 180, files: ['shop/.env.test'] },
  { name: 'Load test', at: 'test', ageDays: 88, files: ['load/.env'] },
  { name: 'Staging', at: 'test', ageDays: 76, files: ['shop/.env.staging'] },
  { name: 'Conference demo', at: 'test', ageDays: 21, everyDays: null },
  { name: 'Old prototype', at: 'test', ageDays: 118 },
  { name: 'Release robot', at: 'npm', ageDays: 55, files: ['shop/.npm.env'] },
  { name: 'Documentation robot', at: 'npm', ageDays: 5, files: ['docs/.env'] },
];

/** A vault as it looks after some months, and the providers that its keys are from. */
export interface PictureVault {
  readonly keyId: (name: string) => KeyId;
  /** The provider of the test keys, which can be told to be slow. */
  readonly test: Awaited<ReturnType<typeof startSandboxServer>>;
  stop(): Promise<void>;
}

/**
 * Fills a vault by the app itself: real keys of two sandboxes and a real registry, written into real files. Then the app
 * is ended and the records are dated back, because nobody can wait for 90 days.
 */
export async function fillVault(
  folder: { readonly data: string; readonly providers: string; readonly projects: string },
  keyring: Keyring,
): Promise<PictureVault> {
  for (const name of ['live', 'test']) await mkdir(path.join(folder.providers, name), { recursive: true });
  const live = await startSandboxServer(path.join(folder.providers, 'live'), 'live');
  const test = await startSandboxServer(path.join(folder.providers, 'test'), 'test');
  const registry = await startVerdaccio();

  const app = await launchApp({ dataFolder: folder.data, env: keyring.env as Record<string, string> });
  const client = await connectToApp(app.url);
  await vaultOpened(client);
  const sandboxAt = (name: string, environment: Environment, { origin, token }: typeof live) =>
    client.call('connections.add', {
      providerId: 'sandbox',
      name,
      environment,
      settings: { url: origin },
      credential: { token },
    });
  const connections = {
    live: (await sandboxAt('Payments, live', 'live', live)).id,
    test: (await sandboxAt('Payments, test', 'test', test)).id,
    npm: (
      await client.call('connections.add', {
        providerId: 'npm-registry',
        name: 'Team registry',
        environment: 'live',
        settings: { registry: registry.url },
        credential: { token: registry.token },
      })
    ).id,
  };
  const ids = new Map<string, KeyId>();
  for (const key of wanted) {
    ids.set(key.name, await issue(client, key, connections[key.at], folder.projects, registry.password));
  }
  const keyId = (name: string): KeyId => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`There is no key named ${name}`);
    return id;
  };
  for (const { name } of wanted) {
    if (name !== 'Documentation robot') await client.call('keys.seal', { id: keyId(name) });
  }
  await client.call('keys.revoke', { id: keyId('Old prototype'), confirmName: '', answers: {} });
  client.close();
  await app.stop();

  await dateBack(folder.data, keyring, keyId);
  await writeFile(path.join(folder.projects, 'worker/.env'), 'SANDBOX_API_KEY=sk_live_put_here_by_hand\n');
  await writeFile(path.join(folder.projects, 'status/.env'), '# moved to the worker\n');
  return {
    keyId,
    test,
    stop: async () => {
      await Promise.all([live.stop(), test.stop(), registry.stop()]);
    },
  };
}

async function issue(
  client: IpcClient,
  { name, at, files = [], everyDays = 90 }: Wanted,
  connectionId: ConnectionId,
  projects: string,
  password: string,
): Promise<KeyId> {
  for (const file of files) await mkdir(path.dirname(path.join(projects, file)), { recursive: true });
  const field = at === 'npm' ? 'NPM_TOKEN' : 'API_KEY';
  const variable = at === 'npm' ? 'NPM_TOKEN' : 'SANDBOX_API_KEY';
  const { keyId } = await client.call('keys.issue', {
    connectionId,
    name,
    request: {
      scopes: at === 'live' ? ['payments:read', 'payments:write'] : null,
      expiresInDays: null,
      restrictions: { ips: [], referrers: [], endpoints: [] },
    },
    policy: { everyDays },
    targets: files.map((file) => ({ file: path.join(projects, file), variables: { [field]: variable } })),
    answers: at === 'npm' ? { password } : {},
  });
  return keyId;
}

/** Moves every key and what is recorded of it into the past, as far as it is to be old. */
async function dateBack(dataFolder: string, keyring: Keyring, keyId: (name: string) => KeyId): Promise<void> {
  const ages = new Map(
    wanted.map(({ name, ageDays }, turn) => [keyId(name), ageDays * dayMs + turn * 67 * 60_000]),
  );
  const vaultItem = await keyring.secretTool(['lookup', 'service', 'keyturn', 'account', 'vault']);
  const folder = path.join(dataFolder, 'records');
  const dataKey = Buffer.from(vaultItem.stdout, 'base64');
  const records = await openRecords({ folder, dataKey, openStore: confStores(folder) });
  if (!records.ok) throw new Error(records.error.reason);
  for (const key of records.value.keys.all()) {
    const ageMs = ages.get(key.id) ?? 0;
    const revokedAt = key.revokedAt === null ? null : key.revokedAt - revokedDaysAgo * dayMs;
    await records.value.keys.put({ ...key, issuedAt: key.issuedAt - ageMs, revokedAt });
  }

  const oldest = Math.max(...ages.values());
  const place = path.join(dataFolder, 'activity');
  const before = await openActivity({ folder: place });
  if (!before.ok) throw new Error(before.error.reason);
  const { entries } = await before.value.page(null, 500);
  await rm(place, { recursive: true });
  const after = await openActivity({ folder: place });
  if (!after.ok) throw new Error(after.error.reason);
  const dated = entries.map((entry) => ({
    ...entry,
    at:
      entry.at -
      (entry.event === 'key-revoked' ? revokedDaysAgo * dayMs : (ages.get(entry.keyId as KeyId) ?? oldest)),
  }));
  for (const entry of dated.toSorted((a, b) => a.at - b.at)) await after.value.add(entry);
}
