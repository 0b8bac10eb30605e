import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Target } from '../../shared/domain/key.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { heldTarget, newTarget } from './new-target.ts';
import { noteKey } from './note-keys.ts';
import { sortVariables } from './target-standing.ts';
import { nameOfTarget, unfollowed } from './targets-in-file.ts';
import type { Works } from './works.ts';
import { writableKey } from './writable-key.ts';

/**
 * Remembers a file as a target that holds the key's value already, without writing to it. Where it does not hold the
 * value in every variable any more, it was changed meanwhile (`file-changed`). Variables that are followed already stay as
 * they are; those beside them in the file are a target of their own.
 */
export async function followTarget(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  { file, variables }: Pick<Target, 'file' | 'variables'>,
): Promise<
  Result<void, EnvFileFailure | Failure<'key-unknown' | 'key-not-active' | 'work-running' | 'storage-failed'>>
> {
  const key = writableKey(ports, works, id);
  if (!key.ok) return key;
  const read = await ports.envFiles.read(file, Object.values(variables), 'any');
  if (!read.ok) return read;
  const { missing, others } = sortVariables(key.value, { variables }, read.value, ports.fingerprint);
  if (missing.length > 0 || others.length > 0) return fail(failure('file-changed', { file }));
  const targetId = ports.ids.target();
  const remembered = await changeKey(ports, id, (now) => {
    const left = { file, variables: unfollowed(now, { file, variables }) };
    if (Object.keys(left.variables).length === 0) return ok(now);
    return ok({ ...now, targets: [...now.targets, newTarget(targetId, heldTarget(left), now.name)] });
  });
  if (!remembered.ok) return remembered;
  const added = remembered.value.targets.find((one) => one.id === targetId);
  if (added === undefined) return done;
  return noteKey(ports, remembered.value, 'target-followed', nameOfTarget(remembered.value, added));
}
