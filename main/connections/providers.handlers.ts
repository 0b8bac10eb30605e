import { failure } from '../../shared/domain/failure.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { connectionsContract } from '../../shared/ipc/connections.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import type { ConnectionPorts } from './add-connection.ts';
import type { ProviderCatalog } from './connection-ports.ts';
import { addDefinition, previewDefinition, removeDefinition } from './own-definitions.ts';

export interface ProvidersHandlersOptions {
  /** The ports of the open vault, or null. */
  readonly ports: () => ConnectionPorts | null;
  readonly catalog: ProviderCatalog;
  readonly desktop: Pick<Desktop, 'openExternal'>;
  /** Changes of definitions and new connections wait for each other. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
}

type ProviderCalls = Extract<keyof Handlers<typeof connectionsContract>, `providers.${string}`>;

/** What the page may ask about providers and their definitions. */
export function providersHandlers({
  ports: openPorts,
  catalog,
  desktop,
  inTurn,
}: ProvidersHandlersOptions): Pick<Handlers<typeof connectionsContract>, ProviderCalls> {
  const vaultClosed = () => fail(failure('vault-closed'));

  function isPageOf(provider: ProviderSummary, url: string): boolean {
    if (catalog.namesPage(provider.id, url)) return true;
    const connections = openPorts()?.records.connections.all() ?? [];
    return connections.some((one) => one.providerId === provider.id && catalog.dashboardUrl(one) === url);
  }

  return {
    'providers.catalog': () => ok({ providers: [...catalog.summaries()] }),
    'providers.preview': async ({ file }) => {
      const ports = openPorts();
      return ports === null ? vaultClosed() : previewDefinition(ports, file);
    },
    'providers.addFromFile': (wanted) =>
      inTurn(async () => {
        const ports = openPorts();
        if (ports === null) return vaultClosed();
        const added = await addDefinition(ports, wanted);
        if (!added.ok) return added;
        const summary = catalog.summary(added.value.id);
        // Locked meanwhile: it is there when the vault is open again.
        return summary === undefined ? vaultClosed() : ok(summary);
      }),
    'providers.remove': ({ providerId }) =>
      inTurn(async () => {
        const ports = openPorts();
        if (ports === null) return vaultClosed();
        const removed = await removeDefinition(ports, providerId);
        return removed.ok ? ok({}) : removed;
      }),
    'providers.open': async ({ providerId, url }) => {
      const provider = catalog.summary(providerId);
      if (provider === undefined) return fail(failure('definition-unknown', { provider: providerId }));
      if (!isPageOf(provider, url)) throw new Error('Only a page that the definition names is opened');
      return ok(await desktop.openExternal(url));
    },
  };
}
