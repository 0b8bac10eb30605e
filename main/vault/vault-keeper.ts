import type { Failure, SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { StoreKind, VaultStatus } from '../../shared/domain/vault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretStore, StoreProbe } from '../secrets/secret-store.ts';
import { newVaultFile, type VaultFile } from '../storage/vault-file.ts';
import { createLine } from '../turns.ts';
import { openDataKey } from './data-key.ts';
import { stateAfter } from './state-after.ts';
import type { Vault } from './vault.ts';

export type OpenFailure =
  | SecretStoreFailure
  | Failure<'passphrase-wrong' | 'passphrase-too-short' | 'storage-failed'>;

/** The places where a vault's secrets can be. */
export interface SecretPlaces {
  /** The keychain of this session. */
  keychain(): SecretStore & { probe(): Promise<StoreProbe>; describe(): Promise<string> };
  createSealedFiles(passphrase: string): Promise<Result<SecretStore, OpenFailure>>;
  openSealedFiles(passphrase: string): Promise<Result<SecretStore, OpenFailure>>;
  /** Whether sealed files were set up here, whatever else is known of the vault. */
  hasSealedFiles(): Promise<Result<boolean, Failure<'storage-failed'>>>;
}

export interface VaultKeeperOptions {
  readonly places: SecretPlaces;
  readonly file: {
    read(): Promise<Result<VaultFile | null, Failure<'storage-failed'>>>;
    write(file: VaultFile): Promise<Result<void, Failure<'storage-failed'>>>;
  };
  readonly random: (bytes: number) => Uint8Array;
  readonly now: () => number;
  /** Opens records, journal and activity under the data key, and ends a restore that was cut short. */
  readonly build: (secrets: SecretStore, dataKey: Uint8Array) => Promise<Result<Vault, SecretStoreFailure>>;
  readonly changed: (status: VaultStatus) => void;
}

/** Opens and closes the vault, and always knows in which state it is. Calls are carried out one after the other. */
export interface VaultKeeper {
  status(): VaultStatus;
  /** The vault while it is open. */
  current(): Vault | null;
  /** Opens what was set up; on the very first start sets the vault up in the keychain, if there is one. */
  open(): Promise<Result<VaultStatus, OpenFailure>>;
  useKeychain(): Promise<Result<VaultStatus, OpenFailure>>;
  usePassphrase(passphrase: string): Promise<Result<VaultStatus, OpenFailure>>;
  unlock(passphrase: string): Promise<Result<VaultStatus, OpenFailure>>;
  /** Closes the vault after running work has come to a stop. */
  lock(): Promise<VaultStatus>;
}

const sealedFilesBackend = 'Files sealed with your passphrase';

/** Builds the keeper. The vault is `opening` until `open` has answered. */
export function createVaultKeeper(options: VaultKeeperOptions): VaultKeeper {
  let status: VaultStatus = { store: null, lockedBy: null, backend: '', vault: { state: 'opening' } };
  let vault: Vault | null = null;
  const inTurn = createLine();

  function become(next: VaultStatus): VaultStatus {
    status = next;
    options.changed(next);
    return next;
  }

  /** Opens the vault over a store; one that could not be entered is closed again, and the status says why. */
  async function enter(
    secrets: SecretStore,
    known: VaultFile | null,
  ): Promise<Result<VaultStatus, OpenFailure>> {
    const entered = await tryToEnter(secrets, known);
    if (entered.ok) return entered;
    await secrets.close();
    return stay(known, entered.error);
  }

  /** Opens the vault over a store that answers; makes the data key where the vault is new. */
  async function tryToEnter(
    secrets: SecretStore,
    known: VaultFile | null,
  ): Promise<Result<VaultStatus, OpenFailure>> {
    const dataKey = await openDataKey(secrets, { mustExist: known !== null, random: options.random });
    if (!dataKey.ok) return dataKey;
    if (known === null) {
      const lockedBy = secrets.kind === 'sealed-files' ? 'passphrase' : null;
      const written = await options.file.write(
        newVaultFile({ store: secrets.kind, lockedBy }, options.now()),
      );
      if (!written.ok) return written;
    }
    const built = await options.build(secrets, dataKey.value.key);
    if (!built.ok) return built;
    const backend = await backendOf(secrets.kind);
    if (dataKey.value.isNew) await noteCreation(built.value, backend, options.now());
    vault = built.value;
    return ok(
      become({
        store: secrets.kind,
        lockedBy: secrets.kind === 'sealed-files' ? 'passphrase' : null,
        backend,
        vault: { state: 'open' },
      }),
    );
  }

  const backendOf = async (kind: StoreKind): Promise<string> =>
    kind === 'sealed-files' ? sealedFilesBackend : options.places.keychain().describe();

  async function stay(
    store: VaultFile | null,
    cause: OpenFailure,
  ): Promise<Result<VaultStatus, OpenFailure>> {
    become({
      store: store?.store ?? null,
      lockedBy: store?.lockedBy ?? null,
      backend: await backendOf(store?.store ?? 'keychain'),
      vault: stateAfter(cause),
    });
    return fail(cause);
  }

  async function openInTurn(): Promise<Result<VaultStatus, OpenFailure>> {
    if (vault !== null) return ok(status);
    const file = await options.file.read();
    if (!file.ok) return stay(null, file.error);
    if (file.value?.store === 'sealed-files') return awaitPassphrase();
    return file.value === null ? openUnknown(firstStart) : openKeychain(file.value);
  }

  const awaitPassphrase = (): Result<VaultStatus, OpenFailure> =>
    ok(
      become({
        store: 'sealed-files',
        lockedBy: 'passphrase',
        backend: sealedFilesBackend,
        vault: { state: 'locked' },
      }),
    );

  /** Without `vault.json`, sealed files still are a vault, which no new one replaces; only where there are none begins `next`. */
  async function openUnknown(
    next: () => Promise<Result<VaultStatus, OpenFailure>>,
  ): Promise<Result<VaultStatus, OpenFailure>> {
    const sealed = await options.places.hasSealedFiles();
    if (!sealed.ok) return stay(null, sealed.error);
    return sealed.value ? awaitPassphrase() : next();
  }

  const openKeychain = (file: VaultFile | null): Promise<Result<VaultStatus, OpenFailure>> =>
    enter(options.places.keychain(), file);

  async function firstStart(): Promise<Result<VaultStatus, OpenFailure>> {
    const keychain = options.places.keychain();
    const probe = await keychain.probe();
    if (probe.state === 'present') return openKeychain(null);
    const found = probe.state === 'unanswered' ? 'locked' : probe.state;
    const detail = probe.state === 'absent' ? probe.detail : '';
    return ok(
      become({
        store: null,
        lockedBy: null,
        backend: await keychain.describe(),
        vault: { state: 'unset', keychain: found, detail },
      }),
    );
  }

  return {
    status: () => status,
    current: () => vault,
    open: () => inTurn(openInTurn),
    useKeychain: () =>
      inTurn(async () => {
        if (vault !== null) return ok(status);
        const file = await options.file.read();
        if (!file.ok) return stay(null, file.error);
        if (file.value === null) return openUnknown(() => openKeychain(null));
        return file.value.store === 'sealed-files' ? awaitPassphrase() : openKeychain(file.value);
      }),
    usePassphrase: (passphrase) =>
      inTurn(async () => {
        if (vault !== null) return ok(status);
        const file = await options.file.read();
        if (!file.ok) return stay(null, file.error);
        // A vault that stands somewhere is never replaced by a new one.
        if (file.value !== null) return openInTurn();
        const created = await options.places.createSealedFiles(passphrase);
        return created.ok ? enter(created.value, null) : created;
      }),
    unlock: (passphrase) =>
      inTurn(async () => {
        if (vault !== null) return ok(status);
        const file = await options.file.read();
        if (!file.ok) return stay(null, file.error);
        const sealed =
          file.value === null
            ? await options.places.hasSealedFiles()
            : ok(file.value.store === 'sealed-files');
        if (!sealed.ok) return stay(null, sealed.error);
        if (!sealed.value) return openInTurn();
        const opened = await options.places.openSealedFiles(passphrase);
        return opened.ok ? enter(opened.value, file.value) : opened;
      }),
    lock: () =>
      inTurn(async () => {
        const open = vault;
        if (open === null) return status;
        vault = null;
        await open.works.settled();
        await open.secrets.close();
        return become({ ...status, vault: { state: 'locked' } });
      }),
  };
}

/** The first line of the activity. The vault stands without it too, so that a failure here stops nothing. */
async function noteCreation({ activity }: Vault, backend: string, at: number): Promise<void> {
  await activity.add({
    at,
    event: 'vault-created',
    keyId: null,
    connectionId: null,
    subject: 'Vault',
    detail: backend,
  });
}
