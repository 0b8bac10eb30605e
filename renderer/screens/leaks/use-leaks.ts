import { useMemo, useState } from 'react';
import type { OutputOf } from '../../../shared/ipc/define.ts';
import type { searchContract } from '../../../shared/ipc/search.contract.ts';
import { api } from '../../api/client.ts';
import { type Search, type SearchActions, useSearch } from '../finds/use-search.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type LeakedKey, leakedKeys } from './lines.ts';

/** What a search for leaks has found, told without the values. */
export type FoundLeaks = OutputOf<(typeof searchContract)['leaks.search']>;

/** What is to be searched. */
export interface LeaksLook {
  readonly folder: string;
  readonly history: boolean;
}

interface Kept {
  readonly look: LeaksLook;
  readonly search: Search<FoundLeaks> | null;
}

const nothing: Kept = { look: { folder: '', history: true }, search: null };

/** Kept while the vault is open, so that whoever looks at a leaked key and comes back finds the others still here. */
let kept = nothing;
let stopWatching: (() => void) | null = null;

function keep(next: Kept): void {
  kept = next;
  // Without this, what was found would outlive the vault that it tells of.
  stopWatching ??= api.on('vault.changed', ({ vault }) => {
    if (vault.state === 'open') return;
    kept = nothing;
    stopWatching?.();
    stopWatching = null;
  });
}

/** Looks for the vault's values in a folder, and tells what has become of the keys that were found. */
export function useLeaks(): {
  readonly look: LeaksLook;
  readonly setLook: (change: Partial<LeaksLook>) => void;
  readonly search: Search<FoundLeaks>;
  readonly actions: SearchActions;
  /** The keys that were found, as they stand now. */
  readonly keys: readonly LeakedKey[];
} {
  const entries = useKeyEntries();
  const [look, become] = useState(kept.look);
  const { state: search, ...actions } = useSearch<FoundLeaks>(
    (folder) => api.call('leaks.search', { folder, history: look.history }),
    (found, folder) => keep({ ...kept, search: { step: 'found', folder, found } }),
    kept.search ?? undefined,
  );
  const leaks = search.step === 'found' ? search.found.leaks : null;
  const keys = useMemo(() => {
    if (leaks === null) return [];
    const rows = new Map(
      entries.state === 'ready' ? entries.value.map(({ row }) => [row.id, row.status] as const) : [],
    );
    return leakedKeys(leaks, (keyId) => rows.get(keyId));
  }, [leaks, entries]);

  return {
    look,
    setLook: (change) => {
      keep({ ...kept, look: { ...kept.look, ...change } });
      become(kept.look);
    },
    search,
    actions: {
      ...actions,
      again: () => {
        keep({ ...kept, search: null });
        actions.again();
      },
    },
    keys,
  };
}
