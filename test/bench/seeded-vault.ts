import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forkKeychainWorker } from '../../main/secrets/fork-keychain-worker.ts';
import {
  createKeychainSecretStore,
  type KeychainSecretStore,
  keychainLook,
} from '../../main/secrets/keychain-secret-store.ts';
import { Secret } from '../../main/secrets/secret.ts';
import { newVaultFile, writeVaultFile } from '../../main/storage/vault-file.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { type Keyring, startKeyring } from '../support/keyring.ts';
import { seedRecords } from './storage.ts';

/** A vault that was in use before: its data key in a real keyring of its own, its records in a folder. */
export interface SeededVault {
  readonly keyring: Keyring;
  readonly env: Readonly<Record<string, string>>;
  /** For the app's `--data-dir`. */
  readonly dataFolder: string;
  readonly keys: readonly KeyRecord[];
  remove(): Promise<void>;
}

/** Makes a vault of that many keys, of all ages, the first of them with its value. */
export async function seedVault(count: number): Promise<SeededVault> {
  const root = await mkdtemp(path.join(tmpdir(), 'keyturn-vault-'));
  const dataFolder = path.join(root, 'data');
  await mkdir(dataFolder, { mode: 0o700 });
  const keyring = await startKeyring({ unlock: true });
  const dataKey = randomBytes(32);
  const { keys } = await seedRecords(path.join(dataFolder, 'records'), dataKey, count, Date.now());
  const store = keychainStore(keyring.env);
  await must(store.put('vault', new Secret(dataKey.toString('base64'))));
  const [first] = keys;
  if (first !== undefined) await must(store.put(`key/${first.id}`, new Secret(value)));
  await store.close();
  await must(writeVaultFile(dataFolder, newVaultFile({ store: 'keychain', lockedBy: null }, Date.now())));
  return {
    keyring,
    env: keyring.env as Record<string, string>,
    dataFolder,
    keys,
    async remove() {
      await keyring.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

const value = JSON.stringify({ API_KEY: `sk_test_${'a1B2'.repeat(10)}` });

/** The app's own store over a session's keychain, with the real worker process. */
export function keychainStore(env: NodeJS.ProcessEnv): KeychainSecretStore {
  return createKeychainSecretStore({
    launch: forkKeychainWorker(workerFile, env),
    look: keychainLook('linux', env),
    platform: 'linux',
  });
}

/** The worker's source, which Node runs as it is. */
export const workerFile = path.join(import.meta.dirname, '../../main/secrets/keychain-worker.ts');

async function must(
  result: Promise<{ readonly ok: boolean; readonly error?: { readonly code: string } }>,
): Promise<void> {
  const { ok, error } = await result;
  if (!ok) throw new Error(`The vault could not be made: ${error?.code}`);
}
