import { join } from 'node:path';
import { checkByNode } from '../../main/leaks/check-command.ts';
import type { LeaksProgram } from '../../main/leaks/leaks.handlers.ts';

const sources = join(import.meta.dirname, '../../main/leaks');

/** The sources of the thread that searches. */
export const leaksWorkerFile = join(sources, 'leaks-worker.ts');

/** The search for leaks from the sources, for the vault of a data folder. */
export function leaksProgramOf(dataFolder: string): LeaksProgram {
  return {
    workerFile: leaksWorkerFile,
    checkCommand: checkByNode(join(sources, 'check-staged-main.ts'), dataFolder),
  };
}
