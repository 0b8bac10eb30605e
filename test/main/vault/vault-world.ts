import type { SecretName, SecretStore } from '../../../main/secrets/secret-store.ts';
import type { VaultFile } from '../../../main/storage/vault-file.ts';
import { createVaultKeeper, type OpenFailure, type SecretPlaces } from '../../../main/vault/vault-keeper.ts';
import { type Failure, failure, type SecretStoreFailure } from '../../../shared/domain/failure.ts';
import type { VaultStatus } from '../../../shared/domain/vault.ts';
import { done, fail, ok, type Result } from '../../../shared/result.ts';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { createKeyWorld } from '../../support/key-world.ts';

export const passphrase = 'a long enough passphrase';

/**
 * A machine with a keychain, a folder for sealed files and a disk for `vault.json`, and the keeper over them. What is
 * stored outlives every store and every run; `run` begins the app anew.
 */
export function createVaultWorld() {
  const keys = createKeyWorld();
  const keychain = shelf('keychain');
  const sealed = shelf('sealed-files');
  const disk = {
    file: null as VaultFile | null,
    damaged: false,
    newer: false,
    movedAside: 0,
    writeFails: false,
  };
  const told: VaultStatus[] = [];
  const opened: { dataKey: string; kind: SecretStore['kind'] }[] = [];
  const records: { refused: Failure<'storage-failed'> | null } = { refused: null };
  let sealedWith: string | null = null;
  let made = 0;

  const places: SecretPlaces = {
    keychain: keychain.open,
    async createSealedFiles(wanted): Promise<Result<SecretStore, OpenFailure>> {
      if ([...wanted].length < 12) return fail(failure('passphrase-too-short', { minLength: 12 }));
      if (sealed.items.size > 0) return places.openSealedFiles(wanted);
      sealedWith = wanted;
      return ok(sealed.open());
    },
    async openSealedFiles(wanted) {
      return wanted === sealedWith ? ok(sealed.open()) : fail(failure('passphrase-wrong'));
    },
    hasSealedFiles: async () => ok(sealedWith !== null),
  };

  const run = () =>
    createVaultKeeper({
      places,
      file: {
        read: async () =>
          disk.newer
            ? fail(failure('storage-failed', { file: 'vault.json', reason: 'it is newer' }))
            : ok(disk.damaged ? 'damaged' : disk.file),
        async moveAside() {
          disk.damaged = false;
          disk.file = null;
          disk.movedAside += 1;
          return done;
        },
        async write(file) {
          if (disk.writeFails)
            return fail(failure('storage-failed', { file: 'vault.json', reason: 'ENOSPC' }));
          disk.file = file;
          return done;
        },
      },
      random: (count) => {
        made += 1;
        return new Uint8Array(count).fill(made);
      },
      now: keys.clock.now,
      build: async (secrets, dataKey) => {
        if (records.refused !== null) return fail(records.refused);
        opened.push({ dataKey: Buffer.from(dataKey).toString('base64'), kind: secrets.kind });
        const { ports, works, activity } = keys;
        return ok({ secrets, records: keys.records, activity, ports, works });
      },
      changed: (status) => told.push(status),
    });

  return { keys, keychain, sealed, disk, told, opened, records, run };
}

/** One place for secrets: what is stored in it, and the stores that are opened over it. */
function shelf(kind: SecretStore['kind']) {
  const items = new Map<SecretName, string>();
  const trouble: { now: SecretStoreFailure | null } = { now: null };
  const stores: { readonly asked: boolean; readonly closed: boolean }[] = [];
  let current: MemorySecretStore | null = null;

  function open(): MemorySecretStore {
    if (current !== null) return current;
    const store = createMemorySecretStore({ kind });
    const state = { asked: false, closed: false };
    stores.push(state);
    const troubled = <A extends unknown[], R>(act: (...given: A) => R) => {
      return (...given: A): R => {
        state.asked = true;
        store.items.clear();
        for (const [name, value] of items) store.items.set(name, value);
        if (!state.closed) store.failWith(trouble.now);
        return act(...given);
      };
    };
    const keep = async <T>(outcome: Promise<T>): Promise<T> => {
      const result = await outcome;
      items.clear();
      for (const [name, value] of store.items) items.set(name, value);
      return result;
    };
    current = {
      ...store,
      get: troubled(store.get),
      probe: troubled(store.probe),
      put: (name, value) => keep(troubled(store.put)(name, value)),
      drop: (name) => keep(troubled(store.drop)(name)),
      describe: async () => `memory ${kind}`,
      async close() {
        state.closed = true;
        current = null;
        await store.close();
      },
    };
    return current;
  }

  /** Those that were asked for something and have not been closed. */
  const inUse = (): number => stores.filter((store) => store.asked && !store.closed).length;
  return { items, trouble, open, inUse };
}

export type VaultWorld = ReturnType<typeof createVaultWorld>;
