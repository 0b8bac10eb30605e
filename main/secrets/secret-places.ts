import { ok } from '../../shared/result.ts';
import type { SecretPlaces } from '../vault/vault-keeper.ts';
import type { IdentityLock } from './identity-lock.ts';
import type { KeychainWorkerLauncher } from './keychain-protocol.ts';
import {
  createKeychainSecretStore,
  type KeychainSecretStore,
  keychainLook,
} from './keychain-secret-store.ts';
import type { SealedBatches } from './sealed-batches.ts';
import { createSealedFiles, openSealedFiles, type SealedFilesLock } from './sealed-file-secret-store.ts';
import { sealedFilesLockedBy } from './sealed-folder.ts';
import { Secret } from './secret.ts';

/** The places of this machine where a vault's secrets can be: its keychain, or sealed files in the folder. */
export function createSecretPlaces(options: {
  readonly folder: string;
  readonly launchKeychainWorker: KeychainWorkerLauncher;
  readonly identityLock: IdentityLock;
  readonly batches?: SealedBatches | null;
}): SecretPlaces {
  const { folder, launchKeychainWorker, identityLock, batches = null } = options;
  let keychain: KeychainSecretStore | null = null;

  function openKeychain(): KeychainSecretStore {
    const store = createKeychainSecretStore({
      launch: launchKeychainWorker,
      look: keychainLook(process.platform, process.env),
      platform: process.platform,
    });
    return {
      ...store,
      async close() {
        // The next one who asks gets a new store: a closed one never answers again.
        keychain = null;
        await store.close();
      },
    };
  }

  function lockBy(passphrase: string): SealedFilesLock {
    return { by: 'passphrase', passphrase: new Secret(passphrase), identityLock };
  }

  return {
    keychain() {
      keychain ??= openKeychain();
      return keychain;
    },
    async createSealedFiles(passphrase) {
      const lock = lockBy(passphrase);
      const created = await createSealedFiles({ folder, lock, batches });
      if (created.ok || created.error.code !== 'storage-failed') return created;
      // Files that an earlier set-up left behind when it was cut short: theirs is the passphrase that opens them.
      const opened = await openSealedFiles({ folder, lock, batches });
      return opened.ok ? opened : created;
    },
    openSealedFiles: (passphrase) => openSealedFiles({ folder, lock: lockBy(passphrase), batches }),
    async hasSealedFiles() {
      const lockedBy = await sealedFilesLockedBy(folder);
      return lockedBy.ok ? ok(lockedBy.value !== null) : lockedBy;
    },
  };
}
