import { copyFileSync, linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { isAbsent } from './storage-failure.ts';
import { type StoreLike, storeOptions } from './store-like.ts';

/**
 * [Note: the generation before]
 * A change replaces the file by another one, so a second name (`.bak`) for the old file keeps the old content
 * without writing it again. Call it only for a file that is known to be good: it takes the place of the last one.
 */
export function keepGeneration(path: string): void {
  const temporary = `${path}.bak.tmp`;
  rmSync(temporary, { force: true });
  nameAgain(path, temporary);
  renameSync(temporary, `${path}.bak`);
}

/**
 * Replaces the store's file and reads it back. When that fails, the file is what it was or, where Conf had put
 * something else in place, the generation before; it throws what the system threw.
 */
export function replaceStore(store: StoreLike, value: Record<string, unknown>): void {
  hidingSnap(() => {
    store.store = value;
  });
  // Conf takes a short write (a full disk) for a whole one and puts it in place.
  if (readFileSync(store.path, 'utf8') === storeOptions.serialize(value)) return;
  bringBackGeneration(store.path);
  throw new Error('the file was not read back as it was written');
}

function bringBackGeneration(path: string): void {
  const temporary = `${path}.bak.tmp`;
  try {
    nameAgain(`${path}.bak`, temporary);
    renameSync(temporary, path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    // There was no generation before this one: no file is the state before.
    rmSync(path, { force: true });
  }
}

/**
 * Conf writes in place, neither atomically nor through to the disk, where it finds SNAP in the environment, as every
 * program does that was started from the terminal of a Snap. So it must not see it while it writes.
 */
function hidingSnap(write: () => void): void {
  const snap = process.env.SNAP;
  delete process.env.SNAP;
  try {
    write();
  } finally {
    if (snap !== undefined) process.env.SNAP = snap;
  }
}

/**
 * Gives the file a second name. Copies it where the file system has no such thing, and on Windows, where Conf may
 * fall back to writing into the file, which would reach it under both names.
 */
function nameAgain(file: string, other: string): void {
  if (process.platform === 'win32') {
    copyFileSync(file, other);
    return;
  }
  try {
    linkSync(file, other);
  } catch (error) {
    if (isAbsent(error)) throw error;
    copyFileSync(file, other);
  }
}
