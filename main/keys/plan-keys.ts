import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/result.ts';
import { changeKeys } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';

/** The day (`YYYY-MM-DD`) on which a key is to be rotated this once; null takes a plan back. */
export interface PlanForKey {
  readonly id: KeyId;
  readonly day: string | null;
}

/**
 * Plans the keys. A plan only ever brings a key forward: a day after its due day is kept, and counts when its period
 * becomes longer; a day that has passed makes the key due since then. Of two plans for one key the last counts. All keys or,
 * where one is not known, none.
 */
export function planKeys(
  ports: Pick<KeyPorts, 'records'>,
  plans: readonly PlanForKey[],
): Promise<Result<void, Failure<'key-unknown' | 'storage-failed'>>> {
  const days = new Map(plans.map(({ id, day }) => [id, day]));
  return changeKeys(ports, days.keys(), (key) => {
    const plannedDay = days.get(key.id) ?? null;
    return key.plannedDay === plannedDay ? key : { ...key, plannedDay };
  });
}
