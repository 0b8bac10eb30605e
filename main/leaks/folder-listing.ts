import { type Dirent, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { bytesOfPath, latin1Root, readablePath } from './latin1-path.ts';
import { reasonToSkip } from './skipped.ts';

/**
 * A part of the work: a folder with all below it or, where `files` are named, these files of it, with a NUL between two. Paths
 * are relative to the folder that is searched; names are in Latin-1, one character for each byte, so that those which are
 * no UTF-8 are kept.
 */
export interface FolderTask {
  readonly folder: string;
  readonly files: string | null;
}

/** What a listing tells while it goes on. Paths are in UTF-8. */
export interface FolderListingReport {
  skipped(folder: string, reason: string): void;
  /** A Git repository that lies in the folder. */
  repository(folder: string): void;
}

export interface FolderListing {
  /** What there is to do in a folder: its files, and the folders in it. */
  tasksIn(folder: string): FolderTask[];
  /** Puts what is in the folders among the tasks in their place, until it is enough or all is listed. */
  listAhead(tasks: readonly FolderTask[], isEnough: () => boolean): FolderTask[];
}

export const nameEnd = '\0';
const filesOfTask = 512;
/** Tasks of files; more are not kept in memory before any of them is searched. */
const mostListed = 50_000;

/**
 * Lists folders, and follows no links. Of a `.git` folder only what its user wrote is listed: the configuration, where
 * addresses with a password in them stand, and hooks; all else has to be read through Git.
 */
export function createFolderListing(root: string, report: FolderListingReport): FolderListing {
  const base = latin1Root(root);

  function tasksIn(folder: string): FolderTask[] {
    let entries: Dirent[];
    try {
      entries = readdirSync(bytesOfPath(base + folder), { withFileTypes: true, encoding: 'latin1' });
    } catch (error) {
      const reason = reasonToSkip(error);
      if (reason !== null) report.skipped(readablePath(folder), reason);
      return [];
    }
    const inGit = insideGit(folder);
    const tasks: FolderTask[] = [];
    const files: string[] = [];
    for (const entry of entries) {
      if (entry.name === '.git' && inGit === null) report.repository(readablePath(folder));
      if (entry.isFile()) {
        if (inGit === null || isOfUser(inGit, entry.name)) files.push(entry.name);
      } else if (entry.isDirectory() && (inGit === null || !keptByGit.has(entry.name)))
        tasks.push({ folder: pathIn(folder, entry.name), files: null });
    }
    for (let from = 0; from < files.length; from += filesOfTask)
      tasks.push({ folder, files: files.slice(from, from + filesOfTask).join(nameEnd) });
    return tasks;
  }

  function listAhead(tasks: readonly FolderTask[], isEnough: () => boolean): FolderTask[] {
    const folders = tasks.filter(({ files }) => files === null);
    const listed = tasks.filter(({ files }) => files !== null);
    while (folders.length > 0 && listed.length < mostListed && !isEnough()) {
      for (const task of tasksIn((folders.pop() as FolderTask).folder))
        (task.files === null ? folders : listed).push(task);
    }
    return [...folders, ...listed];
  }

  return { tasksIn, listAhead };
}

/** The path of something in a folder of the search. */
export const pathIn = (folder: string, name: string): string => (folder === '' ? name : folder + sep + name);

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
