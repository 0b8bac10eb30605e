import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { writeDurably } from '../storage/durable-file.ts';

/*
 * What is in a folder of sealed files, all in the standard age format (https://age-encryption.org/v1):
 *
 *   identity.age    the X25519 identity ("AGE-SECRET-KEY-1…"), encrypted with the passphrase (scrypt). Not there when
 *                   the keychain has the identity.
 *   recipient.txt   the public half ("age1…"), which shows that the folder is complete, and whose it is.
 *   <name>.age      one secret each, encrypted to that recipient.
 *
 * Without Keyturn: `age -d -i identity.age vault.age`; age asks for the passphrase.
 */

export const identityFile = 'identity.age';
export const recipientFile = 'recipient.txt';

/** A file of the folder that the system would not read or write. */
export function storageFailed(file: string, error: unknown): Failure<'storage-failed'> {
  return failure('storage-failed', { file, reason: codeOf(error) ?? String(error) });
}

/** The system's code of the error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

/** The content of a file, or null where there is none. */
export async function readIfThere(file: string): Promise<Result<Buffer | null, Failure<'storage-failed'>>> {
  try {
    return ok(await readFile(file));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? ok(null) : fail(storageFailed(file, error));
  }
}

/** Writes a file of the folder: durable, whole or not at all, readable by its owner only. */
export async function write(
  file: string,
  bytes: Uint8Array | string,
): Promise<Result<void, Failure<'storage-failed'>>> {
  try {
    return ok(await writeDurably(file, bytes, 0o600));
  } catch (error) {
    return fail(storageFailed(file, error));
  }
}

/** Makes the folder, for its owner only. One that already holds secrets is left alone. */
export async function prepareFolder(folder: string): Promise<Result<void, Failure<'storage-failed'>>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const secrets = (await readdir(folder)).filter((name) => name.endsWith('.age') && name !== identityFile);
    if (secrets.length === 0) return ok(undefined);
    return fail(failure('storage-failed', { file: folder, reason: 'it holds the secrets of a vault' }));
  } catch (error) {
    return fail(storageFailed(folder, error));
  }
}

/** How the folder's identity is locked; null where there is no complete folder. */
export async function sealedFilesLockedBy(
  folder: string,
): Promise<Result<'passphrase' | 'keychain' | null, Failure<'storage-failed'>>> {
  const isThere = async (name: string) => {
    try {
      return (await stat(join(folder, name))).isFile();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  };
  try {
    if (!(await isThere(recipientFile))) return ok(null);
    return ok((await isThere(identityFile)) ? 'passphrase' : 'keychain');
  } catch (error) {
    return fail(storageFailed(folder, error));
  }
}

/**
 * The identity, locked with the passphrase. The work factor is the base-2 logarithm of scrypt's N; each step doubles
 * the time. The library computes it in one go, so the process does nothing else meanwhile.
 */
export async function lockIdentity(
  identity: string,
  passphrase: string,
  workFactor: number,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return await encrypter.encrypt(`${identity}\n`);
}

/** The identity from its file. A file that was damaged within its lock cannot be told from a wrong passphrase. */
export async function unlockIdentity(
  bytes: Uint8Array,
  passphrase: string,
): Promise<Result<string, Failure<'passphrase-wrong' | 'secret-unreadable'>>> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const identity = (await decrypter.decrypt(bytes, 'text')).trim();
    await identityToRecipient(identity);
    return ok(identity);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/no identity matched/.test(reason)) return fail(failure('passphrase-wrong'));
    return fail(failure('secret-unreadable', { name: identityFile, reason }));
  }
}
