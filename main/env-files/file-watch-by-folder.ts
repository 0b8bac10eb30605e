import { type FSWatcher, watch as watchPath } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { createLine } from '../turns.ts';
import type { FileWatch } from './file-watch.ts';
import { errnoOf } from './fs-failure.ts';

/** What `createFileWatch` can be given instead of the real thing. */
export interface FileWatchOptions {
  readonly watchFolder?: typeof watchPath;
  /** How long after the first sign of a change it is looked at, in milliseconds. */
  readonly settleMs?: number;
  /** How often is looked at what sends no signs, in milliseconds. */
  readonly pollMs?: number;
}

/** A file as it was last seen. `print` is another one after every change; null before the first look. */
interface Seen {
  readonly print: string | null;
  /** The real folders that its changes show in. */
  readonly folders: readonly string[];
  /** Whether these folders show every change: there are no links on the way, and no second name for the file. */
  readonly isPlain: boolean;
  readonly changedAt: number;
}

interface WatchedFolder {
  readonly watcher: FSWatcher;
  readonly print: string;
  /** The files whose changes show in it. */
  files: readonly string[];
}

/** Every so many polls all files are looked at: for network drives, bind mounts and whatever else sends no sign. */
const POLLS_PER_SWEEP = 10;
const AT_ONCE = 64;
/** The system watches no more folders, or for no more programs. */
const LIMITS: ReadonlySet<string> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);
/** How coarse the time of a change may be. */
const CLOCK_STEP_MS = 50;
const unseen: Seen = { print: null, folders: [], isPlain: false, changedAt: 0 };

/**
 * A watch over folders, each watched once whatever lies in it, since a folder sees its files come, go and be replaced.
 * A sign only makes it look: `changed` is told of what is another file, size or time than before. What cannot be
 * watched (a folder that is not there, more folders than the system watches) is looked at every few seconds. Keeps no
 * process from ending; never throws.
 */
