import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import { isPlayedBySandbox } from '../../shared/domain/sandbox.ts';
import { unknownProvider } from '../../shared/domain/unknown-provider.ts';
import type { ConnectionView } from '../../shared/ipc/connections.contract.ts';
import type { Records } from '../storage/records.ts';
import type { ProviderCatalog } from './connection-ports.ts';

/**
 * Connections as the page shows them. One that no usable definition describes is among them, so that it can be removed:
 * `isUnknownProvider` tells it.
 */
export function connectionViews(records: Records, catalog: ProviderCatalog): ConnectionView[] {
  const keys = new Map<ConnectionId, number>();
  for (const key of records.keys.all()) {
    keys.set(key.connectionId, (keys.get(key.connectionId) ?? 0) + 1);
  }
  const providers = new Map(catalog.summaries().map((provider) => [provider.id, provider]));
  return records.connections
    .all()
    .map((connection) =>
      viewOf(connection, providers.get(connection.providerId), keys.get(connection.id) ?? 0, catalog),
    );
}

/** One connection as the page shows it. */
export function connectionView(
  records: Records,
  catalog: ProviderCatalog,
  connection: ConnectionRecord,
): ConnectionView {
  const provider = catalog.summaries().find(({ id }) => id === connection.providerId);
  const keys = records.keys.all().filter((key) => key.connectionId === connection.id).length;
  return viewOf(connection, provider, keys, catalog);
}

function viewOf(
  connection: ConnectionRecord,
  provider: ProviderSummary | undefined,
  keys: number,
  catalog: ProviderCatalog,
): ConnectionView {
  const { providerId, environment } = connection;
  return {
    ...connection,
    provider: provider ?? unknownProvider(providerId, [environment]),
    keys,
    sandbox: isPlayedBySandbox(providerId),
    dashboardUrl: catalog.dashboardUrl(connection),
  };
}
