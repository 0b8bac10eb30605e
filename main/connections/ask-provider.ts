import type { Failure, ProviderFailure, SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Option } from '../providers/provider.ts';
import type { ConnectionPorts, NewConnection } from './add-connection.ts';
import type { ProviderCatalog } from './connection-ports.ts';
import { openProvider } from './open-provider.ts';

/**
 * What may be chosen for a setting of a connection that is about to be made. The credential is used for this one call, at
 * the origins that the connection would be pinned to, and nothing is stored.
 */
export async function suggestForSetting(
  catalog: ProviderCatalog,
  wanted: Omit<NewConnection, 'name'>,
  setting: string,
): Promise<Result<readonly Option[], ProviderFailure>> {
  const origins = catalog.originsOf(wanted, wanted.credential);
  if (!origins.ok) return origins;
  const provider = catalog.connect({ ...wanted, ...origins.value }, wanted.credential);
  return provider.ok ? provider.value.options(setting) : provider;
}

/** The scopes that a key of the connection may be given, beside those that the definition names. */
export async function scopesOf(
  ports: ConnectionPorts,
  id: ConnectionId,
): Promise<Result<readonly Option[], SecretStoreFailure | ProviderFailure | Failure<'connection-unknown'>>> {
  const provider = await openProvider(ports, id);
  return provider.ok ? provider.value.scopes() : provider;
}
