import { join } from 'node:path';
import type { SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KeychainWorkerLauncher } from '../secrets/keychain-protocol.ts';
import { createKeychainSecretStore, keychainLook } from '../secrets/keychain-secret-store.ts';
import { readKeyRecords } from '../storage/read-keys.ts';
import { readVaultFile } from '../storage/vault-file.ts';
import { openDataKey } from '../vault/data-key.ts';
import type { VaultToRead } from './wanted-values.ts';

/** A vault that is read beside the app it belongs to. */
export interface ReadVault extends VaultToRead {
  /** Whether some of its records could not be read. */
  readonly damaged: boolean;
  close(): Promise<void>;
}

/**
 * Opens the vault of a data folder to read its keys, whether the app is running or not: it takes no lock and writes nothing.
 * Possible only where the keychain opens without a word; a passphrase is never asked for. A failure is the reason, in
 * words.
 */
export async function openToRead(
  dataFolder: string,
  launchKeychainWorker: KeychainWorkerLauncher,
): Promise<Result<ReadVault, string>> {
  const file = await readVaultFile(dataFolder);
  if (!file.ok) return fail(`its files cannot be read: ${file.error.reason}`);
  if (file.value === null) return fail('there is no vault');
  if (file.value === 'damaged') return fail('the file vault.json is damaged');
  if (file.value.store !== 'keychain') return fail('the vault is locked by a passphrase');
  const secrets = createKeychainSecretStore({
    launch: launchKeychainWorker,
    look: keychainLook(process.platform, process.env),
    platform: process.platform,
  });
  const dataKey = await openDataKey(secrets, {
    mustExist: true,
    random: () => {
      throw new Error('Nothing is made here');
    },
  });
  const keys = dataKey.ok ? await readKeyRecords(join(dataFolder, 'records'), dataKey.value.key) : null;
  if (!dataKey.ok || keys === null || !keys.ok) {
    await secrets.close();
    if (!dataKey.ok) return fail(reasonOf(dataKey.error));
    return fail('its records cannot be read');
  }
  const byId = new Map(keys.value.keys.map((key): [KeyId, KeyRecord] => [key.id, key]));
  return ok({
    secrets,
    records: { keys: { all: () => [...byId.values()], get: (id) => byId.get(id) } },
    ports: { unstored: new Map() },
    damaged: keys.value.damaged,
    close: () => secrets.close(),
  });
}

/** Why a keychain could not be read, in words that go on from "because". */
export function reasonOf({ code }: SecretStoreFailure): string {
  switch (code) {
    case 'keychain-locked':
      return 'the keychain is locked';
    case 'keychain-absent':
      return 'there is no keychain';
    case 'keychain-denied':
      return 'the keychain did not allow it';
    case 'keychain-foreign':
      return 'this is not the keychain of the vault';
    case 'keychain-unanswered':
      return 'the keychain did not answer';
    default:
      return `the keychain could not be read (${code})`;
  }
}
