import type { SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { unpackFields } from '../secrets/secret-fields.ts';
import type { KeyPorts } from './key-ports.ts';

/** The values of a key: from the secret store, or from memory while they could not be stored. */
export async function readFields(
  ports: Pick<KeyPorts, 'secrets' | 'unstored'>,
  id: KeyId,
): Promise<Result<SecretFields, SecretStoreFailure>> {
  const unstored = ports.unstored.get(id);
  if (unstored !== undefined) return ok(unstored);
  const item = await ports.secrets.get(`key/${id}`);
  return item.ok ? unpackFields(item.value, `key/${id}`) : item;
}
