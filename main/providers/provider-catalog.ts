import { failure } from '../../shared/domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { ProviderCatalog } from '../connections/connection-ports.ts';
import { catalog } from './catalog/catalog.ts';
import { originOf } from './hosts.ts';
import { connectProvider } from './provider-client.ts';
import { toProviderSummary } from './summary.ts';
import type { Fetch } from './transport.ts';

/** The built-in definitions, and the client that interprets them. */
export function createProviderCatalog(world: {
  readonly fetch: Fetch;
  readonly clock: Clock;
}): ProviderCatalog {
  const definitions = new Map(catalog.map((definition) => [definition.id, definition]));
  const summaries = new Map(catalog.map((definition) => [definition.id, toProviderSummary(definition)]));
  const unknown = (provider: string) =>
    fail(failure('operation-missing', { provider, operation: 'definition' }));

  return {
    summaries: () => [...summaries.values()],
    summary: (providerId) => summaries.get(providerId),
    originOf: (connection, credential) => {
      const definition = definitions.get(connection.providerId);
      if (definition === undefined) return unknown(connection.providerId);
      return originOf(definition, { ...connection, credential });
    },
    connect: (connection, credential) => {
      const definition = definitions.get(connection.providerId);
      if (definition === undefined) return unknown(connection.providerId);
      return ok(
        connectProvider({
          definition,
          settings: connection.settings,
          origin: connection.origin,
          environment: connection.environment,
          credential,
          fetch: world.fetch,
          clock: world.clock.now,
          sleep: world.clock.sleep,
        }),
      );
    },
  };
}
