import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Records } from '../storage/records.ts';

/**
 * What a key becomes that is in the middle of work which nobody knows any more, because the journal was damaged; null
 * where it stays as it is. A key that was replaced must still be revoked, by the user now; any other works as before.
 */
export function afterLostWork(key: KeyRecord): KeyRecord | null {
  if (key.revokedAt !== null) return null;
  const isReplaced = key.status === 'retiring' || (key.status === 'rotating' && key.replacedBy !== null);
  if (isReplaced) return { ...key, status: 'needs-attention', attention: 'not-revoked' };
  return key.status === 'rotating' ? { ...key, status: 'active', attention: null } : null;
}

/** Brings the keys whose work got lost to a state that a person can go on from. */
export async function settleLostWork(
  records: Pick<Records, 'keys'>,
  isInWork: (id: KeyRecord['id']) => boolean,
): Promise<void> {
  const settled = records.keys
    .all()
    .flatMap((key) => afterLostWork(key) ?? [])
    .filter(({ id }) => !isInWork(id));
  // The status only repeats what is so; a disk that takes nothing now is asked again at the next opening.
  if (settled.length > 0) await records.keys.putAll(settled);
}
