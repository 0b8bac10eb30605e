import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId, TargetId } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import { removeKeyLines } from './remove-lines.ts';
import { nameOfTarget } from './targets-in-file.ts';
import type { Works } from './works.ts';

/**
 * Forgets a target. The file keeps what is in it, unless `removeLines`: then the lines that hold the key's value go
 * first, and where that fails, the target stays. `left`: the variables whose lines hold another value, which stay.
 */
export async function unlinkTarget(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  { targetId, removeLines }: { readonly targetId: TargetId; readonly removeLines: boolean },
): Promise<
  Result<{ left: string[] }, EnvFileFailure | Failure<'key-unknown' | 'work-running' | 'storage-failed'>>
> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (works.ofKey(id)?.kind === 'rotate') return fail(failure('work-running'));
  const target = key.targets.find((candidate) => candidate.id === targetId);
  if (target === undefined) return ok({ left: [] });
  const removed = removeLines ? await removeKeyLines(ports, key, target) : ok({ left: [] });
  if (!removed.ok) return removed;
  const put = await changeKey(ports, id, (now) =>
    ok({ ...now, targets: now.targets.filter((one) => one.id !== targetId) }),
  );
  if (!put.ok) return put;
  const noted = await noteKey(ports, key, 'target-unlinked', nameOfTarget(key, target));
  return noted.ok ? removed : noted;
}
