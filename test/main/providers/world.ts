import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectionFacts } from '../../../main/providers/caller.ts';
import type { Definition, DefinitionData } from '../../../main/providers/definition.ts';
import { loadDefinition } from '../../../main/providers/load-definition.ts';
import type { Provider } from '../../../main/providers/provider.ts';
import { connectProvider } from '../../../main/providers/provider-client.ts';
import { Secret, type SecretFields } from '../../../main/secrets/secret.ts';
import type { KeyRequest } from '../../../shared/domain/key.ts';

/** What the server was sent. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly origin: string;
  readonly received: Received[];
  stop(): Promise<void>;
}

/** A real HTTP server that answers as `act` says and remembers what it was sent. */
export async function startServer(
  act: (request: Received, response: ServerResponse, count: number) => void,
): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body,
    };
    received.push(request);
    act(request, response, received.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** A definition of a small, ordinary provider; `change` replaces parts of it. */
export function definitionOf(change: Partial<DefinitionData> = {}): Definition {
  const data: DefinitionData = {
    format: 1,
    id: 'example',
    name: 'Example',
    environments: ['test', 'live'],
    dashboard: { url: 'https://example.com/keys', create: ['Make one.'], revoke: ['Revoke it.'] },
    hosts: { api: { kind: 'asked', setting: 'url' } },
    settings: [{ name: 'url', label: 'Address', kind: 'url' }],
    credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
    authentication: { kind: 'bearer', token: '{credential.token}' },
    fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'EXAMPLE_KEY' }],
    creation: { nameMaxLength: 64 },
    operations: {
      create: {
        method: 'POST',
        path: '/keys',
        body: { kind: 'json', value: { name: '{request.name}' } },
        success: [200, 201],
        response: { id: '/id', fields: { KEY: '/key' } },
      },
      list: {
        method: 'GET',
        path: '/keys',
        response: { items: '/keys', id: '/id', name: { at: '/name', always: true } },
      },
      revoke: { method: 'DELETE', path: '/keys/{id}', success: [200, 204] },
      check: {
        method: 'GET',
        path: '/me',
        authentication: { kind: 'bearer', token: '{key.KEY}' },
        verdicts: [
          { when: { status: [200] }, outcome: 'valid' },
          { when: { status: [401] }, outcome: 'refused' },
          { when: { status: [403] }, outcome: 'valid-but-limited' },
        ],
      },
    },
    errors: { messages: ['/error/message', '/message'] },
    ...change,
  };
  const loaded = loadDefinition(data);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

/** The management token of every test here. */
export const managementToken = 'mgmt-canary-7Q2vX9';

/** The fields of a key or credential, from plain text. */
export function secrets(fields: Record<string, string>): SecretFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)]));
}

export interface Connected {
  readonly provider: Provider;
  /** How long the client paused, in milliseconds. */
  readonly pauses: number[];
}

/** The client, connected to a server, with Node's own fetch and a clock that only pauses move. */
export function connect(origin: string, change: Partial<ConnectionFacts> = {}): Connected {
  const pauses: number[] = [];
  const provider = connectProvider({
    definition: definitionOf(),
    settings: { url: origin },
    origin,
    environment: 'test',
    credential: secrets({ token: managementToken }),
    fetch,
    clock: () => Date.parse('2026-03-01T12:00:00Z'),
    sleep: async (ms) => void pauses.push(ms),
    timeLimitMs: 5000,
    ...change,
  });
  return { provider, pauses };
}

/** A request for a key with nothing special about it. */
export const plainRequest: KeyRequest = {
  scopes: null,
  expiresInDays: null,
  restrictions: { ips: [], referrers: [], endpoints: [] },
};
