import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { FileSystem } from './file-system.ts';
import type { Place } from './locate.ts';
import { isUnchanged, type Snapshot } from './snapshot.ts';

const LINE_FEED = 0x0a;

/**
 * Writes `bytes` into the file itself, for files whose place no other may take. First the space is taken by
 * adding line feeds, then all from the first difference on is written in one call, then what is too much is cut
 * off: a process killed between the calls leaves the old or the new text, perhaps with blank lines after it.
 * A power cut, or a kill within a change of more than 4 KiB, can leave a part of it; hence the second choice.
 * A file that is no longer as it was in `before` is left alone (`changed`). Throws what the system answers,
 * after putting the old text back.
 */
export async function overwriteFile(
  fs: FileSystem,
  place: Place,
  before: Snapshot,
  bytes: Uint8Array,
): Promise<'replaced' | 'changed'> {
  const handle = await fs.open(place.real, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    if (!(await isUnchanged(fs, place, before))) return 'changed';
    try {
      await overwrite(handle, before.bytes, bytes);
    } catch (error) {
      await putBack(handle, before.bytes);
      throw error;
    }
    return 'replaced';
  } finally {
    await handle.close();
  }
}

async function overwrite(handle: FileHandle, old: Uint8Array, bytes: Uint8Array): Promise<void> {
  const length = Math.max(old.length, bytes.length);
  if (length > old.length) {
    await writeAt(handle, new Uint8Array(length - old.length).fill(LINE_FEED), old.length);
    await handle.sync();
  }
  const padded = new Uint8Array(length).fill(LINE_FEED);
  padded.set(bytes);
  const from = firstDifference(old, bytes);
  await writeAt(handle, padded.subarray(from), from);
  await handle.sync();
  await handle.truncate(bytes.length);
  await handle.sync();
}

/** The space for the old text was never given up, so that this works on a full disk too. */
async function putBack(handle: FileHandle, old: Uint8Array): Promise<void> {
  await writeAt(handle, old, 0);
  await handle.truncate(old.length);
  await handle.sync();
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}
