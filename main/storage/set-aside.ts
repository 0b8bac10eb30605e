import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { SetAside } from './records.ts';

/**
 * Keeps a copy of something damaged in `set-aside/` within the folder, under a name that begins with the date, and
 * answers where. The copy is durable when this answers, so that the original may be replaced from then on.
 * Throws what the file system throws: then the original must stay as it is.
 */
export async function setAside(
  folder: string,
  name: string,
  content: Uint8Array | string,
  reason: SetAside['reason'],
  at: number,
): Promise<SetAside> {
  const place = join(folder, 'set-aside');
  const made = await mkdir(place, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(place));
  // A colon may not stand in a file name on Windows.
  const date = new Date(at).toISOString().replaceAll(':', '-');
  const file = join(place, `${date} ${reason} ${name}`);
  await writeDurably(file, content, 0o600);
  return { file, reason };
}
