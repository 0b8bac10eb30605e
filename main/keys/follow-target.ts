import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Target } from '../../shared/domain/key.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { heldTarget, newTarget } from './new-target.ts';
import { noteKey } from './note-keys.ts';
import { sortVariables } from './target-standing.ts';
import type { Works } from './works.ts';
import { writableKey } from './writable-key.ts';

/**
 * Remembers a file as a target that holds the key's value already, without writing to it. Where it does not hold the
 * value in every variable any more, it was changed meanwhile (`file-changed`). A file that is a target stays as it is.
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
  const target = newTarget(ports.ids.target(), heldTarget({ file, variables }), key.value.name);
  const remembered = await changeKey(ports, id, (now) =>
    ok(now.targets.some((one) => one.file === file) ? now : { ...now, targets: [...now.targets, target] }),
  );
  if (!remembered.ok) return remembered;
  const isNew = remembered.value.targets.includes(target);
  return isNew ? noteKey(ports, key.value, 'target-followed', file) : done;
}
