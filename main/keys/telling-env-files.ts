import type { EnvFiles } from '../env-files/env-files.ts';

/** The same files, telling of each that was written to. */
export function tellingEnvFiles(envFiles: EnvFiles, changed: (file: string) => void): EnvFiles {
  const telling = async <T>(file: string, act: Promise<T>): Promise<T> => {
    const outcome = await act;
    changed(file);
    return outcome;
  };
  return {
    ...envFiles,
    write: (file, ...rest) => telling(file, envFiles.write(file, ...rest)),
    remove: (file, variables) => telling(file, envFiles.remove(file, variables)),
    rename: (file, from, to) => telling(file, envFiles.rename(file, from, to)),
  };
}
