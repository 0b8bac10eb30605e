import type { ActivityEntry } from '../../shared/domain/activity.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import { isUnfinished, keysOf, type Work } from '../../shared/domain/work.ts';
import type { Works } from '../keys/works.ts';
import type { Records } from '../storage/records.ts';

const ends: Record<Work['kind'], readonly ActivityEntry['event'][]> = {
  issue: ['key-issued', 'key-taken-in', 'key-deleted', 'key-revoked'],
  rotate: ['rotation-finished', 'rotation-undone', 'key-revoked'],
  revoke: ['key-revoked'],
};

/**
 * Whether work from a journal that was set aside may go on: nothing says that it came to an end since, nothing else
 * works on its keys, and a key that it would look for as a stray is not one that the vault has.
 */
export async function mayGoOn(
  work: Work,
  {
    records,
    works,
    ofKey,
  }: {
    readonly records: Pick<Records, 'keys'>;
    readonly works: Pick<Works, 'get' | 'ofKey'>;
    readonly ofKey: (id: KeyId, limit: number) => Promise<readonly ActivityEntry[]>;
  },
): Promise<boolean> {
  if (!isUnfinished(work) || works.get(work.id) !== undefined) return false;
  if (keysOf(work).some((id) => works.ofKey(id) !== undefined)) return false;
  const { keyId, newKey, kind, state, startedAt } = work;
  if (kind !== 'issue' && records.keys.get(keyId)?.revokedAt !== null) return false;
  const hasNewKey = newKey !== null && records.keys.get(newKey.id) !== undefined;
  if (hasNewKey && (state.step === 'creating' || state.step === 'outcome-unknown')) return false;
  const history = await ofKey(keyId, historyLimit);
  return !history.some(({ at, event }) => at >= startedAt && ends[kind].includes(event));
}

const historyLimit = 100;
