import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import { unpackFields } from '../secrets/secret-fields.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Records } from '../storage/records.ts';
import type { ProviderCatalog } from './connection-ports.ts';

/** The provider of a connection, with its management credential read from the secret store. */
export async function openProvider(
  ports: {
    readonly records: Records;
    readonly secrets: SecretStore;
    readonly catalog: ProviderCatalog;
    /** Waits for what has to run before the provider can be called. */
    readonly ready: (providerId: string) => Promise<void>;
  },
  id: ConnectionId,
): Promise<Result<Provider, SecretStoreFailure | Failure<'connection-unknown' | 'definition-unknown'>>> {
  const connection = ports.records.connections.get(id);
  if (connection === undefined) return fail(failure('connection-unknown'));
  const item = await ports.secrets.get(`connection/${id}`);
  if (!item.ok) return item;
  const credential = unpackFields(item.value, `connection/${id}`);
  if (!credential.ok) return credential;
  await ports.ready(connection.providerId);
  return ports.catalog.connect(connection, credential.value);
}
