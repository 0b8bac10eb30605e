import { constants } from 'node:fs';
import { access, type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { writeDurably } from '../storage/durable-file.ts';

/** A backup of ten thousand keys has about ten megabytes; more than this is no backup. */
export const backupLimitBytes = 256 * 1024 * 1024;

export type WriteFailure = Failure<
  'file-exists' | 'path-not-absolute' | 'file-is-folder' | 'folder-gone' | 'file-unwritable'
>;
export type ReadFailure = Failure<
  'path-not-absolute' | 'file-is-folder' | 'file-gone' | 'file-unreadable' | 'file-too-big'
>;

/** Whether a backup can be written there, before anything is read for it. Nothing is written. */
export async function checkPlace(file: string, replace: boolean): Promise<Result<void, WriteFailure>> {
  if (!isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
  const folder = dirname(file);
  try {
    if (!(await stat(folder)).isDirectory()) return fail(failure('folder-gone', { file }));
  } catch (error) {
    if (isAbsence(error)) return fail(failure('folder-gone', { file }));
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
  try {
    await access(folder, constants.W_OK);
    const there = await stat(file);
    if (there.isDirectory()) return fail(failure('file-is-folder', { file }));
    if (!there.isFile())
      return fail(failure('file-unwritable', { file, reason: 'It is not an ordinary file' }));
    return replace ? done : fail(failure('file-exists', { file }));
  } catch (error) {
    if (isAbsence(error)) return done;
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
}

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
    if (isAbsence(error)) return fail(failure('file-gone', { file }));
    if (codeOf(error) === 'EISDIR') return fail(failure('file-is-folder', { file }));
    return fail(failure('file-unreadable', { file, reason: reasonOf(error) }));
  } finally {
    await handle?.close();
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');

const reasonOf = (error: unknown): string =>
  codeOf(error) ?? (error instanceof Error ? error.message : String(error));
