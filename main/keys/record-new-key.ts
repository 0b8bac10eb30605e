import type { Failure } from '../../shared/domain/failure.ts';
import type { Origin } from '../../shared/domain/work.ts';
import { done, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';

/**
 * Makes sure that a key which was just issued, or pasted, is recorded. A record that is there already keeps what has happened
 * to it meanwhile. Safe to repeat.
 */
export async function recordNewKey(
  ports: KeyPorts,
  { newKey, origin }: Pick<ObtainingWork, 'newKey' | 'origin'>,
): Promise<Result<void, Failure<'storage-failed'>>> {
  if (ports.records.keys.get(newKey.id) !== undefined) return done;
  const recorded = await ports.records.keys.put(newKey);
  if (!recorded.ok) return recorded;
  return ports.activity.add({
    at: ports.clock.now(),
    event: isPasted(origin) ? 'key-taken-in' : 'key-issued',
    keyId: newKey.id,
    connectionId: newKey.connectionId,
    subject: newKey.name,
    detail: '',
  });
}

/** Whether the user had the key before the vault did. */
export const isPasted = (origin: Origin): boolean => origin === 'by-hand' || origin === 'taken-in';
