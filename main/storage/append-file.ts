import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable-file.ts';
import { isAbsent } from './storage-failure.ts';

/**
 * Adds text to the end of the file, made with mode 0600 when it is not there, and answers the file's new size in
 * bytes; on disk (fsync) when it answers. When it fails the file is cut back to what it was, so that no half line
 * stands before a later one; it throws what the system threw. One call at a time for each file.
 */
export async function appendDurably(file: string, text: string): Promise<number> {
  const handle = await open(file, 'a', 0o600);
  try {
    const before = (await handle.stat()).size;
    try {
      await handle.appendFile(text);
      await handle.sync();
    } catch (error) {
      // Where even cutting fails, the half line is recognised as one when the file is read.
      await handle.truncate(before).catch(() => undefined);
      throw error;
    }
    if (before === 0) await syncFolder(dirname(file));
    return before + Buffer.byteLength(text);
  } finally {
    await handle.close();
  }
}

/** The file's bytes; empty when it is not there. Throws for every other reason. */
export async function readOrEmpty(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isAbsent(error)) return Buffer.alloc(0);
    throw error;
  }
}
