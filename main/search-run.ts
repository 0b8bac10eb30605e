import { type Failure, failure } from '../shared/domain/failure.ts';
import type { SearchProgress } from '../shared/ipc/search.contract.ts';
import { fail, type Result } from '../shared/result.ts';

/** Tells how far a search has come, as often as it likes. */
export type TellProgress = (progress: SearchProgress) => void;

/** The one search through the user's folders that may run at a time. */
export interface SearchRun {
  /**
   * Begins a search, unless one is running (`search-running`). It should come to its end soon after `signal` is aborted,
   * with what it has found so far; where it has nothing to answer then, it ends in `search-cancelled`.
   */
  start<T, E>(
    search: (signal: AbortSignal, progress: TellProgress) => Promise<Result<T, E>>,
  ): Promise<Result<T, E | Failure<'search-running' | 'search-cancelled'>>>;
  /** Stops the search that is running, if there is one. */
  cancel(): void;
}

export interface SearchRunOptions {
  /** Tells the page; null when the search has ended. */
  readonly announce: (progress: SearchProgress | null) => void;
}

/** How often the page is told at most. */
const leastMsBetween = 100;

/** A place for one search at a time, with its progress and its end told to the page. */
export function createSearchRun({ announce }: SearchRunOptions): SearchRun {
  let running: AbortController | null = null;
  return {
    async start(search) {
      if (running !== null) return fail(failure('search-running'));
      const controller = new AbortController();
      running = controller;
      const { signal } = controller;
      try {
        const outcome = await search(signal, seldom(signal, announce));
        return signal.aborted && !outcome.ok ? fail(failure('search-cancelled')) : outcome;
      } catch (error) {
        if (signal.aborted) return fail(failure('search-cancelled'));
        throw error;
      } finally {
        running = null;
        announce(null);
      }
    },
    cancel: () => running?.abort(),
  };
}

/** Drops what comes too soon after the last, except that something else is being done now. */
function seldom(signal: AbortSignal, announce: TellProgress): TellProgress {
  let last: { readonly at: number; readonly doing: SearchProgress['doing'] } | null = null;
  return (progress) => {
    const at = performance.now();
    const isSoon = last !== null && last.doing === progress.doing && at - last.at < leastMsBetween;
    if (isSoon || signal.aborted) return;
    last = { at, doing: progress.doing };
    announce(progress);
  };
}
