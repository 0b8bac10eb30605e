import { type BigIntStats, constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FileSystem } from './file-system.ts';
import { errnoOf, reasonOf } from './fs-failure.ts';
import type { Place } from './locate.ts';

/** The largest file that is read: far above any `.env` file, far below what would stall the app. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
export const TOO_LARGE = 'larger than 16 MiB';

/** A file at one moment: its bytes and what the system says of it. `stat` is null when it is not there. */
export interface Snapshot {
  readonly bytes: Uint8Array;
  readonly stat: BigIntStats | null;
}

/** Reads a place. A file that is not there has no bytes and no stat; an error is never taken for that. */
export async function takeSnapshot(
  fs: FileSystem,
  place: Place,
  maxBytes = MAX_FILE_BYTES,
): Promise<Result<Snapshot, EnvFileFailure>> {
  if (!place.exists) return ok({ bytes: new Uint8Array(), stat: null });
  const { file } = place;
  try {
    // Links were followed already; a pipe put here since then must not make us wait.
    const handle = await fs.open(place.real, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    try {
      const stat = await handle.stat({ bigint: true });
      if (stat.isDirectory()) return fail(failure('file-is-folder', { file }));
      if (stat.size > maxBytes)
        return fail(failure('file-unreadable', { file, reason: `It is ${TOO_LARGE}` }));
      const bytes = await readAll(handle, Number(stat.size));
      if (isSameStat(stat, await handle.stat({ bigint: true }))) return ok({ bytes, stat });
      return fail(failure('file-changed', { file }));
    } finally {
      await handle.close();
    }
  } catch (error) {
    // It was there when it was located.
    if (errnoOf(error) === 'ENOENT') return fail(failure('file-changed', { file }));
    return fail(failure('file-unreadable', { file, reason: reasonOf(error) }));
  }
}

/** Whether the place is as it was: the same file, not written to since, with the same bytes. */
export async function isUnchanged(fs: FileSystem, place: Place, before: Snapshot): Promise<boolean> {
  if (before.stat === null) return isInPlace(fs, place, before);
  const now = await takeSnapshot(fs, place);
  if (!now.ok || now.value.stat === null) return false;
  return isSameStat(before.stat, now.value.stat) && Buffer.compare(before.bytes, now.value.bytes) === 0;
}

/** Whether what is at the place says of itself what it said before: one look, for the last moment before a step. */
export async function isInPlace(fs: FileSystem, place: Place, before: Snapshot): Promise<boolean> {
  try {
    const now = await fs.lstat(place.real, { bigint: true });
    return before.stat !== null && isSameStat(before.stat, now);
  } catch (error) {
    return before.stat === null && errnoOf(error) === 'ENOENT';
  }
}

// Windows has neither flag.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/** As much as there should be: a file that grows or shrinks meanwhile is told by its stat. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(buffer, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function isSameStat(a: BigIntStats, b: BigIntStats): boolean {
  const facts = ['dev', 'ino', 'size', 'mtimeNs', 'mode', 'uid', 'gid'] as const;
  return facts.every((fact) => a[fact] === b[fact]);
}
