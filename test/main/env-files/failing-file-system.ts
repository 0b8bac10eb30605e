import type { FileHandle } from 'node:fs/promises';
import { type FileSystem, realFileSystem } from '../../../main/env-files/file-system.ts';

/** Called before each call to the file system: may wait, do something else first, or throw in its place. */
export type Interruption = (call: string, path: string) => void | Promise<void>;

/** The error that the system gives with this code. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by a test`), { code });
}

/**
 * The real file system with a word beforehand. The calls on an open file are named `handle.write` and so on,
 * with the path it was opened by.
 */
export function interruptedFileSystem(interrupt: Interruption): FileSystem {
  return {
    ...realFileSystem,
    ...Object.fromEntries(
      (['access', 'lstat', 'readdir', 'readlink', 'realpath', 'rename', 'stat', 'unlink'] as const).map(
        (name) => [name, interrupted(name, interrupt)],
      ),
    ),
    async open(file, flags, mode) {
      await interrupt('open', String(file));
      return interruptedHandle(await realFileSystem.open(file, flags, mode), String(file), interrupt);
    },
  };
}

function interrupted(name: Exclude<keyof FileSystem, 'open'>, interrupt: Interruption) {
  const call = realFileSystem[name] as (...args: unknown[]) => Promise<unknown>;
  return async (...args: unknown[]) => {
    await interrupt(name, String(args[0]));
    return call(...args);
  };
}

function interruptedHandle(handle: FileHandle, file: string, interrupt: Interruption): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        // A close that fails has closed the file all the same.
        if (name === 'close') await target.close();
        await interrupt(`handle.${String(name)}`, file);
        return name === 'close' ? undefined : member.apply(target, args);
      };
    },
  });
}
