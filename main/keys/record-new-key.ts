import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { done, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';

/**
 * Makes sure that a key which was just issued is recorded. A record that is there already keeps what has happened
 * to it meanwhile. Safe to repeat.
 */
export async function recordNewKey(
  ports: KeyPorts,
  newKey: KeyRecord,
): Promise<Result<void, Failure<'storage-failed'>>> {
  if (ports.records.keys.get(newKey.id) !== undefined) return done;
  const recorded = await ports.records.keys.put(newKey);
  if (!recorded.ok) return recorded;
  return ports.activity.add({
    at: ports.clock.now(),
    event: 'key-issued',
    keyId: newKey.id,
    connectionId: newKey.connectionId,
    subject: newKey.name,
    detail: '',
  });
}
