import { parentPort, workerData } from 'node:worker_threads';
import { createCounters } from './counters.ts';
import { createFolderListing, type FolderTask } from './folder-listing.ts';
import { createFolderSearch } from './folder-search.ts';
import { searchHistory } from './history/search-history.ts';
import type { SharedValues } from './shared-values.ts';
import type { AskedOfWorker, LeaksWorkerData, ToldByWorker } from './threads.ts';
import { openValueIndex } from './value-index.ts';

/*
 * A thread that searches files or histories for values, until it is told to end. It can list folders before it is handed
 * the values, and nothing that it tells has any of them. Only `threads.ts` starts it.
 */

/** How soon a search of a history hears that it was stopped. */
const lookMs = 50;

interface Searches {
  files(tasks: readonly FolderTask[]): number;
  history(top: string): Promise<void>;
}

const { root, counters: shared } = workerData as LeaksWorkerData;
const counters = createCounters(shared);
const tell = (told: ToldByWorker) => parentPort?.postMessage(told);
const skipped = (file: string, reason: string) => tell({ told: 'skipped', file, reason });
const listing = createFolderListing(root, {
  skipped,
  repository: (folder) => tell({ told: 'repository', folder }),
});
/** What was listed ahead, and is not searched yet. */
let listed: readonly FolderTask[] = [];
let searches: Searches | null = null;

function searchesFor({ tables, groups }: SharedValues): Searches {
  const index = openValueIndex(tables);
  const groupOf = (value: number) => groups[value] as number;
  return {
    files: createFolderSearch(root, listing, index, groupOf, counters, {
      skipped,
      hits: (file, hits) => tell({ told: 'hits', file, hits }),
      share: (tasks) => tell({ told: 'share', tasks }),
    }),
    async history(top) {
      const controller = new AbortController();
      const looking = setInterval(() => {
        if (counters.get('stopped') > 0) controller.abort();
      }, lookMs);
      let untold = 0;
      const found = await searchHistory(top, index, groupOf, {
        signal: controller.signal,
        progress(bytes) {
          untold += bytes;
          counters.add('kibibytes', Math.floor(untold / 1024));
          untold %= 1024;
        },
      });
      clearInterval(looking);
      tell({ told: 'history', found });
    },
  };
}

parentPort?.on('message', (asked: AskedOfWorker) => {
  switch (asked.do) {
    case 'list':
      listed = listing.listAhead(
        asked.tasks,
        () => counters.get('hungry') > 0 || counters.get('stopped') > 0,
      );
      return;
    case 'look-for':
      searches = searchesFor(asked.values);
      return;
    case 'files': {
      const tasks = [...listed, ...asked.tasks];
      listed = [];
      tell({ told: 'idle', bytes: searches?.files(tasks) ?? 0 });
      return;
    }
    case 'history':
      void searches?.history(asked.top);
      return;
    case 'end':
      parentPort?.close();
  }
});
