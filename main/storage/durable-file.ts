import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What temporary files of a durable write are called; whoever finds one may remove it. */
export const temporaryFile = /^\.[^/\\]+\.[0-9a-f]{12}\.tmp$/;

/**
 * Replaces the file's content so that a crash at any moment leaves the old content or the new one, and the new
 * one has reached the disk when this answers. The new file has exactly `mode`. A failure leaves the old file as
 * it was and no temporary file behind; it is thrown as the NodeJS.ErrnoException that the system gave.
 */
export async function writeDurably(file: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
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
    await rename(temporary, file);
  } catch (error) {
    // The failure of the write is what counts; what cannot be removed is recognised by its name later.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(file));
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
