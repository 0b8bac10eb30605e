import type { Result } from '../../shared/result.ts';
import type { GitFault } from '../git/run-git.ts';
import type { Counters } from './counters.ts';
import type { HistoryFound } from './history/search-history.ts';
import type { SharedValues } from './shared-values.ts';
import { startThread, type Thread } from './threads.ts';

/**
 * Searches the histories of repositories, one after the other, in a thread of its own. `tops` are the tops of their work
 * trees, or bare repositories. Answers for each in their order. `file` is `leaks-worker.ts` or its bundle.
 */
export async function searchHistories(
  file: string,
  tops: readonly string[],
  options: { readonly values: SharedValues; readonly counters: Counters },
): Promise<Result<HistoryFound, GitFault>[]> {
  const found: Result<HistoryFound, GitFault>[] = [];
  let thread: Thread | null = null;
  try {
    await new Promise<void>((resolve, reject) => {
      const next = () => {
        const top = tops[found.length];
        if (top === undefined) resolve();
        else thread?.ask({ do: 'history', top });
      };
      thread = startThread(
        file,
        { root: '', counters: options.counters },
        (told) => {
          if (told.told !== 'history') return;
          found.push(told.found);
          next();
        },
        reject,
      );
      thread.ask({ do: 'look-for', values: options.values });
      next();
    });
  } finally {
    await (thread as Thread | null)?.end();
  }
  return found;
}
