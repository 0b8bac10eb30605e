import type { EnvFileFailure } from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { sortVariables } from './target-standing.ts';

/**
 * The targets that a rotation's new key is to be written to: all but the file that its value was taken from. That one
 * has it still, or something newer that is not ours to replace; only where the old key is back in it, it is written too.
 */
export async function targetsToWrite(
  ports: Pick<KeyPorts, 'records' | 'envFiles' | 'fingerprint'>,
  { keyId, newKey, takenFrom }: ObtainingWork,
): Promise<Result<Target[], EnvFileFailure>> {
  const from = newKey.targets.find(({ id }) => id === takenFrom);
  const oldKey = ports.records.keys.get(keyId);
  if (from === undefined || oldKey === undefined) return ok(newKey.targets);
  const others = newKey.targets.filter((target) => target !== from);
  const variables = replacedVariables(oldKey, newKey, from);
  const read = await ports.envFiles.read(from.file, Object.values(variables), from.dialect);
  if (!read.ok)
    return read.error.code === 'file-gone' || read.error.code === 'folder-gone' ? ok(others) : read;
  const { ours } = sortVariables(oldKey, { variables }, read.value, ports.fingerprint);
  return ok(ours.length > 0 ? newKey.targets : others);
}

/** The target's variables for the fields that the new key has another value for. */
function replacedVariables(oldKey: KeyRecord, newKey: KeyRecord, target: Target): Target['variables'] {
  const printOf = (key: KeyRecord, field: string) =>
    key.fields.find(({ name }) => name === field)?.fingerprint;
  return Object.fromEntries(
    Object.entries(target.variables).filter(([field]) => printOf(oldKey, field) !== printOf(newKey, field)),
  );
}
