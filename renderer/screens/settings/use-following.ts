import { useMemo } from 'react';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { isRotated } from '../policy/key-choice.ts';

/** The keys whose period is the one of the settings; null while they are not known, as in a locked vault. */
export function useFollowing(): readonly KeyRow[] | null {
  const keys = useKeyEntries();
  const entries = keys.state === 'ready' ? keys.value : null;
  return useMemo(
    () =>
      entries?.map(({ row }) => row).filter((row) => isRotated(row) && row.periodFrom === 'default') ?? null,
    [entries],
  );
}
