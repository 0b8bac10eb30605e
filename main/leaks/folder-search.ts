import { closeSync, constants, type Dirent, openSync, readdirSync, readSync } from 'node:fs';
import { sep } from 'node:path';
import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';
import type { Counters } from './counters.ts';
import { createStreamSearch } from './stream-search.ts';
import type { ValueIndex } from './value-index.ts';

/**
 * A part of the work: a folder with all below it or, where `files` are named, these files of it. Paths are relative to
 * the folder that is searched; names are in Latin-1, one character for each byte, so that those which are no
 * UTF-8 are kept.
 */
export interface FolderTask {
  readonly folder: string;
  readonly files: readonly string[] | null;
}

/** A value that stands in a file, told by its group, on a line counted from 1. */
export interface FileHit {
  readonly group: number;
  readonly line: number;
}

/** What a search tells while it goes on. Paths are in UTF-8. */
export interface FolderSearchReport {
  hits(file: string, hits: readonly FileHit[]): void;
  skipped(file: string, reason: string): void;
  /** A Git repository that lies in the folder. */
  repository(folder: string): void;
  /** Hands over work that another thread can do. */
  share(tasks: FolderTask[]): void;
}

/** Most files are smaller, and it stays in the processor's own memory. */
const bufferBytes = 256 * 1024;
const filesOfTask = 512;
/** Of one group in one file; more of them say nothing new. */
const mostHits = 10_000;

// Nothing is waited for where somebody puts a pipe in a file's place, and no link is followed. Windows has neither.
const howToOpen = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Searches the files of a folder, binary ones too, and follows no links. Of a `.git` folder only what its user wrote is
 * searched: the configuration, where addresses with a password in them stand, and hooks; all else has to be read through
 * Git. Answers the number of bytes read when there is nothing more to do here.
 */
export function createFolderSearch(
  root: string,
  index: ValueIndex,
  groupOf: (value: number) => number,
  counters: Counters,
  report: FolderSearchReport,
): (tasks: readonly FolderTask[]) => number {
  const rootBytes = Buffer.from(root.endsWith(sep) ? root : root + sep).toString('latin1');
  /** In the file that is being searched, by their groups. */
  const found = new Map<number, number[]>();
  const search = createStreamSearch(index, bufferBytes, (value, start) => {
    const group = groupOf(value);
    const places = found.get(group) ?? [];
    if (places.length < mostHits) places.push(start);
    found.set(group, places);
  });
  let bytes = 0;
  let untold = 0;

  function pathOf(relative: string): Buffer {
    return Buffer.from(rootBytes + relative, 'latin1');
  }

  function searchFile(file: string): void {
    let descriptor: number;
    try {
      descriptor = openSync(pathOf(file), howToOpen);
    } catch (error) {
      skip(file, error);
      return;
    }
    try {
      for (;;) {
        const room = search.room();
        const count = readSync(descriptor, room, 0, room.length, null);
        if (count === 0) break;
        search.filled(count);
        bytes += count;
        if (counters.get('stopped') > 0) break;
      }
      search.end();
      if (found.size > 0) tellHits(file, descriptor);
    } catch (error) {
      search.end();
      skip(file, error);
    } finally {
      found.clear();
      closeSync(descriptor);
    }
  }

  function tellHits(file: string, descriptor: number): void {
    const lines = linesAt(descriptor, [...found.values()].flat());
    const hits = Array.from(found, ([group, starts]) => {
      const once = new Set(starts.map((start) => lines.get(start) ?? 1));
      return Array.from(once, (line) => ({ group, line }));
    }).flat();
    counters.add('found', hits.length);
    report.hits(readable(file), hits);
  }

  function skip(file: string, error: unknown): void {
    // It is gone meanwhile, or a link or a folder has taken its place.
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EISDIR'].includes(errnoOf(error) ?? '')) return;
    report.skipped(readable(file), reasonOf(error));
  }

  function tasksIn(folder: string): FolderTask[] {
    let entries: Dirent[];
    try {
      entries = readdirSync(pathOf(folder), { withFileTypes: true, encoding: 'latin1' });
    } catch (error) {
      skip(folder, error);
      return [];
    }
    const inGit = insideGit(folder);
    const tasks: FolderTask[] = [];
    const files: string[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : folder + sep + entry.name;
      if (entry.name === '.git' && inGit === null) report.repository(readable(folder));
      if (entry.isFile()) {
        if (inGit === null || isOfUser(inGit, entry.name)) files.push(path);
      } else if (entry.isDirectory() && (inGit === null || !keptByGit.has(entry.name)))
        tasks.push({ folder: path, files: null });
    }
    for (let from = 0; from < files.length; from += filesOfTask)
      tasks.push({ folder, files: files.slice(from, from + filesOfTask) });
    return tasks;
  }

  function tellProgress(): void {
    const kibibytes = Math.floor((bytes - untold) / 1024);
    untold += kibibytes * 1024;
    counters.add('kibibytes', kibibytes);
  }

  return (given) => {
    const left = [...given];
    const before = bytes;
    for (let task = left.pop(); task !== undefined; task = left.pop()) {
      if (task.files === null) {
        for (const each of tasksIn(task.folder)) left.push(each);
      } else {
        for (const file of task.files) {
          if (counters.get('stopped') > 0) return bytes - before;
          searchFile(file);
        }
        counters.add('files', task.files.length);
        tellProgress();
      }
      if (left.length > 1 && counters.take('hungry')) {
        // The oldest are the highest in the tree, and so the most work.
        report.share(left.splice(0, Math.ceil(left.length / 2)));
      }
    }
    return bytes - before;
  };
}

/** Where in a `.git` folder a folder is; null for one that is in none. */
function insideGit(folder: string): string | null {
  const parts = folder.split(sep);
  const at = parts.indexOf('.git');
  return at === -1 ? null : parts.slice(at + 1).join('/');
}

/** What Git keeps of its own, also for submodules. */
const keptByGit = new Set(['objects', 'refs', 'logs', 'lfs', 'worktrees', 'rr-cache']);

const isOfUser = (inGit: string, name: string) =>
  name === 'config' || name === 'config.worktree' || /(^|\/)(hooks|info)$/.test(inGit);

/** The line that each place of the file is on. */
function linesAt(descriptor: number, places: readonly number[]): Map<number, number> {
  const lines = new Map<number, number>();
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  const buffer = Buffer.alloc(bufferBytes);
  let line = 1;
  let position = 0;
  let next = 0;
  while (next < sorted.length) {
    const count = readSync(descriptor, buffer, 0, buffer.length, position);
    if (count === 0) break;
    for (let at = 0; at < count && next < sorted.length; at += 1) {
      while (sorted[next] === position + at) {
        lines.set(position + at, line);
        next += 1;
      }
      if (buffer[at] === 0x0a) line += 1;
    }
    position += count;
  }
  buffer.fill(0);
  return lines;
}

function readable(path: string): string {
  return Buffer.from(path, 'latin1').toString('utf8');
}
