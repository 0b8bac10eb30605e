import { useEffect, useRef, useState } from 'react';
import type { Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** How a search through a folder stands. */
export type Search<T> =
  | { readonly step: 'choosing'; readonly failure: PageFailure | null }
  | { readonly step: 'searching'; readonly isCancelling: boolean }
  | { readonly step: 'found'; readonly folder: string; readonly found: T };

export interface SearchActions {
  /** Runs one search, unless one runs. */
  readonly search: (folder: string) => void;
  readonly cancel: () => void;
  /** Back to the folder, with what was found forgotten. */
  readonly again: () => void;
}

/**
 * Runs one search at a time. Cancelling is not a failure: it leads back to the folder. Leaving the page cancels what
 * runs. `ask` is called with the folder; `onFound` before what was found is shown.
 */
export function useSearch<T>(
  ask: (folder: string) => Promise<Result<T, PageFailure>>,
  onFound: (found: T, folder: string) => void,
  start: Search<T> = { step: 'choosing', failure: null },
): { readonly state: Search<T> } & SearchActions {
  const [state, setState] = useState<Search<T>>(start);
  const running = useRef(0);
  const latest = useRef(onFound);
  latest.current = onFound;

  useEffect(() => {
    return () => {
      if (running.current !== 0) cancelSearch();
      running.current = 0;
    };
  }, []);

  const search = async (folder: string) => {
    // A second press arrives before the first has been drawn.
    if (running.current !== 0) return;
    searches += 1;
    const mine = searches;
    running.current = mine;
    setState({ step: 'searching', isCancelling: false });
    const answer = await ask(folder);
    if (running.current !== mine) return;
    running.current = 0;
    if (answer.ok) {
      latest.current(answer.value, folder);
      setState({ step: 'found', folder, found: answer.value });
      return;
    }
    setState({ step: 'choosing', failure: answer.error.code === 'search-cancelled' ? null : answer.error });
  };

  return {
    state,
    search: (folder) => void search(folder),
    cancel: () => {
      setState((now) => (now.step === 'searching' ? { ...now, isCancelling: true } : now));
      cancelSearch();
    },
    again: () => setState({ step: 'choosing', failure: null }),
  };
}

let searches = 0;

/** Stops whatever search runs, also one that another page has begun. */
export const cancelSearch = (): void => void api.call('search.cancel', {});
