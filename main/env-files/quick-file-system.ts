import * as node from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type FileSystem, realFileSystem } from './file-system.ts';

/** A folder that answers a first question within this time is on a disk of this machine. */
const QUICK_MS = 5;
/** What is longer than this is read and written by another thread, whatever the disk. */
const MAX_AT_ONCE_BYTES = 1024 * 1024;

const inThread = {
  read: promisify(node.read),
  write: promisify(node.write),
  fsync: promisify(node.fsync),
};

/**
 * The real file system, asked at once instead of by way of another thread where the folder has just answered quickly:
 * a call then takes microseconds, and so does what lies between a last look at a file and the step after it. The first
 * question about a folder (`realpath`) always goes by way of a thread, and so does all that takes long, and everything
 * in a folder that was slow: a network drive, or a disk that sleeps, keeps nobody waiting.
 */
export function createQuickFileSystem(): FileSystem {
  const quickFolders = new Set<string>();

  const isQuick = (file: string) => quickFolders.has(file) || quickFolders.has(path.dirname(file));

  /** The call itself where it is quick, and the one by way of a thread otherwise. */
  function either<Args extends readonly unknown[], T>(
    atOnce: (...args: Args) => unknown,
    inThread: (...args: Args) => Promise<T>,
  ) {
    return async (...args: Args): Promise<T> =>
      // Node gives the same from both.
      isQuick(String(args[0])) ? (atOnce(...args) as T) : inThread(...args);
  }

  const quick = {
    async realpath(folder: string): Promise<string> {
      const began = performance.now();
      const real = await realFileSystem.realpath(folder);
      if (performance.now() - began < QUICK_MS) quickFolders.add(real);
      else quickFolders.delete(real);
      return real;
    },
    access: either(node.accessSync, realFileSystem.access),
    lstat: either(node.lstatSync, realFileSystem.lstat),
    readdir: either(
      (folder: string) => node.readdirSync(folder),
      (folder: string) => realFileSystem.readdir(folder),
    ),
    readlink: either(
      (file: string) => node.readlinkSync(file),
      (file: string) => realFileSystem.readlink(file),
    ),
    rename: either(node.renameSync, realFileSystem.rename),
    stat: either(node.statSync, realFileSystem.stat),
    unlink: either(node.unlinkSync, realFileSystem.unlink),
    async open(file: string, flags: number, mode?: number): Promise<FileHandle> {
      return isQuick(file)
        ? handleOf(node.openSync(file, flags, mode))
        : realFileSystem.open(file, flags, mode);
    },
  };
  // The calls have more forms than are used here.
  return quick as unknown as FileSystem;
}

function handleOf(descriptor: number): FileHandle {
  const handle = {
    async read(bytes: Uint8Array, offset: number, length: number, position: number) {
      if (length > MAX_AT_ONCE_BYTES) return inThread.read(descriptor, bytes, offset, length, position);
      return { bytesRead: node.readSync(descriptor, bytes, offset, length, position), buffer: bytes };
    },
    async write(bytes: Uint8Array, offset: number, length: number, position: number | null) {
      if (length > MAX_AT_ONCE_BYTES) return inThread.write(descriptor, bytes, offset, length, position);
      return { bytesWritten: node.writeSync(descriptor, bytes, offset, length, position), buffer: bytes };
    },
    async writeFile(bytes: Uint8Array) {
      for (let at = 0; at < bytes.length; )
        at += (await handle.write(bytes, at, bytes.length - at, null)).bytesWritten;
    },
    stat: async (options: node.StatOptions) => node.fstatSync(descriptor, options),
    chmod: async (mode: number) => node.fchmodSync(descriptor, mode),
    chown: async (uid: number, gid: number) => node.fchownSync(descriptor, uid, gid),
    truncate: async (length: number) => node.ftruncateSync(descriptor, length),
    sync: () => inThread.fsync(descriptor),
    close: async () => node.closeSync(descriptor),
  };
  // A file handle has more methods than are used here.
  return handle as unknown as FileHandle;
}
