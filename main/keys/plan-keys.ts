import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Result } from '../../shared/result.ts';
import { changeKeys } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKeys } from './note-keys.ts';

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
export async function planKeys(
  ports: Pick<KeyPorts, 'records' | 'activity' | 'clock'>,
  plans: readonly PlanForKey[],
): Promise<Result<void, Failure<'key-unknown' | 'storage-failed'>>> {
  const days = new Map(plans.map(({ id, day }) => [id, day]));
  const changed = await changeKeys(ports, days.keys(), (key) => {
    const plannedDay = days.get(key.id) ?? null;
    return key.plannedDay === plannedDay ? key : { ...key, plannedDay };
  });
  if (!changed.ok) return changed;
  const planned = changed.value.filter(({ plannedDay }) => plannedDay !== null);
  const noted = await noteKeys(ports, planned, 'key-planned', spanOf(planned));
  if (!noted.ok) return noted;
  const takenBack = changed.value.filter(({ plannedDay }) => plannedDay === null);
  return noteKeys(ports, takenBack, 'plan-taken-back', '');
}

/** The one day of these plans, or the first and the last, as `2026-02-01/2026-02-08`. */
function spanOf(keys: readonly KeyRecord[]): string {
  const days = keys.flatMap(({ plannedDay }) => plannedDay ?? []).sort();
  return [...new Set([days.at(0), days.at(-1)])].join('/');
}
