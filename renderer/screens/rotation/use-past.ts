import { useMemo } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type KeyHistory, pastOf } from './history.ts';

/** How a key was rotated so far; null until the keys have been read, and for a key that is not among them. */
export function useKeyHistory(id: KeyId): KeyHistory | null {
  const keys = useKeyEntries();
  const entries = keys.state === 'ready' ? keys.value : null;
  return useMemo(
    () => (entries === null ? null : pastOf(entries.map(({ row }) => row)).of(id)),
    [entries, id],
  );
}
