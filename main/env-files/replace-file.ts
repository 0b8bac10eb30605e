import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FileSystem } from './file-system.ts';
import { errnoOf } from './fs-failure.ts';
import type { Place } from './locate.ts';
import { isInPlace, isUnchanged, type Snapshot } from './snapshot.ts';

/** How a replacement ended. `impossible`: no new file can take this one's place (a bind mount, a foreign owner). */
export type Replacement = 'replaced' | 'changed' | 'impossible';

/** The mode of a file that only its owner may read and write. */
export const OWNER_ONLY = 0o600;
const LEFTOVER_AGE_MS = 60_000;

/**
 * Puts `bytes` in the place of the file in one step: whoever looks sees the old file or the new one, and so does
 * whoever looks after a crash or a power cut; after `syncFolderOf` it is the new one. Mode and owner are kept; a new file gets `newMode`. A file
 * that is no longer as it was in `before` is left alone (`changed`). Throws what the system answers, and
 * then the old file is as it was.
 */
export async function replaceFile(
  fs: FileSystem,
  place: Place,
  before: Snapshot,
  bytes: Uint8Array,
  newMode: number,
): Promise<Replacement> {
  const temporary = `${place.real}.keyturn-${randomBytes(8).toString('hex')}`;
  const handle = await fs.open(
    temporary,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
    OWNER_ONLY,
  );
  try {
    try {
      await handle.writeFile(bytes);
      if (!(await takeOver(handle, before, newMode))) return await withdraw(fs, temporary, 'impossible');
      await handle.sync();
    } finally {
      await handle.close();
    }
    const isAsBefore = (await isUnchanged(fs, place, before)) && (await isInPlace(fs, place, before));
    if (!isAsBefore) return await withdraw(fs, temporary, 'changed');
    await fs.rename(temporary, place.real);
  } catch (error) {
    await withdraw(fs, temporary, 'impossible');
    if (before.stat !== null && RENAME_REFUSALS.has(errnoOf(error) ?? '')) return 'impossible';
    throw error;
  }
  return 'replaced';
}

/** Removes what writes that were cut short left beside this file, a minute ago or longer. */
export async function removeLeftovers(fs: FileSystem, place: Place, now: number): Promise<void> {
  const folder = path.dirname(place.real);
  const start = `${path.basename(place.real)}.keyturn-`;
  // A leftover that cannot be listed or removed harms nobody's write: it is tried again next time.
  const names = await fs.readdir(folder).catch(() => []);
  const leftovers = names.filter(
    (name) => name.startsWith(start) && /^[0-9a-f]{16}$/.test(name.slice(start.length)),
  );
  for (const name of leftovers) {
    const leftover = path.join(folder, name);
    const stat = await fs.lstat(leftover).catch(() => undefined);
    if (stat?.isFile() && now - stat.mtimeMs > LEFTOVER_AGE_MS)
      await fs.unlink(leftover).catch(() => undefined);
  }
}

// A bind mount (EBUSY, EXDEV), and a folder where only a file's owner may replace it (EPERM, EACCES).
const RENAME_REFUSALS: ReadonlySet<string> = new Set(['EBUSY', 'EXDEV', 'EPERM', 'EACCES']);

/** Gives the new file the owner and mode of the old one; false when the owner cannot be kept. */
async function takeOver(handle: FileHandle, { stat }: Snapshot, newMode: number): Promise<boolean> {
  const fresh = await handle.stat({ bigint: true });
  const isOwn = stat === null || (fresh.uid === stat.uid && fresh.gid === stat.gid);
  if (!isOwn) {
    try {
      await handle.chown(Number(stat.uid), Number(stat.gid));
    } catch (error) {
      if (errnoOf(error) === 'EPERM') return false;
      throw error;
    }
  }
  const mode = stat === null ? newMode : Number(stat.mode) & 0o7777;
  // After the owner: a change of owner takes the set-id bits away.
  if (!isOwn || (Number(fresh.mode) & 0o7777) !== mode) await handle.chmod(mode);
  return true;
}

async function withdraw<T>(fs: FileSystem, temporary: string, outcome: T): Promise<T> {
  // It may be gone already, and the reason why we are here matters more.
  await fs.unlink(temporary).catch(() => undefined);
  return outcome;
}

/** Makes a replacement last through a power cut. */
export async function syncFolderOf(fs: FileSystem, place: Place): Promise<void> {
  try {
    const handle = await fs.open(path.dirname(place.real), constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows and some network drives cannot: the new file is in place, and only a power cut could undo that.
  }
}
