import type { CreateFileWatch } from '../../main/env-files/file-watch.ts';

/** A watch that says what a test wants it to say. */
export interface FakeFileWatch {
  readonly create: CreateFileWatch;
  /** The files that are watched now; null before the first and after the end. */
  readonly watched: () => readonly string[] | null;
  /** Somebody has changed these; of those that are not watched nobody hears. */
  change(...files: string[]): void;
}

export function createFakeFileWatch(): FakeFileWatch {
  let watched: readonly string[] | null = null;
  let tell: (files: readonly string[]) => void = () => undefined;
  return {
    create: (changed) => {
      tell = changed;
      return {
        watch: (files) => {
          watched = [...files];
        },
        stop: async () => {
          watched = null;
        },
      };
    },
    watched: () => watched,
    change: (...files) => {
      const heard = files.filter((file) => watched?.includes(file));
      if (heard.length > 0) tell(heard);
    },
  };
}
