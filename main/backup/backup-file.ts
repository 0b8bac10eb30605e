import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { checkPlace, type WriteFailure } from '../storage/check-place.ts';
import { writeDurably } from '../storage/durable-file.ts';
import { codeOf, isNoSuchPlace, reasonOf } from '../storage/storage-failure.ts';

/** A backup of ten thousand keys has about ten megabytes; more than this is no backup. */
export const backupLimitBytes = 256 * 1024 * 1024;

export type ReadFailure = Failure<
  'path-not-absolute' | 'file-is-folder' | 'file-gone' | 'file-unreadable' | 'file-too-big'
>;

/**
 * Writes the backup, readable by its owner only, and compares what the disk gives back. On disk when it answers; an
 * earlier file is replaced whole or stays as it was.
 */
export async function writeBackup(
  file: string,
  bytes: Uint8Array,
  replace: boolean,
): Promise<Result<void, WriteFailure>> {
  const place = await checkPlace(file, replace);
  if (!place.ok) return place;
  try {
    await writeDurably(file, bytes, 0o600);
    if ((await readFile(file)).equals(bytes)) return done;
    return fail(failure('file-unwritable', { file, reason: 'It was not read back as it was written' }));
  } catch (error) {
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
}

/** Opening what is no file, such as a pipe, does not wait for its other end. Windows has no such flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The bytes of a file that is meant to be a backup. */
export async function readBackup(file: string): Promise<Result<Uint8Array, ReadFailure>> {
  if (!isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, openFlags);
    const stats = await handle.stat();
    if (stats.isDirectory()) return fail(failure('file-is-folder', { file }));
    if (!stats.isFile())
      return fail(failure('file-unreadable', { file, reason: 'It is not an ordinary file' }));
    if (stats.size > backupLimitBytes)
      return fail(failure('file-too-big', { file, limitBytes: backupLimitBytes }));
    return ok(await handle.readFile());
  } catch (error) {
    if (isNoSuchPlace(error)) return fail(failure('file-gone', { file }));
    if (codeOf(error) === 'EISDIR') return fail(failure('file-is-folder', { file }));
    return fail(failure('file-unreadable', { file, reason: reasonOf(error) }));
  } finally {
    await handle?.close();
  }
}
