import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { SetAside } from './records.ts';
import { isAbsent } from './storage-failure.ts';

/**
 * [Note: damage is kept]
 * Whatever cannot be read as what it was goes to `set-aside/` beside it before anything takes its place, under a name
 * that says when, why and what it was. Nothing ever removes a file from there.
 */

/** The folder for what is damaged within `folder`. */
export function setAsideFolder(folder: string): string {
  return join(folder, 'set-aside');
}

/**
 * Keeps a copy of something damaged in `set-aside/` within the folder and answers where. The copy is durable when this
 * answers, so that the original may be replaced from then on. Throws what the file system throws: then the original
 * must stay as it is.
 */
export async function setAside(
  folder: string,
  name: string,
  content: Uint8Array | string,
  reason: SetAside['reason'],
  at: number,
): Promise<SetAside> {
  const file = await freePlace(folder, name, reason, at);
  await writeDurably(file, content, 0o600);
  return { file, reason };
}

/**
 * Moves what cannot even be read, a folder in a file's place or a file that we may not open, to `set-aside/`, and
 * answers where. Throws as `setAside` does, and leaves it where it is then.
 */
export async function moveAside(path: string, at: number): Promise<SetAside> {
  const folder = dirname(path);
  const file = await freePlace(folder, basename(path), 'unreadable', at);
  await rename(path, file);
  await syncFolder(setAsideFolder(folder));
  await syncFolder(folder);
  return { file, reason: 'unreadable' };
}

/** As `moveAside`, for where nothing can be waited for. The folders are not synced: the move may be undone by a power cut. */
export function moveAsideSync(path: string, at: number): SetAside {
  const place = setAsideFolder(dirname(path));
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const file = join(place, freeName(new Set(readdirSync(place)), basename(path), 'unreadable', at));
  renameSync(path, file);
  return { file, reason: 'unreadable' };
}

/** A file that was set aside, as its name tells it. */
export interface AsideName {
  readonly file: string;
  readonly at: number;
  readonly reason: SetAside['reason'];
  /** The name that it had. */
  readonly was: string;
}

/** What was set aside within the folder. Names that are not ours are passed over. */
export async function listSetAside(folder: string): Promise<AsideName[]> {
  return (await namesIn(setAsideFolder(folder))).flatMap((file) => asideName(file) ?? []);
}

const namePattern =
  /^(\d{4}-\d{2}-\d{2}T)(\d{2})-(\d{2})-(\d{2}\.\d{3}Z) (unreadable|altered|cut-short)(?: \(\d+\))? (.+)$/;

function asideName(file: string): AsideName | null {
  const [, day, hour, minute, second, reason, was] = namePattern.exec(file) ?? [];
  const at = Date.parse(`${day}${hour}:${minute}:${second}`);
  if (was === undefined || Number.isNaN(at)) return null;
  return { file, at, reason: reason as SetAside['reason'], was };
}

/** A path in `set-aside/` that no file has, so that two findings of one instant are both kept. */
async function freePlace(
  folder: string,
  name: string,
  reason: SetAside['reason'],
  at: number,
): Promise<string> {
  const place = setAsideFolder(folder);
  const made = await mkdir(place, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(place));
  return join(place, freeName(new Set(await namesIn(place)), name, reason, at));
}

function freeName(taken: ReadonlySet<string>, name: string, reason: SetAside['reason'], at: number): string {
  // A colon may not stand in a file name on Windows.
  const start = `${new Date(at).toISOString().replaceAll(':', '-')} ${reason}`;
  let file = `${start} ${name}`;
  for (let count = 2; taken.has(file); count += 1) file = `${start} (${count}) ${name}`;
  return file;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
