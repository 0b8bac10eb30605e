/** Watches files for changes by anyone, whether they are there yet or not. */
export interface FileWatch {
  /** From now on exactly these files are watched. Links are followed; a file may come, go and be replaced. */
  watch(files: readonly string[]): void;
  /** Lets go of everything. */
  stop(): Promise<void>;
}

/** Starts a watch; `changed` gets the files, as they were given, that may have changed, at most a few times a second. */
export type CreateFileWatch = (changed: (files: readonly string[]) => void) => FileWatch;
