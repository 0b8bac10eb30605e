import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { syncFolder } from '../storage/durable-file.ts';
import { createTurns } from '../turns.ts';
import type { IdentityLock } from './identity-lock.ts';
import { manySealedFiles } from './many-sealed-files.ts';
import { usualWorkFactor } from './passphrase-sealing.ts';
import type { SealedBatches } from './sealed-batches.ts';
import {
  codeOf,
  identityFile,
  prepareFolder,
  readIfThere,
  recipientFile,
  storageFailed,
  write,
  writeAndCompare,
} from './sealed-folder.ts';
import { Secret } from './secret.ts';
import type { SecretName, SecretStore } from './secret-store.ts';
import { checkStorable } from './storable.ts';

/** What opens the folder: a passphrase that its user keeps, or the identity in the keychain. */
export type SealedFilesLock = PassphraseLock | KeychainLock;

interface PassphraseLock {
  readonly by: 'passphrase';
  readonly passphrase: Secret;
  readonly identityLock: IdentityLock;
}

interface KeychainLock {
  readonly by: 'keychain';
  readonly keychain: SecretStore;
}

export type SealedFilesFailure = SecretStoreFailure | Failure<'passphrase-wrong' | 'passphrase-too-short'>;

/** The fewest characters of a new passphrase. */
export const shortestPassphrase = 12;

/**
 * Makes a folder of sealed files (see `sealed-folder.ts`) and opens it. A folder that already holds secrets is
 * refused (`storage-failed`) and left as it was; an identity that the keychain already has is used, not replaced.
 */
export async function createSealedFiles(options: {
  readonly folder: string;
  readonly lock: SealedFilesLock;
  readonly workFactor?: number;
  readonly batches?: SealedBatches | null;
}): Promise<Result<SecretStore, SealedFilesFailure>> {
  const { folder, lock } = options;
  if (lock.by === 'passphrase' && [...lock.passphrase.reveal()].length < shortestPassphrase) {
    return fail(failure('passphrase-too-short', { minLength: shortestPassphrase }));
  }
  const prepared = await prepareFolder(folder);
  if (!prepared.ok) return prepared;
  const locked =
    lock.by === 'keychain'
      ? await identityInKeychain(lock.keychain)
      : await identityUnderPassphrase(folder, lock, options.workFactor ?? usualWorkFactor);
  if (!locked.ok) return locked;
  // Last, because it says that the folder is complete.
  const recipient = await identityToRecipient(locked.value);
  const marked = await writeAndCompare(join(folder, recipientFile), `${recipient}\n`);
  return marked.ok ? ok(sealedFiles(folder, locked.value, options.batches ?? null)) : marked;
}

/**
 * Opens a folder of sealed files. `keychain-foreign`: the keychain has no identity, or that of another folder.
 * `storage-failed`: the folder is not there, not complete, or cannot be read.
 */
export async function openSealedFiles(options: {
  readonly folder: string;
  readonly lock: SealedFilesLock;
  readonly batches?: SealedBatches | null;
}): Promise<Result<SecretStore, SealedFilesFailure>> {
  const { folder, lock } = options;
  const recipient = await readPart(folder, recipientFile);
  if (!recipient.ok) return recipient;
  const identity = await (lock.by === 'keychain' ? fromKeychain(lock.keychain) : fromFile(folder, lock));
  if (!identity.ok) return identity;
  if ((await recipientOf(identity.value)) === recipient.value.toString('utf8').trim()) {
    return ok(sealedFiles(folder, identity.value, options.batches ?? null));
  }
  if (lock.by === 'keychain') return fail(failure('keychain-foreign'));
  const reason = `it is not the identity of ${recipientFile}`;
  return fail(failure('secret-unreadable', { name: identityFile, reason }));
}

async function identityUnderPassphrase(
  folder: string,
  { passphrase, identityLock }: PassphraseLock,
  workFactor: number,
): Promise<Result<string, SealedFilesFailure>> {
  const identity = await generateX25519Identity();
  const locked = await identityLock.lock(identity, passphrase.reveal(), workFactor);
  const written = await writeAndCompare(join(folder, identityFile), locked);
  return written.ok ? ok(identity) : written;
}

async function identityInKeychain(keychain: SecretStore): Promise<Result<string, SealedFilesFailure>> {
  const known = await keychain.get('identity');
  if (known.ok) return ok(known.value.reveal());
  if (known.error.code !== 'secret-gone') return known;
  const identity = await generateX25519Identity();
  const put = await keychain.put('identity', new Secret(identity));
  return put.ok ? ok(identity) : put;
}

