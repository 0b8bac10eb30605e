import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Secret } from '../main/secrets/secret.ts';
import { confStores } from '../main/storage/conf-store.ts';
import { openRecords } from '../main/storage/open-records.ts';
import { newVaultFile, writeVaultFile } from '../main/storage/vault-file.ts';
import { isoOf } from '../shared/domain/calendar.ts';
import type { KeyRecord } from '../shared/domain/key.ts';
import { keychainStore } from '../test/bench/seeded-vault.ts';
import { seedRecords } from '../test/bench/storage.ts';
import type { Keyring } from '../test/support/keyring.ts';

const dayMs = 86_400_000;
const providers = ['stripe', 'resend', 'openrouter', 'cloudflare', 'neon', 'vercel', 'datadog'];
const uses = [
  'Shop checkout',
  'Refunds',
  'Newsletter',
  'Assistant',
  'Status page',
  'Nightly export',
  'Search',
];

/** So many of the keys get names and ages that make a good picture; beyond them a vault only has to be large. */
const mostDressed = 60;

/**
 * Fills a vault with that many keys at several providers, of all ages: due, overdue, put off, never due, unused and in
 * several projects. Their values are in no keychain: the pictures are of lists.
 */
export async function fillLargeVault(dataFolder: string, keyring: Keyring, count: number): Promise<void> {
  const dataKey = randomBytes(32);
  const folder = path.join(dataFolder, 'records');
  const now = Date.now();
  await seedRecords(folder, dataKey, count, now);
  const records = await openRecords({ folder, dataKey, openStore: confStores(folder) });
  if (!records.ok) throw new Error(records.error.reason);
  const { keys, connections } = records.value;
  for (const [turn, connection] of [...connections.all()].entries()) {
    const providerId = providers[turn % providers.length] ?? 'stripe';
    await connections.put({ ...connection, providerId, name: `${providerId}, account ${turn + 1}` });
  }
  for (const [turn, key] of [...keys.all()].slice(0, mostDressed).entries())
    await keys.put(dressed(key, turn, count, now));

  const store = keychainStore(keyring.env);
  const stored = await store.put('vault', new Secret(dataKey.toString('base64')));
  await store.close();
  const written = await writeVaultFile(dataFolder, newVaultFile({ store: 'keychain', lockedBy: null }, now));
  if (!stored.ok || !written.ok) throw new Error('The vault could not be made');
}

function dressed(key: KeyRecord, turn: number, count: number, now: number): KeyRecord {
  const use = uses[turn % uses.length] ?? 'Search';
  const round = Math.floor(turn / uses.length);
  const [target] = key.targets;
  const isShared = turn % 10 === 6 && target !== undefined;
  return {
    ...key,
    name: round === 0 ? use : `${use} ${round + 1}`,
    issuedAt: count === 1 ? now - 84 * dayMs : now - ((turn * 23 + 13) % 104) * dayMs - turn * 3_700_000,
    policy: policyOf(turn),
    snoozedUntil: turn % 9 === 4 ? isoOf(Math.floor(now / dayMs) + 5) : null,
    lastUsedAt: turn % 8 === 5 ? now - 75 * dayMs : key.lastUsedAt,
    targets: isShared
      ? [target, { ...target, file: '/home/someone/projects/other/.env' }]
      : key.targets.slice(0, 1),
  };
}

function policyOf(turn: number): KeyRecord['policy'] {
  if (turn % 11 === 7) return { everyDays: null, because: 'Ends with the contract.' };
  return turn % 6 === 3 ? { everyDays: 180 } : {};
}
