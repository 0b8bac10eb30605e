import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { FileSystem } from './file-system.ts';
import type { InPlaceJournal } from './in-place-journal.ts';
import { alikeFromStart } from './in-place-mixture.ts';
import type { Place } from './locate.ts';
import { isUnchanged, type Snapshot } from './snapshot.ts';

const LINE_FEED = 0x0a;

/** What an edit in place can be taken back with, and the clock. */
export interface Undo {
  readonly journal: InPlaceJournal | null;
  readonly now: () => number;
}

/**
 * Writes `bytes` into the file itself, for files whose place no other may take. First the space is taken by
 * adding line feeds, then all from the first difference on is written in one call, then what is too much is cut
 * off. A crash or a power cut at any byte in between leaves a mixture that `recoverInPlace` makes into the old text
 * again; without a journal nothing does. A file that is no longer as it was in `before` is left alone (`changed`).
 * Throws what the system answers, after putting the old text back.
 */
export async function overwriteFile(
  fs: FileSystem,
  place: Place,
  before: Snapshot,
  bytes: Uint8Array,
  { journal, now }: Undo,
): Promise<'replaced' | 'changed'> {
  const { real } = place;
  const handle = await fs.open(real, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const { ino } = await handle.stat({ bigint: true });
    await journal?.keep({ real, ino, at: now(), before: before.bytes, after: bytes });
    // Last, since the record takes its time.
    const isAsBefore = ino === before.stat?.ino && (await isUnchanged(fs, place, before));
    try {
      if (isAsBefore) await overwrite(handle, before.bytes, bytes);
    } catch (error) {
      await putBack(handle, before.bytes);
      await forget(journal, real);
      throw error;
    }
    await forget(journal, real);
    return isAsBefore ? 'replaced' : 'changed';
  } finally {
    await handle.close();
  }
}

async function forget(journal: InPlaceJournal | null, real: string): Promise<void> {
  // The file is whole and on the disk: a record that stays is found to be of no use, and goes then.
  await journal?.clear(real).catch(() => undefined);
}

async function overwrite(handle: FileHandle, old: Uint8Array, bytes: Uint8Array): Promise<void> {
  const length = Math.max(old.length, bytes.length);
  if (length > old.length) {
    await writeAt(handle, new Uint8Array(length - old.length).fill(LINE_FEED), old.length);
    await handle.sync();
  }
  const padded = new Uint8Array(length).fill(LINE_FEED);
  padded.set(bytes);
  const from = alikeFromStart(old, bytes);
  await writeAt(handle, padded.subarray(from), from);
  await handle.sync();
  await handle.truncate(bytes.length);
  await handle.sync();
}

/** Writes the old text over whatever is there. Its space was never given up, so that this works on a full disk too. */
export async function putBack(handle: FileHandle, old: Uint8Array): Promise<void> {
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
