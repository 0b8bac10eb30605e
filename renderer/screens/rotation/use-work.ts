import type { WorkId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import type { PageFailure } from '../../text/errors.ts';
import type { Live } from '../frame/live.ts';
import { useConnections, useWorks } from '../frame/use-status.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';

export type OneWork =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly work: WorkView;
      /** The account that it is at; null where it cannot be told. */
      readonly connection: ConnectionView | null;
    };

/** One piece of work, followed by its feed. */
export function useWork(id: WorkId): OneWork {
  const works = useWorks();
  const connections = useConnections();
  const keys = useKeyEntries();
  if (works.state === 'failed') return { state: 'failed', failure: works.error };
  if (works.state === 'loading' || keys.state === 'loading' || connections.state === 'loading') {
    return { state: 'loading' };
  }
  const work = works.value.find((each) => each.id === id);
  if (work === undefined) return { state: 'failed', failure: { code: 'work-unknown' } };
  const rows = keys.state === 'ready' ? keys.value.map(({ row }) => row) : [];
  return { state: 'ready', work, connection: connectionOfWork(work, rows, connections) };
}

/** The account that a work is at, by its key's row; null where it cannot be told. */
export function connectionOfWork(
  work: Pick<WorkView, 'keyId' | 'provider'>,
  rows: readonly KeyRow[],
  connections: Live<readonly ConnectionView[]>,
): ConnectionView | null {
  if (connections.state !== 'ready') return null;
  const connectionId = rows.find((row) => row.id === work.keyId)?.connectionId;
  const exact = connections.value.find(({ id }) => id === connectionId);
  // The key of an issue that never came about has no row; its provider's name is all there is.
  const byName = connections.value.find(({ provider }) => provider.name === work.provider);
  return exact ?? byName ?? null;
}
