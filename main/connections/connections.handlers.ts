import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import { isPlayedBySandbox, sandboxProviderId } from '../../shared/domain/sandbox.ts';
import type { ConnectionView, connectionsContract } from '../../shared/ipc/connections.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { asAnswers } from '../providers/answers.ts';
import type { Records } from '../storage/records.ts';
import { createLine } from '../turns.ts';
import { addConnection, type ConnectionPorts, type NewConnection } from './add-connection.ts';
import type { ProviderCatalog } from './connection-ports.ts';
import { findStrays, revokeStray } from './strays.ts';
import { checkConnection, removeConnection } from './tend-connection.ts';

export interface ConnectionsHandlersOptions {
  /** The ports of the open vault, or null. */
  readonly ports: () => ConnectionPorts | null;
  readonly catalog: ProviderCatalog;
  /**
   * The embedded sandbox: to be started before it is called, and to get a new management token for a new connection.
   * Each provider that it plays holds a token of its own, so that one connection does not end another's.
   */
  readonly sandbox: {
    start(): Promise<Result<unknown, Failure<'storage-failed'>>>;
    connect(
      holder?: string,
    ): Promise<Result<Omit<NewConnection, 'providerId' | 'name'>, Failure<'storage-failed'>>>;
  };
}

/** Connections as the page shows them; those of a provider that is not known any more are left out. */
export function connectionViews(
  records: Records,
  catalog: ProviderCatalog,
  connections: readonly ConnectionRecord[] = records.connections.all(),
): ConnectionView[] {
  const keys = new Map<string, number>();
  for (const key of records.keys.all()) {
    keys.set(key.connectionId, (keys.get(key.connectionId) ?? 0) + 1);
  }
  return connections.flatMap((connection) => {
    const provider = catalog.summary(connection.providerId);
    if (provider === undefined) return [];
    const sandbox = isPlayedBySandbox(connection.providerId);
    return [{ ...connection, provider, keys: keys.get(connection.id) ?? 0, sandbox }];
  });
}

/** The first option of every choice, where nobody is asked. */
function firstChoices({ settings }: ProviderSummary): Record<string, string> {
  return Object.fromEntries(
    settings.flatMap(({ name, options: [first] }) => (first === undefined ? [] : [[name, first.value]])),
  );
}

function unknownProvider(provider: string) {
  return fail(failure('operation-missing', { provider, operation: 'definition' }));
}

/** What the page may ask about providers and connections. */
export function connectionsHandlers(
  options: ConnectionsHandlersOptions,
): Handlers<typeof connectionsContract> {
  const { ports: openPorts, catalog, sandbox } = options;
  const vaultClosed = () => fail(failure('vault-closed'));
  // One after the other: the name is free, or the sandbox not there yet, for the first of two only.
  const addInTurn = createLine();

  function viewed(ports: ConnectionPorts, connection: ConnectionRecord) {
    const [view] = connectionViews(ports.records, catalog, [connection]);
    return view === undefined ? unknownProvider(connection.providerId) : ok(view);
  }

  return {
    'providers.catalog': () => ok({ providers: [...catalog.summaries()] }),
    'connections.list': () => {
      const ports = openPorts();
      return ports === null ? vaultClosed() : ok({ connections: connectionViews(ports.records, catalog) });
    },
    'connections.add': (input) =>
      addInTurn(async () => {
        const ports = openPorts();
        if (ports === null) return vaultClosed();
        const added = await addConnection(ports, { ...input, credential: asAnswers(input.credential) });
        return added.ok ? viewed(ports, added.value) : added;
      }),
    'connections.addSandbox': ({ providerId = sandboxProviderId }) =>
      addInTurn(async () => {
        const ports = openPorts();
        if (ports === null) return vaultClosed();
        const provider = catalog.summary(providerId);
        if (provider === undefined) return unknownProvider(providerId);
        const existing = ports.records.connections.all().find((one) => one.providerId === providerId);
        if (existing !== undefined) {
          const started = await sandbox.start();
          return started.ok ? viewed(ports, existing) : started;
        }
        const holder = providerId === sandboxProviderId ? [] : [providerId];
        const facts = await sandbox.connect(...holder);
        if (!facts.ok) return facts;
        const settings = { ...firstChoices(provider), ...facts.value.settings };
        const added = await addConnection(ports, {
          ...facts.value,
          settings,
          providerId,
          name: provider.name,
        });
        return added.ok ? viewed(ports, added.value) : added;
      }),
    'connections.check': async ({ id }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const checked = await checkConnection(ports, id);
      return checked.ok ? viewed(ports, checked.value) : checked;
    },
    'connections.remove': async ({ id }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const removed = await removeConnection(ports, id);
      return removed.ok ? ok({}) : removed;
    },
    'connections.strays': async ({ id }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const strays = await findStrays(ports, id);
      return strays.ok ? ok({ strays: strays.value }) : strays;
    },
    'connections.revokeStray': async ({ id, answers, ...stray }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const revoked = await revokeStray(ports, id, stray, asAnswers(answers));
      return revoked.ok ? ok({}) : revoked;
    },
  };
}
