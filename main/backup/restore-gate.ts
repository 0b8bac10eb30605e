import { failure } from '../../shared/domain/failure.ts';
import { fail } from '../../shared/result.ts';
import type { Works } from '../keys/works.ts';

/** Keeps a restore and work on keys apart. */
export interface RestoreGate {
  /** Does the restore; no work begins until it has ended. */
  during<T>(restore: () => Promise<T>): Promise<T>;
  /** The same works, which begin nothing while a restore runs, and have come to a stop only when it has ended. */
  guard(works: Works): Works;
}

/** A gate that is open. One restore at a time. */
export function createRestoreGate(): RestoreGate {
  let running: Promise<unknown> | null = null;
  /** Work whose intent is being written down, which no list shows yet. */
  const beginning = new Set<Promise<unknown>>();
  return {
    async during(restore) {
      const restoring = Promise.allSettled(beginning).then(restore);
      running = restoring;
      try {
        return await restoring;
      } finally {
        running = null;
      }
    },
    guard: (works) => ({
      ...works,
      async start(work, run) {
        if (running !== null) return fail(failure('work-running'));
        const started = works.start(work, run);
        beginning.add(started);
        try {
          return await started;
        } finally {
          beginning.delete(started);
        }
      },
      async settled() {
        // How it ended is told to who asked for it.
        await running?.catch(() => undefined);
        await works.settled();
      },
    }),
  };
}
