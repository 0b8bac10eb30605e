import { randomBytes } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { callsAtOnce } from '../../main/keys/limits.ts';
import { createIds } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { sandboxProviderId } from '../../shared/domain/sandbox.ts';
import type { Work } from '../../shared/domain/work.ts';
import { connectToApp, type IpcClient, vaultOpened } from '../support/ipc-client.ts';
import { launchApp } from '../support/launch-app.ts';
import { startSlowSandbox } from './rotations-sandbox.ts';
import { type SeededVault, seedVault } from './seeded-vault.ts';

/** How long the sandbox takes for each answer. */
export const answerMs = 50;

/** What rotating many keys of one connection came to. */
export interface RotationsCost {
  readonly keys: number;
  readonly ms: number;
  /** How many times the provider was asked. */
  readonly requests: number;
  /** The whole time over what the requests take, with as many at a time as are allowed. */
  readonly overLimit: number;
}

/**
 * Rotates that many keys, each into a file of its own, by the built app with a real keyring, at a provider of whose time
 * everything depends.
 */
export async function rotationsCost(count: number): Promise<RotationsCost> {
  const vault = await seedVault(0);
  const folder = path.dirname(vault.dataFolder);
  const sandbox = await startSlowSandbox(path.join(folder, 'sandbox.json'));
  const app = await launchApp(vault);
  const client = await connectToApp(app.url);
  try {
    await vaultOpened(client);
    const ids = await issueKeys(client, sandbox.origin, sandbox.token, count, path.join(folder, 'projects'));
    sandbox.answersAfter(answerMs);
    const start = performance.now();
    await client.call('work.rotateAll', { ids, grace: 'now' });
    const states = await untilFinished(client);
    const ms = performance.now() - start;
    const left = states.filter((state) => state !== 'done');
    if (left.length > 0) throw new Error(`${left.length} keys were not rotated: ${left[0]}`);
    const requests = sandbox.requests();
    return { keys: count, ms, requests, overLimit: ms / ((requests * answerMs) / callsAtOnce.perName) };
  } finally {
    client.close();
    await app.stop();
    await sandbox.stop();
    await vault.remove();
  }
}

async function issueKeys(
  client: IpcClient,
  url: string,
  token: string,
  count: number,
  projects: string,
): Promise<KeyRecord['id'][]> {
  const connection = await client.call('connections.add', {
    providerId: sandboxProviderId,
    name: 'Slow',
    environment: 'test',
    settings: { url },
    credential: { token },
  });
  await mkdir(projects);
  const ids: KeyRecord['id'][] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const { keyId } = await client.call('keys.issue', {
      connectionId: connection.id,
      name: `service-${nth}`,
      request: { scopes: null, expiresInDays: null, restrictions: { ips: [], referrers: [], endpoints: [] } },
      policy: { everyDays: 90 },
      targets: [{ file: path.join(projects, `${nth}.env`), variables: { API_KEY: 'API_KEY' } }],
    });
    ids.push(keyId);
  }
  return ids;
}

async function untilFinished(client: IpcClient): Promise<string[]> {
  for (;;) {
    const batch = await client.call('work.batch', {});
    if (batch !== null && batch.finishedAt !== null) return batch.keys.map(({ state }) => state);
    await wait(20);
  }
}

/** A vault of that many keys with that many pieces of work that have not finished: most wait for their time, some were cut short. */
export async function seedUnfinishedVault(count: number, unfinished: number): Promise<SeededVault> {
  const vault = await seedVault(count);
  const ids = createIds((bytes) => randomBytes(bytes));
  const now = Date.now();
  const lines = vault.keys
    .filter((key) => key.revokedAt === null)
    .slice(0, unfinished)
    .map((key, index) => `${JSON.stringify(unfinishedWork(ids, key, index, now))}\n`);
  await appendFile(path.join(vault.dataFolder, 'journal.jsonl'), lines.join(''), { mode: 0o600 });
  return vault;
}

const hourMs = 3_600_000;

/** Of ten: six in their grace, two whose grace has ended, one that was cut short while revoking, and one at its files. */
function unfinishedWork(ids: ReturnType<typeof createIds>, key: KeyRecord, index: number, now: number): Work {
  return {
    id: ids.work(),
    kind: 'rotate',
    keyId: key.id,
    newKey: { ...key, id: ids.key(), replaces: key.id },
    grace: '24-hours',
    origin: 'created',
    startedAt: now - 20 * hourMs - index,
    updatedAt: now - 20 * hourMs,
    state: stateOf(index % 10, now),
    blocked: null,
  };
}

function stateOf(of10: number, now: number): Work['state'] {
  if (of10 < 6) return { step: 'retiring', until: now + (of10 + 1) * hourMs };
  if (of10 < 8) return { step: 'retiring', until: now - hourMs };
  return of10 === 8 ? { step: 'revoking' } : { step: 'verified' };
}

if (import.meta.main) {
  const cost = await rotationsCost(100);
  process.stdout.write(`${JSON.stringify(cost)}\n`);
}
