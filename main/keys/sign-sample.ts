import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import { readFields } from './read-fields.ts';

/** A request that is signed with the key just now. Nothing is sent and nothing is written down. */
export async function signSample(
  ports: KeyPorts,
  id: KeyId,
): Promise<
  Result<string, OpenProviderFailure | SecretStoreFailure | Failure<'key-unknown' | 'operation-missing'>>
> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  const fields = await readFields(ports, id);
  if (!fields.ok) return fields;
  const provider = await ports.openProvider(key.connectionId);
  return provider.ok ? provider.value.signedSample(fields.value) : provider;
}
