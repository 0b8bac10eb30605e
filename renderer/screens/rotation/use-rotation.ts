import { useMemo } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { BatchView, WorkView } from '../../../shared/ipc/work.contract.ts';
import { useNow } from '../../components/use-now.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useBatch, useConnections, useWorks } from '../frame/use-status.ts';
import { type StoppedWorks, stoppedByKey } from '../keys/stopped-works.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type Past, pastOf } from './history.ts';
import { mostDays } from './lanes.ts';
import { type Load, loadOf, localCalendar } from './load.ts';
import { type Agenda, agendaOf } from './timeline.ts';
import { connectionOfWork } from './use-work.ts';
import { useWorkActions, type WorkActions } from './use-work-actions.ts';

export type Rotation =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly agenda: Agenda;
      readonly load: Load;
      readonly past: Past;
      /** The work that waits for a person, by its key. */
      readonly stopped: StoppedWorks;
      readonly rows: readonly KeyRow[];
      /** The accounts' names, which keys are searched for by. */
      readonly connectionNames: ReadonlyMap<ConnectionId, string>;
      readonly works: readonly WorkView[];
      /** The last time that many keys were rotated at once; null when there was none. */
      readonly batch: BatchView | null;
      readonly actions: WorkActions;
      /** The account that a work is at; null where it cannot be told. */
      readonly connectionOf: (work: WorkView) => ConnectionView | null;
      readonly now: number;
    };

/** Everything that is due and everything that is under way. */
export function useRotation(): Rotation {
  const keys = useKeyEntries();
  const works = useWorks();
  const batch = useBatch();
  const connections = useConnections();
  const actions = useWorkActions();
  const now = useNow();

  const entries = keys.state === 'ready' ? keys.value : null;
  const rows = useMemo(() => entries?.map(({ row }) => row) ?? [], [entries]);
  const agenda = useMemo(() => agendaOf(rows, now), [rows, now]);
  const load = useMemo(() => loadOf(agenda.all, mostDays, now, localCalendar()), [agenda, now]);
  const past = useMemo(() => pastOf(rows), [rows]);
  const known = works.state === 'ready' ? works.value : null;
  const stopped = useMemo(() => stoppedByKey(known ?? []), [known]);

  const accounts = connections.state === 'ready' ? connections.value : null;
  const connectionNames = useMemo(
    () => new Map((accounts ?? []).map(({ id, name }) => [id, name])),
    [accounts],
  );

  if (keys.state === 'failed') return { state: 'failed', failure: keys.error };
  if (works.state === 'failed') return { state: 'failed', failure: works.error };
  if (keys.state === 'loading' || works.state === 'loading') return { state: 'loading' };

  const connectionOf = (work: WorkView) => connectionOfWork(work, rows, connections);

  return {
    state: 'ready',
    agenda,
    load,
    past,
    stopped,
    rows,
    connectionNames,
    works: works.value,
    batch: batch.state === 'ready' ? batch.value : null,
    actions,
    connectionOf,
    now,
  };
}
