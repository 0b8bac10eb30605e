import { useMemo } from 'react';
import type { AppStatus } from '../../../shared/ipc/app.contract.ts';
import { api } from '../../api/client.ts';
import { useNow } from '../../components/use-now.ts';
import type { KeyEntries } from '../keys/entries.ts';
import { stoppedByKey } from '../keys/stopped-works.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type Counts, countWaiting, countWork, type WorkCounts } from './counts.ts';
import { useAppStatus, useBatch, useConnections, useWorks } from './use-status.ts';

/** What the frame shows around every screen. */
export interface FrameState {
  readonly counts: Counts;
  readonly work: WorkCounts;
  readonly clipboard: AppStatus['clipboard'] | null;
  /** Every key, for the palette. */
  readonly entries: KeyEntries;
  /** Whether the first list is there, or could not be had. */
  readonly hasListed: boolean;
}

const none: KeyEntries = [];

/** Gathers what waits, what runs and what lies on the clipboard. */
export function useFrame(): FrameState {
  const keys = useKeyEntries();
  const connections = useConnections();
  const works = useWorks();
  const app = useAppStatus();
  const now = useNow();
  const entries = keys.state === 'ready' ? keys.value : none;
  const stopped = useMemo(() => stoppedByKey(works.state === 'ready' ? works.value : []), [works]);
  const counts = useMemo(
    () => countWaiting(entries, connections.state === 'ready' ? connections.value : [], now, stopped),
    [entries, connections, now, stopped],
  );
  const batch = useBatch();
  const work = useMemo(
    () => countWork(works.state === 'ready' ? works.value : [], batch.state === 'ready' ? batch.value : null),
    [works, batch],
  );
  const clipboard = app.state === 'ready' ? app.value.clipboard : null;
  return { counts, work, clipboard, entries, hasListed: keys.state !== 'loading' };
}

/** Locks the vault; the feed tells the rest. */
export const lockVault = (): void => void api.call('vault.lock', {});
