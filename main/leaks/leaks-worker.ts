import { parentPort, workerData } from 'node:worker_threads';
import { createCounters } from './counters.ts';
import { createFolderSearch } from './folder-search.ts';
import { searchHistory } from './history/search-history.ts';
import { unpackValues } from './packed-values.ts';
import type { AskedOfWorker, LeaksWorkerData, ToldByWorker } from './threads.ts';
import { createValueIndex } from './value-index.ts';

/*
 * A thread that searches files or histories for values, until it is told to end. It is handed the values at its start,
 * and nothing that it tells has any of them. Only `threads.ts` starts it.
 */

/** How soon a search of a history hears that it was stopped. */
const lookMs = 50;

const { packed, groups, root, shared } = workerData as LeaksWorkerData;
const counters = createCounters(shared);
const index = createValueIndex(unpackValues(packed));
const groupOf = (value: number) => groups[value] as number;
const tell = (told: ToldByWorker) => parentPort?.postMessage(told);

const searchFiles = createFolderSearch(root, index, groupOf, counters, {
  hits: (file, hits) => tell({ told: 'hits', file, hits }),
  skipped: (file, reason) => tell({ told: 'skipped', file, reason }),
  repository: (folder) => tell({ told: 'repository', folder }),
  share: (tasks) => tell({ told: 'share', tasks }),
});

async function searchOneHistory(top: string): Promise<void> {
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
}

parentPort?.on('message', (asked: AskedOfWorker) => {
  if (asked.do === 'files') tell({ told: 'idle', bytes: searchFiles(asked.tasks) });
  else if (asked.do === 'history') void searchOneHistory(asked.top);
  else {
    index.wipe();
    parentPort?.close();
  }
});
