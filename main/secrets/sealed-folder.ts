import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
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

/** Writes a file of the folder as `write` does, and answers only when the disk has given back the same bytes. */
export async function writeAndCompare(
  file: string,
  bytes: Uint8Array | string,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const written = await write(file, bytes);
  if (!written.ok) return written;
  const back = await readIfThere(file);
  if (!back.ok) return back;
  if (back.value?.equals(Buffer.from(bytes))) return done;
  return fail(failure('storage-failed', { file, reason: 'it does not hold what was written' }));
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
