import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import { sortVariables } from './target-standing.ts';

/**
 * Takes the lines of a target that hold the key's value out of its file, and answers the variables whose lines stay
 * because they hold another value. A file that is gone has none. Known by fingerprint: the key's value is not read.
 */
export async function removeKeyLines(
  ports: Pick<KeyPorts, 'envFiles' | 'activity' | 'clock' | 'fingerprint'>,
  key: KeyRecord,
  target: Target,
): Promise<Result<{ left: string[] }, EnvFileFailure | Failure<'storage-failed'>>> {
  const read = await ports.envFiles.read(target.file, Object.values(target.variables), target.dialect);
  if (!read.ok) {
    const isGone = read.error.code === 'file-gone' || read.error.code === 'folder-gone';
    return isGone ? ok({ left: [] }) : read;
  }
  const { ours, others } = sortVariables(key, target, read.value, ports.fingerprint);
  if (ours.length === 0) return ok({ left: others });
  const removed = await ports.envFiles.remove(target.file, ours);
  if (!removed.ok) return removed;
  const noted = await noteKey(ports, key, 'target-lines-removed', target.file);
  return noted.ok ? ok({ left: others }) : noted;
}
