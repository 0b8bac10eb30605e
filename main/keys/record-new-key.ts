import type { Failure } from '../../shared/domain/failure.ts';
import type { Origin } from '../../shared/domain/work.ts';
import { done, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { nameOfTarget } from './targets-in-file.ts';

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
  const noted = await noteKey(ports, newKey, isPasted(origin) ? 'key-taken-in' : 'key-issued');
  // A replacement goes into the files that the old key is in.
  if (!noted.ok || newKey.replaces !== null) return noted;
  for (const target of newKey.targets) {
    const followed = await noteKey(ports, newKey, 'target-followed', nameOfTarget(newKey, target));
    if (!followed.ok) return followed;
  }
  return done;
}

/** Whether the user had the key before the vault did. */
export const isPasted = (origin: Origin): boolean => origin === 'by-hand' || origin === 'taken-in';
