import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/result.ts';
import { changeKeys } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKeys } from './note-keys.ts';

/**
 * Says nothing about these keys until the day (`YYYY-MM-DD`) has come; null ends a snooze. When they are due does not
 * change. All keys or, where one is not known, none.
 */
export async function snoozeKeys(
  ports: Pick<KeyPorts, 'records' | 'activity' | 'clock'>,
  ids: readonly KeyId[],
  until: string | null,
): Promise<Result<void, Failure<'key-unknown' | 'storage-failed'>>> {
  const changed = await changeKeys(ports, ids, (key) =>
    key.snoozedUntil === until ? key : { ...key, snoozedUntil: until },
  );
  if (!changed.ok) return changed;
  return noteKeys(ports, changed.value, until === null ? 'snooze-ended' : 'key-snoozed', until ?? '');
}
