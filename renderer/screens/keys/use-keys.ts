import { useCallback, useMemo, useState } from 'react';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { api } from '../../api/client.ts';
import { notify, openDialog } from '../../app-state.ts';
import { useNow } from '../../components/use-now.ts';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { useConnections, useWorks } from '../frame/use-status.ts';
import { noneStopped, type StoppedWorks, stoppedByKey } from './stopped-works.ts';
import { reloadKeys, useKeyEntries } from './use-key-entries.ts';
import {
  filterEntries,
  isAstray,
  type KeyFilter,
  type KeyGrouping,
  type KeyLine,
  type KeySort,
  linesOf,
  noFilter,
  sortEntries,
} from './view.ts';

/** How the list is looked at. */
export interface KeyLook {
  readonly search: string;
  readonly filter: KeyFilter;
  readonly sort: KeySort;
  readonly grouping: KeyGrouping;
}

/** The list of keys as the screen shows it. */
export type Keys =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure; readonly retry: () => void }
  | {
      readonly state: 'empty';
      readonly hasConnections: boolean;
      /** Work that waits for a person and whose key is not in the list. */
      readonly rowless: readonly WorkView[];
    }
  | {
      readonly state: 'ready';
      readonly lines: readonly KeyLine[];
      readonly shown: number;
      readonly total: number;
      /** How many keys have a file that does not hold them. */
      readonly astray: number;
      readonly look: KeyLook;
      readonly setLook: (change: Partial<KeyLook>) => void;
      readonly providers: readonly { readonly id: string; readonly name: string }[];
      readonly stopped: StoppedWorks;
      /** Work that waits for a person and whose key is not in the list. */
      readonly rowless: readonly WorkView[];
    };

/** Kept while the app runs, so that coming back to the list finds it as it was. */
let remembered: KeyLook = { search: '', filter: noFilter, sort: 'due', grouping: 'none' };

/** Lets the list show these keys, and no others, when one comes to it the next time. */
export function lookForKeys(filter: Partial<KeyFilter>): void {
  remembered = { ...remembered, search: '', filter: { ...noFilter, ...filter } };
}

/** Follows the keys, and sorts, filters and groups them. */
export function useKeys(): Keys {
  const live = useKeyEntries();
  const connections = useConnections();
  const works = useWorks();
  const now = useNow();
  const [look, become] = useState(remembered);
  const entries = live.state === 'ready' ? live.value : null;

  const sorted = useMemo(
    () => (entries === null ? [] : sortEntries(entries, look.sort)),
    [entries, look.sort],
  );
  const stopped = useMemo(() => (works.state === 'ready' ? stoppedByKey(works.value) : noneStopped), [works]);
  const shown = useMemo(
    () => filterEntries(sorted, look.search, look.filter, now, stopped),
    [sorted, look.search, look.filter, now, stopped],
  );
  const setLook = useCallback((change: Partial<KeyLook>) => {
    remembered = { ...remembered, ...change };
    become(remembered);
  }, []);
  const lines = useMemo(
    () => linesOf(shown, look.grouping, now, stopped),
    [shown, look.grouping, now, stopped],
  );
  const rowless = useMemo(() => {
    const ids = new Set(sorted.map(({ row }) => row.id));
    return [...stopped.values()].filter(({ keyId }) => !ids.has(keyId));
  }, [sorted, stopped]);
  const astray = useMemo(() => sorted.filter(({ row }) => isAstray(row)).length, [sorted]);
  const providers = useMemo(() => providersOf(sorted.map(({ row }) => row)), [sorted]);

  switch (live.state) {
    case 'loading':
      return { state: 'loading' };
    case 'failed':
      return { state: 'failed', failure: live.error, retry: reloadKeys };
    case 'ready':
      if (sorted.length === 0) {
        return {
          state: 'empty',
          hasConnections: connections.state === 'ready' && connections.value.length > 0,
          rowless,
        };
      }
      return {
        state: 'ready',
        lines,
        shown: shown.length,
        total: sorted.length,
        astray,
        look,
        setLook,
        providers,
        stopped,
        rowless,
      };
  }
}

/** Starts the sandbox and goes on to a first key. */
export function useSandbox(): { readonly isStarting: boolean; readonly start: () => void } {
  const [isStarting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    const answer = await api.call('connections.addSandbox', {});
    setStarting(false);
    if (answer.ok) openDialog({ kind: 'generate', connectionId: answer.value.id });
    else notify('danger', oneLine(answer.error));
  };
  return { isStarting, start: () => void start() };
}

function providersOf(rows: readonly KeyRow[]): { readonly id: string; readonly name: string }[] {
  const names = new Map(rows.map((row) => [row.providerId, row.provider]));
  return [...names].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
}
