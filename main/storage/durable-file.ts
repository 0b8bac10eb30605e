import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Replaces the file's content so that a crash at any moment leaves the old content or the new one, and the new
 * one has reached the disk when this answers. The new file has exactly `mode`. A failure leaves the old file as
 * it was and no temporary file behind; it is thrown as the NodeJS.ErrnoException that the system gave.
 */
export async function writeDurably(file: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  await replaceFile(file, bytes, mode);
  await syncFolder(dirname(file));
}

/**
 * Replaces the file's content as `writeDurably` does, but for the folder: that the file is in it lasts only when
 * `syncFolder` has answered. For many files of one folder, which is then synced once.
 */
export async function replaceFile(file: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  const unique = randomBytes(6).toString('hex');
  const temporary = join(dirname(file), `${temporaryStart(file)}${unique}${temporaryEnd}`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      // The mode of `open` is cut by the umask.
      await handle.chmod(mode);
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await putInPlace(temporary, file);
  } catch (error) {
    // The failure of the write is what counts; `removeLeftOvers` finds what cannot be removed now.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Makes what was created, renamed or removed in the folder last through a power cut. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what durable writes of this file left behind that a crash cut short. Not while it is being written. */
export async function removeLeftOvers(file: string): Promise<void> {
  const names = await readdir(dirname(file));
  const left = names.filter((name) => isLeftOver(name, basename(file)));
  await Promise.all(left.map((name) => rm(join(dirname(file), name), { force: true })));
}

const temporaryEnd = '.tmp';

function temporaryStart(file: string): string {
  return `.${basename(file)}.`;
}

function isLeftOver(name: string, file: string): boolean {
  const start = temporaryStart(file);
  return name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length));
}

/** On Windows a virus scanner may hold the file for a moment. */
async function putInPlace(temporary: string, file: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(temporary, file);
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 10) throw error;
      await wait(20 * attempt);
    }
  }
}
