import { useEffect, useMemo, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/ipc/define.ts';
import type { Find, searchContract } from '../../../shared/ipc/search.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useCatalog, useConnections } from '../frame/use-status.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type FindDraft, type FindsWorld, withAccount } from './draft.ts';
import { placeOfName } from './lack.ts';
import type { AdoptOutcome } from './outcome.ts';
import { proposeDrafts } from './propose-drafts.ts';
import { type AdoptRun, useAdopt } from './use-adopt.ts';
import { type Search, type SearchActions, useSearch } from './use-search.ts';

/** What a search has found, told without the values. */
export type Found = OutputOf<(typeof searchContract)['finds.search']>;

/** What is decided about finds, and what has become of them. */
export interface Decisions {
  readonly world: FindsWorld;
  readonly drafts: ReadonlyMap<string, FindDraft>;
  readonly change: (id: string, part: Partial<FindDraft>) => void;
  readonly choose: (ids: readonly string[], isChosen: boolean) => void;
  readonly outcomes: ReadonlyMap<string, AdoptOutcome>;
  /** The adopting that runs; null where none does. */
  readonly run: AdoptRun | null;
  /** How many were not begun because adopting was cancelled. */
  readonly left: number;
  /** Adopts finds one after the other. `anyForm`: also where a value does not look like a key of its provider. */
  readonly adopt: (finds: readonly Find[], anyForm: boolean) => void;
  readonly cancelAdopting: () => void;
}

export type Finds =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly search: Search<Found>;
      readonly actions: SearchActions;
      readonly decisions: Decisions;
    };

const none: ReadonlyMap<string, FindDraft> = new Map();

/** Finds keys in a folder and adopts them. What was found is forgotten, here and in main, when the page is left. */
export function useFinds(): Finds {
  const catalog = useCatalog();
  const connections = useConnections();
  const entries = useKeyEntries();
  const [proposed, setProposed] = useState(none);

  const world = useMemo((): FindsWorld => {
    const keys = entries.state === 'ready' ? entries.value : [];
    const living = keys.filter(({ row }) => row.status !== 'revoked');
    return {
      catalog: catalog.state === 'ready' ? catalog.value : [],
      connections: connections.state === 'ready' ? connections.value : [],
      names: new Set(living.map(({ row }) => placeOfName(row.connectionId, row.name))),
    };
  }, [catalog, connections, entries]);

  const adopting = useAdopt({ world });
  const { state: search, ...actions } = useSearch<Found>(
    (folder) => api.call('finds.search', { folder }),
    ({ finds }) => {
      const keys = entries.state === 'ready' ? entries.value : [];
      adopting.clear();
      setProposed(
        proposeDrafts(
          finds,
          world,
          keys.map(({ row }) => row),
        ),
      );
    },
  );
  const drafts = useMemo(() => {
    if (search.step !== 'found') return none;
    const own = search.found.finds.flatMap((find): [string, FindDraft][] => {
      const draft = proposed.get(find.id);
      return draft === undefined ? [] : [[find.id, withAccount(find, draft, world)]];
    });
    return new Map(own);
  }, [search, proposed, world]);
  const latest = useRef(drafts);
  latest.current = drafts;

  // Also while it is searched: a search that is stopped has found something too.
  useForgetting(search.step !== 'choosing');

  if (catalog.state === 'failed') return { state: 'failed', failure: catalog.error };
  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (catalog.state === 'loading' || connections.state === 'loading') return { state: 'loading' };

  const changeAll = (ids: readonly string[], part: Partial<FindDraft>) =>
    setProposed((before) => {
      const next = new Map(before);
      for (const id of ids) {
        const draft = latest.current.get(id) ?? next.get(id);
        if (draft !== undefined) next.set(id, { ...draft, ...part });
      }
      return next;
    });

  return {
    state: 'ready',
    search,
    actions,
    decisions: {
      world,
      drafts,
      change: (id, part) => changeAll([id], part),
      choose: (ids, isChosen) => changeAll(ids, { isChosen }),
      outcomes: adopting.outcomes,
      run: adopting.run,
      left: adopting.left,
      adopt: (finds, anyForm) =>
        adopting.adopt(
          finds.flatMap((find) => {
            const draft = latest.current.get(find.id);
            return draft === undefined ? [] : [{ find, draft }];
          }),
          anyForm,
        ),
      cancelAdopting: adopting.cancel,
    },
  };
}

/** Main holds values as long as finds are shown, and no longer. */
function useForgetting(isHolding: boolean): void {
  useEffect(() => {
    if (!isHolding) return;
    return () => void api.call('finds.forget', {});
  }, [isHolding]);
}
