import { type Failure, failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import { rememberLastUse } from './remember-last-use.ts';

/**
 * Asks the provider's list when the key was last used, and remembers what it tells of this key and the connection's others. Null where the provider does not tell
 * or does not list the key. Changes nothing at the provider.
 */
export async function askLastUsed(
  ports: KeyPorts,
  id: KeyId,
): Promise<
  Result<number | null, OpenProviderFailure | ProviderFailure | Failure<'key-unknown' | 'storage-failed'>>
> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  const provider = await ports.openProvider(key.connectionId);
  if (!provider.ok) return provider;
  const listed = await provider.value.list({});
  if (!listed.ok) return listed;
  const found = listed.value.find((one) => one.providerKeyId === key.providerKeyId);
  const remembered = await rememberLastUse(ports, key.connectionId, listed.value);
  return remembered.ok ? ok(found?.lastUsedAt ?? null) : remembered;
}