async function fromKeychain(keychain: SecretStore): Promise<Result<string, SealedFilesFailure>> {
  const identity = await keychain.get('identity');
  if (identity.ok) return ok(identity.value.reveal());
  return identity.error.code === 'secret-gone' ? fail(failure('keychain-foreign')) : identity;
}

async function fromFile(
  folder: string,
  { passphrase, identityLock }: PassphraseLock,
): Promise<Result<string, SealedFilesFailure>> {
  const bytes = await readPart(folder, identityFile);
  return bytes.ok ? await identityLock.unlock(bytes.value, passphrase.reveal()) : bytes;
}

/** A file without which the folder is not complete. */
async function readPart(folder: string, name: string): Promise<Result<Buffer, Failure<'storage-failed'>>> {
  const bytes = await readIfThere(join(folder, name));
  if (!bytes.ok) return bytes;
  if (bytes.value) return ok(bytes.value);
  return fail(failure('storage-failed', { file: join(folder, name), reason: 'ENOENT' }));
}

/** The identity's public half; null for what is no identity. */
async function recipientOf(identity: string): Promise<string | null> {
  return await identityToRecipient(identity).catch(() => null);
}

/** `key/key_1` is kept in `key-key_1.age`; ids have no character that a file system would mind. */
function fileName(name: SecretName): string {
  return name === 'identity' ? 'kept-identity.age' : `${name.replace('/', '-')}.age`;
}

function sealedFiles(folder: string, identity: string, batches: SealedBatches | null): SecretStore {
  const inTurn = createTurns();
  const fileOf = (name: SecretName) => join(folder, fileName(name));
  /** The age identity while the store is open. */
  let opened: string | null = identity;

  async function seal(value: string, key: string): Promise<Uint8Array> {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(key));
    return await encrypter.encrypt(value);
  }

  async function unseal(
    name: SecretName,
    bytes: Uint8Array,
    key: string,
  ): Promise<Result<string, SecretStoreFailure>> {
    const decrypter = new Decrypter();
    decrypter.addIdentity(key);
    try {
      // Not 'text': that would swallow a byte order mark.
      return ok(Buffer.from(await decrypter.decrypt(bytes)).toString('utf8'));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail(failure('secret-unreadable', { name, reason }));
    }
  }

  async function read(name: SecretName, key: string): Promise<Result<string, SecretStoreFailure>> {
    const bytes = await readIfThere(fileOf(name));
    if (!bytes.ok) return bytes;
    if (bytes.value) return await unseal(name, bytes.value, key);
    // Gone, if the folder is there; a disk that is not mounted has no files either.
    const complete = await readPart(folder, recipientFile);
    return complete.ok ? fail(failure('secret-gone', { name })) : complete;
  }

  async function put(
    name: SecretName,
    value: string,
    key: string,
  ): Promise<Result<void, SecretStoreFailure>> {
    // Into a folder that has become another's, or an empty mount point, nothing is written.
    const complete = await readPart(folder, recipientFile);
    if (!complete.ok) return complete;
    const written = await write(fileOf(name), await seal(value, key));
    if (!written.ok) return written;
    const back = await read(name, key);
    if (!back.ok) return back;
    return back.value === value ? done : fail(failure('secret-not-storable', { reason: 'not-read-back' }));
  }

  async function drop(name: SecretName): Promise<Result<void, SecretStoreFailure>> {
    const complete = await readPart(folder, recipientFile);
    if (!complete.ok) return complete;
    try {
      await unlink(fileOf(name));
      await syncFolder(folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return fail(storageFailed(fileOf(name), error));
    }
    return done;
  }

  /** Runs the task with the identity; a store that was closed has none. */
  function whenOpen<T>(
    name: SecretName,
    task: (key: string) => Promise<Result<T, SecretStoreFailure>>,
  ): Promise<Result<T, SecretStoreFailure>> {
    return inTurn(name, async () =>
      opened === null ? fail(failure('keychain-locked')) : await task(opened),
    );
  }

  async function getOne(name: SecretName): Promise<Result<Secret, SecretStoreFailure>> {
    const value = await whenOpen(name, (key) => read(name, key));
    return value.ok ? ok(new Secret(value.value)) : value;
  }

  async function putOne(name: SecretName, secret: Secret): Promise<Result<void, SecretStoreFailure>> {
    const storable = checkStorable(secret);
    return storable.ok ? await whenOpen(name, (key) => put(name, secret.reveal(), key)) : storable;
  }

  return {
    kind: 'sealed-files',
    put: putOne,
    get: getOne,
    drop: (name) => whenOpen(name, () => drop(name)),
    ...manySealedFiles({ folder, batches, identity: () => opened, fileOf, whenOpen, getOne, putOne }),
    async close() {
      opened = null;
    },
  };
}
