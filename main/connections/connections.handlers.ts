import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { ListedKey, ProviderSummary } from '../../shared/domain/provider.ts';
import { sandboxProviderId } from '../../shared/domain/sandbox.ts';
import type { connectionsContract } from '../../shared/ipc/connections.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import { asAnswers } from '../providers/answers.ts';
import { createLine } from '../turns.ts';
import { addConnection, type ConnectionPorts, type NewConnection } from './add-connection.ts';
import { scopesOf, suggestForSetting } from './ask-provider.ts';
import { compareKeys } from './compare-keys.ts';
import type { ProviderCatalog } from './connection-ports.ts';
import { connectionView, connectionViews } from './connection-views.ts';
import { providersHandlers } from './providers.handlers.ts';
import { revokeStray } from './revoke-stray.ts';
import { checkConnection, removeConnection, setConnectionPolicy } from './tend-connection.ts';

export interface ConnectionsHandlersOptions {
  /** The ports of the open vault, or null. */
  readonly ports: () => ConnectionPorts | null;
  readonly catalog: ProviderCatalog;
  readonly desktop: Pick<Desktop, 'openExternal'>;
  /** A connection's provider has listed these keys just now. */
  readonly listed: (id: ConnectionId, keys: readonly ListedKey[]) => Promise<void>;
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

/** The first option of every choice, where nobody is asked. */
function firstChoices({ settings }: ProviderSummary): Record<string, string> {
  return Object.fromEntries(
    settings.flatMap(({ name, options: [first] }) => (first === undefined ? [] : [[name, first.value]])),
  );
}

/** What the page may ask about providers and connections. */
export function connectionsHandlers(
  options: ConnectionsHandlersOptions,
): Handlers<typeof connectionsContract> {
  const { ports: openPorts, catalog, desktop, sandbox } = options;
  const vaultClosed = () => fail(failure('vault-closed'));
  // One after the other: the name is free, or the sandbox not there yet, for the first of two only.
  const addInTurn = createLine();

  function viewed(ports: ConnectionPorts, connection: ConnectionRecord) {
    return ok(connectionView(ports.records, catalog, connection));
  }

  return {
    ...providersHandlers({ ports: openPorts, catalog, desktop, inTurn: addInTurn }),
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
        if (provider === undefined) return fail(failure('definition-unknown', { provider: providerId }));
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
    'connections.setPolicy': async ({ id, policy }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const set = await setConnectionPolicy(ports, id, policy);
      return set.ok ? viewed(ports, set.value) : set;
    },
    'connections.remove': async ({ id }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const removed = await removeConnection(ports, id);
      return removed.ok ? ok({}) : removed;
    },
    'connections.suggest': async ({ setting, ...wanted }) => {
      if (openPorts() === null) return vaultClosed();
      const credential = asAnswers(wanted.credential);
      const options = await suggestForSetting(catalog, { ...wanted, credential }, setting);
      return options.ok ? ok({ options: [...options.value] }) : options;
    },
    'connections.scopes': async ({ id }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const options = await scopesOf(ports, id);
      return options.ok ? ok({ options: [...options.value] }) : options;
    },
    'connections.compare': async ({ id, answers }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const keys = await compareKeys(ports, id, asAnswers(answers));
      if (!keys.ok) return keys;
      await options.listed(
        id,
        keys.value.flatMap(({ listed }) => listed ?? []),
      );
      return ok({ keys: keys.value });
    },
    'connections.revokeStray': async ({ id, answers, ...stray }) => {
      const ports = openPorts();
      if (ports === null) return vaultClosed();
      const revoked = await revokeStray(ports, id, stray, asAnswers(answers));
      return revoked.ok ? ok({}) : revoked;
    },
  };
}
