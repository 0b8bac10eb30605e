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
  return {
    async during(restore) {
      const restoring = restore();
      running = restoring;
      try {
        return await restoring;
      } finally {
        running = null;
      }
    },
    guard: (works) => ({
      ...works,
      start: async (work, run) => (running === null ? works.start(work, run) : fail(failure('work-running'))),
      async settled() {
        // How it ended is told to who asked for it.
        await running?.catch(() => undefined);
        await works.settled();
      },
    }),
  };
}
