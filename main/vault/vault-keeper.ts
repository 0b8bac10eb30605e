import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { StoreKind, VaultStatus } from '../../shared/domain/vault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretStore, StoreProbe } from '../secrets/secret-store.ts';
import { type FoundVaultFile, newVaultFile, type VaultFile } from '../storage/vault-file.ts';
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
    read(): Promise<Result<FoundVaultFile, Failure<'storage-failed'>>>;
    /** Makes room for a new file where the present one is damaged, which is kept. */
    moveAside(): Promise<Result<void, Failure<'storage-failed'>>>;
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
    known: FoundVaultFile,
  ): Promise<Result<VaultStatus, OpenFailure>> {
    const entered = await tryToEnter(secrets, known);
    if (entered.ok) return entered;
    await secrets.close();
    return stay(known, known === 'damaged' ? withoutVaultFile(entered.error) : entered.error);
  }

  /** Opens the vault over a store that answers; makes the data key where the vault is new. */
  async function tryToEnter(
    secrets: SecretStore,
    known: FoundVaultFile,
  ): Promise<Result<VaultStatus, OpenFailure>> {
    const dataKey = await openDataKey(secrets, { mustExist: known !== null, random: options.random });
    if (!dataKey.ok) return dataKey;
    if (known === null) {
      const written = await writeFile(secrets.kind);
      if (!written.ok) return written;
    }
    const built = await options.build(secrets, dataKey.value.key);
    if (!built.ok) return built;
    if (known === 'damaged') {
      // The records have proven that this is the vault's own key.
      const moved = await options.file.moveAside();
      const written = moved.ok ? await writeFile(secrets.kind) : moved;
      if (!written.ok) return written;
    }
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

  const writeFile = (kind: StoreKind): Promise<Result<void, Failure<'storage-failed'>>> => {
    const lockedBy = kind === 'sealed-files' ? 'passphrase' : null;
    return options.file.write(newVaultFile({ store: kind, lockedBy }, options.now()));
  };

  const backendOf = async (kind: StoreKind): Promise<string> =>
    kind === 'sealed-files' ? sealedFilesBackend : options.places.keychain().describe();

  async function stay(found: FoundVaultFile, cause: OpenFailure): Promise<Result<VaultStatus, OpenFailure>> {
    const known = found === 'damaged' ? null : found;
    become({
      store: known?.store ?? null,
      lockedBy: known?.lockedBy ?? null,
      backend: await backendOf(known?.store ?? 'keychain'),
      vault: stateAfter(cause),
    });
    return fail(cause);
  }

  async function openInTurn(): Promise<Result<VaultStatus, OpenFailure>> {
    if (vault !== null) return ok(status);
    const file = await options.file.read();
    if (!file.ok) return stay(null, file.error);
    if (file.value === null) return openUnknown(firstStart);
    if (file.value === 'damaged') return openUnknown(() => openKeychain('damaged'));
    return file.value.store === 'sealed-files' ? awaitPassphrase() : openKeychain(file.value);
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

  const openKeychain = (file: FoundVaultFile): Promise<Result<VaultStatus, OpenFailure>> =>
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
        const found = file.value;
        if (found === null || found === 'damaged') return openUnknown(() => openKeychain(found));
        return found.store === 'sealed-files' ? awaitPassphrase() : openKeychain(found);
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
          file.value === null || file.value === 'damaged'
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

/** A keychain without the vault's key says no more than the damaged file does: another one may have it. */
function withoutVaultFile(cause: OpenFailure): OpenFailure {
  if (cause.code !== 'keychain-foreign') return cause;
  return failure('storage-failed', {
    file: 'vault.json',
    reason: 'the file is damaged, and the key of the vault is not in this keychain',
  });
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
