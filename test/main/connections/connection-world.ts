import type { ConnectionPorts } from '../../../main/connections/add-connection.ts';
import { connectionsHandlers } from '../../../main/connections/connections.handlers.ts';
import { rememberLastUse } from '../../../main/keys/remember-last-use.ts';
import type { Provider } from '../../../main/providers/provider.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { ok } from '../../../shared/result.ts';
import { createFakeCatalog } from '../../fakes/fake-catalog.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';
import { createKeyWorld } from '../../support/key-world.ts';

/** A vault with the connection "Shop" at a provider, and the handlers over it. */
export function createConnectionWorld() {
  const keys = createKeyWorld();
  keys.items.set(`connection/${keys.connectionId}`, JSON.stringify({ token: 'shop token' }));
  let isOpen = true;
  let list: Provider['list'] | null = null;
  const catalog = createFakeCatalog(
    () => (list === null ? keys.server.provider : { ...keys.server.provider, list }),
    () => (isOpen ? keys.records.definitions : null),
  );
  const desktop = createMemoryDesktop();
  const sandboxCalls: string[] = [];
  const readied: { readonly providerId: string; readonly opened: number }[] = [];
  const ready = async (providerId: string) => {
    readied.push({ providerId, opened: catalog.opened.length });
  };

  const ports = (): ConnectionPorts => {
    const { clock, ids, records, secrets, activity, journal } = keys.ports;
    return { clock, ids, records, secrets, activity, journal, catalog, ready };
  };

  return {
    ...keys,
    keys,
    id: keys.connectionId,
    catalog,
    desktop,
    /** Every wait for what a provider runs on, and how many had been called by then. */
    readied,
    sandboxCalls,
    ports,
    /** How the provider's list is answered from now on. */
    listsBy(answer: Provider['list']) {
      list = answer;
    },
    closeVault() {
      isOpen = false;
    },
    handlers: connectionsHandlers({
      ports: () => (isOpen ? ports() : null),
      catalog,
      desktop,
      async listed(id, listed) {
        await rememberLastUse(keys.ports, id, listed);
      },
      sandbox: {
        async start() {
          sandboxCalls.push('start');
          return ok(undefined);
        },
        async connect(holder) {
          sandboxCalls.push(holder === undefined ? 'connect' : `connect for ${holder}`);
          return ok({
            environment: 'test',
            settings: { url: 'http://127.0.0.1:4000' },
            credential: { token: new Secret(`sandbox token ${sandboxCalls.length}`) },
          });
        },
      },
    }),
    /** Names of what the secret store holds for connections. */
    credentials: () => [...keys.items.keys()].filter((name) => name.startsWith('connection/')),
    connections: () => keys.records.connections.all(),
  };
}

export const mailInput = {
  providerId: 'example',
  name: 'Mail',
  environment: 'live',
  settings: { url: 'https://api.example.com/v1?x=1' },
  credential: { token: 'mail token' },
} as const;
