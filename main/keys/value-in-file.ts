import {
  type EnvFileFailure,
  type Failure,
  failure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { KeyPorts } from './key-ports.ts';
import { readFields } from './read-fields.ts';

/**
 * The key as a target's file has it now. A field that the target does not name, or the file does not have, keeps the
 * value that the vault has; where the file has none of the secret ones, the first is missing (`field-missing`).
 */
export async function valueInFile(
  ports: Pick<KeyPorts, 'envFiles' | 'secrets' | 'unstored'>,
  key: Pick<KeyRecord, 'id' | 'fields'>,
  target: Pick<Target, 'file' | 'variables' | 'dialect'>,
  isSecret: (field: string) => boolean,
): Promise<Result<SecretFields, EnvFileFailure | SecretStoreFailure | Failure<'field-missing'>>> {
  const read = await ports.envFiles.read(target.file, Object.values(target.variables), target.dialect);
  if (!read.ok) return read;
  const found = Object.fromEntries(
    Object.entries(target.variables).flatMap(([field, variable]) => {
      const value = read.value[variable] ?? null;
      return value === null || value.reveal().trim() === '' ? [] : [[field, value] as const];
    }),
  );
  const fields = key.fields.map(({ name }) => name);
  const secret = fields.filter(isSecret);
  if (!secret.some((field) => field in found))
    return fail(failure('field-missing', { field: secret[0] ?? '' }));
  if (fields.every((field) => field in found)) return ok(found);
  const known = await readFields(ports, key.id);
  return known.ok ? ok({ ...known.value, ...found }) : known;
}
