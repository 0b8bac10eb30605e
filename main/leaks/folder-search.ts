import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { Counters } from './counters.ts';
import { type FolderListing, type FolderTask, nameEnd, pathIn } from './folder-listing.ts';
import { bytesOfPath, latin1Root, readablePath } from './latin1-path.ts';
import { linesAt } from './lines-at.ts';
import { reasonToSkip } from './skipped.ts';
import { createStreamSearch } from './stream-search.ts';
import type { ValueIndex } from './value-index.ts';

/** A value that stands in a file, told by its group, on a line counted from 1. */
export interface FileHit {
  readonly group: number;
  readonly line: number;
}

/** What a search tells while it goes on. Paths are in UTF-8. */
export interface FolderSearchReport {
  hits(file: string, hits: readonly FileHit[]): void;
  skipped(file: string, reason: string): void;
  /** Hands over work that another thread can do. */
  share(tasks: FolderTask[]): void;
}

/** Most files are smaller, and it stays in the processor's own memory. */
const bufferBytes = 256 * 1024;
/** Of one group in one file; more of them say nothing new. */
const mostHits = 10_000;

// Nothing is waited for where somebody puts a pipe in a file's place, and no link is followed. Windows has neither.
const howToOpen = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Searches the files of a folder that its listing has, binary ones too, and follows no links. Answers the number of bytes
 * read when there is nothing more to do here.
 */
export function createFolderSearch(
  root: string,
  listing: Pick<FolderListing, 'tasksIn'>,
  index: ValueIndex,
  groupOf: (value: number) => number,
  counters: Counters,
  report: FolderSearchReport,
): (tasks: readonly FolderTask[]) => number {
  const base = latin1Root(root);
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

  function searchFile(file: string): void {
    let descriptor: number;
    try {
      descriptor = openSync(bytesOfPath(base + file), howToOpen);
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
    report.hits(readablePath(file), hits);
  }

  function skip(file: string, error: unknown): void {
    const reason = reasonToSkip(error);
    if (reason !== null) report.skipped(readablePath(file), reason);
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
        for (const each of listing.tasksIn(task.folder)) left.push(each);
      } else {
        const names = task.files.split(nameEnd);
        for (const name of names) {
          if (counters.get('stopped') > 0) return bytes - before;
          searchFile(pathIn(task.folder, name));
        }
        counters.add('files', names.length);
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
