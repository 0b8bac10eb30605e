import type { FileHandle } from 'node:fs/promises';
import { type FileSystem, realFileSystem } from '../../../main/env-files/file-system.ts';
import type { InPlaceJournal } from '../../../main/env-files/in-place-journal.ts';
import { systemError } from '../../main/env-files/failing-file-system.ts';

/** A machine whose power goes after so many steps: a call is one, and so is each byte that is written. */
export interface Machine {
  readonly fs: FileSystem;
  wired(journal: InPlaceJournal): InPlaceJournal;
  isDead(): boolean;
}

/** The real file system until the power goes, in the middle of a write if need be; then nothing works any more. */
export function machineThatDiesAfter(steps: number): Machine {
  let left = steps;
  const step = () => {
    left -= 1;
    if (left < 0) throw systemError('EIO');
  };

  function handleOf(handle: FileHandle): FileHandle {
    return new Proxy(handle, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          // The system closes what a dead process had open.
          if (name === 'close') return target.close();
          step();
          if (name !== 'write') return member.apply(target, args);
          const [bytes, offset, length, position] = args as [Uint8Array, number, number, number];
          const allowed = Math.min(length, left);
          if (allowed > 0) await target.write(bytes, offset, allowed, position);
          left -= length;
          if (left < 0) throw systemError('EIO');
          return { bytesWritten: length, buffer: bytes };
        };
      },
    });
  }

  const names = [
    ...(['access', 'lstat', 'readdir', 'readlink', 'realpath', 'rename', 'stat', 'unlink'] as const),
  ];
  const calls = names.map((name) => {
    const call = realFileSystem[name] as (...args: unknown[]) => Promise<unknown>;
    const stepping = async (...args: unknown[]) => {
      step();
      return call(...args);
    };
    return [name, stepping] as const;
  });
  return {
    fs: {
      ...realFileSystem,
      ...Object.fromEntries(calls),
      async open(file, flags, mode) {
        step();
        return handleOf(await realFileSystem.open(file, flags, mode));
      },
    },
    wired: (journal) => ({
      alone: journal.alone,
      async keep(edit) {
        step();
        await journal.keep(edit);
        step();
      },
      async of(real) {
        step();
        return journal.of(real);
      },
      async all() {
        step();
        return journal.all();
      },
      async clear(real) {
        step();
        await journal.clear(real);
        step();
      },
    }),
    isDead: () => left < 0,
  };
}