export function createFileWatch(
  changed: (files: readonly string[]) => void,
  options: FileWatchOptions = {},
): FileWatch {
  const { watchFolder = watchPath, settleMs = 150, pollMs = 3_000 } = options;
  const inLine = createLine();
  const files = new Map<string, Seen>();
  const folders = new Map<string, WatchedFolder>();
  const toLookAt = new Set<string>();
  let since = 0;
  let polls = 0;
  let isStopped = false;
  let settling: NodeJS.Timeout | undefined;
  const polling = setInterval(() => void inLine(poll), pollMs).unref();

  function noteSign(signed: Iterable<string>): void {
    for (const file of signed) toLookAt.add(file);
    if (toLookAt.size === 0 || settling !== undefined || isStopped) return;
    settling = setTimeout(() => {
      settling = undefined;
      void inLine(lookAtNoted);
    }, settleMs).unref();
  }

  async function lookAtNoted(): Promise<void> {
    const noted = [...toLookAt].filter((file) => files.has(file));
    toLookAt.clear();
    const told: string[] = [];
    for (let at = 0; at < noted.length; at += AT_ONCE) {
      const some = noted.slice(at, at + AT_ONCE);
      const looks = await Promise.all(some.map(async (file) => [file, await look(file)] as const));
      for (const [file, now] of looks) {
        const before = files.get(file);
        // No longer wanted, meanwhile.
        if (before === undefined) continue;
        files.set(file, now);
        const isNews = before.print === null ? now.changedAt >= since : before.print !== now.print;
        if (isNews) told.push(file);
      }
    }
    if (isStopped) return;
    await watchFolders();
    if (told.length > 0 && !isStopped) changed(told);
  }

  /** Watches the folders that the files are in now, as many as the system allows, and no others. */
  async function watchFolders(): Promise<void> {
    const pairs = [...files].flatMap(([file, seen]) => seen.folders.map((folder) => ({ file, folder })));
    const wanted = Map.groupBy(pairs, ({ folder }) => folder);
    for (const folder of folders.keys()) if (!wanted.has(folder)) unwatch(folder);
    for (const [folder, its] of wanted) {
      const itsFiles = its.map(({ file }) => file);
      const watched = folders.get(folder);
      if (watched !== undefined) {
        watched.files = itsFiles;
        continue;
      }
      const print = await printOf(folder);
      if (isStopped) return;
      try {
        const watcher = watchFolder(folder, { persistent: false }, (_, name) => onSign(folder, name));
        folders.set(folder, { watcher, print, files: itsFiles });
        watcher.on('error', () => unwatch(folder));
        // They were looked at before anything told of changes.
        noteSign(itsFiles);
      } catch (error) {
        // What is not watched is polled, and tried again then. Of these errors the next folder would get the same.
        if (LIMITS.has(errnoOf(error) ?? '')) return;
      }
    }
  }

  function unwatch(folder: string): void {
    folders.get(folder)?.watcher.close();
    folders.delete(folder);
  }

  function onSign(folder: string, name: string | null): void {
    const itsFiles = folders.get(folder)?.files ?? [];
    const isOfFolder = name === path.basename(folder);
    // It may be gone or have been moved, and another be in its place.
    if (isOfFolder) unwatch(folder);
    // Linux names what changed exactly. Elsewhere the name may be missing, or be written in other letters.
    const isExact = process.platform === 'linux' && name !== null && !isOfFolder;
    noteSign(isExact ? itsFiles.filter((file) => isNamed(file, name)) : itsFiles);
  }

  /** A file with links on the way may go by another name in the folder. */
  function isNamed(file: string, name: string): boolean {
    return files.get(file)?.isPlain === false || path.basename(file) === name;
  }

  async function poll(): Promise<void> {
    polls += 1;
    for (const [folder, { print, files: itsFiles }] of folders) {
      if (print === (await printOf(folder))) continue;
      for (const file of itsFiles) toLookAt.add(file);
      unwatch(folder);
    }
    const isSweep = polls % POLLS_PER_SWEEP === 0;
    const isSilent = ({ isPlain, folders: own }: Seen) => !isPlain || !own.every((one) => folders.has(one));
    for (const [file, seen] of files) if (isSweep || isSilent(seen)) toLookAt.add(file);
    if (toLookAt.size > 0 && !isStopped) await lookAtNoted();
  }

  return {
    watch(wanted) {
      const isWanted = new Set(wanted);
      for (const file of files.keys()) if (!isWanted.has(file)) files.delete(file);
      const added = [...isWanted].filter((file) => !files.has(file));
      for (const file of added) files.set(file, unseen);
      // What changes from now on is news, although it was never seen before.
      if (added.length > 0) since = Date.now() - CLOCK_STEP_MS;
      for (const file of added) toLookAt.add(file);
      if (!isStopped) void inLine(lookAtNoted);
    },

    async stop() {
      isStopped = true;
      clearInterval(polling);
      clearTimeout(settling);
      files.clear();
      for (const folder of folders.keys()) unwatch(folder);
      await inLine(async () => {});
    },
  };
}

async function look(file: string): Promise<Seen> {
  const folder = await realpath(path.dirname(file)).catch(() => null);
  if (folder === null) return { ...unseen, print: 'no folder' };
  const named = path.join(folder, path.basename(file));
  try {
    const real = await realpath(file);
    const facts = await stat(real, { bigint: true });
    return {
      print: [real, facts.dev, facts.ino, facts.size, facts.mtimeNs, facts.ctimeNs].join(),
      folders: [...new Set([folder, path.dirname(real)])],
      isPlain: real === file && facts.nlink === 1n,
      changedAt: Number(facts.ctimeNs / 1_000_000n),
    };
  } catch {
    return { print: 'no file', folders: [folder], isPlain: named === file, changedAt: 0 };
  }
}

/** Which folder is at this path: another one after it was replaced. */
async function printOf(folder: string): Promise<string> {
  const facts = await stat(folder).catch(() => null);
  return facts === null ? 'no folder' : [facts.dev, facts.ino, facts.birthtimeMs].join();
}
