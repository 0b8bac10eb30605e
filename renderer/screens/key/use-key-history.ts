import { useMemo } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type KeyHistory, pastOf } from '../rotation/history.ts';

/** How the key was rotated so far; null while the keys are read, or where the vault does not list it. */
export function useKeyHistory(id: KeyId): KeyHistory | null {
  const live = useKeyEntries();
  const entries = live.state === 'ready' ? live.value : null;
  return useMemo(() => entries && pastOf(entries.map(({ row }) => row)).of(id), [entries, id]);
}
