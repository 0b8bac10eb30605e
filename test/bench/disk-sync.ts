import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { timesOf } from './median.ts';

/** About what a change writes where there are 10,000 keys: one of 128 stores. */
const bytes = Buffer.alloc(80_000, 'x');

/** How long this disk takes, now, to write a small file and sync it: what no change of a record can be faster than. */
export async function diskSyncTimes(folder: string, count: number): Promise<number[]> {
  const file = path.join(folder, 'sync-probe');
  try {
    return await timesOf(count, async () => {
      const handle = await open(file, 'w');
      await handle.write(bytes);
      await handle.sync();
      await handle.close();
    });
  } finally {
    await rm(file, { force: true });
  }
}
