import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DefinitionData } from '../../../main/providers/definition.ts';

/** The token that the server takes for managing keys. */
export const acmeToken = 'acme-management-token';

/** A provider that the app knows nothing of, over real HTTP; what it holds is there to look at. */
export interface AcmeServer {
  readonly url: string;
  readonly keys: Map<string, { readonly name: string; readonly value: string }>;
  /** Every request as `METHOD /path`. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/** Starts the server on a free port of this machine. */
export async function startAcme(): Promise<AcmeServer> {
  const keys: AcmeServer['keys'] = new Map([['k0', { name: 'management', value: acmeToken }]]);
  const requests: string[] = [];

  const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const call = `${request.method} ${request.url}`;
    requests.push(call);
    if (call === 'GET /me') {
      return [...keys.values()].some(({ value }) => value === token) ? [200, {}] : [401, {}];
    }
    if (token !== acmeToken) return [401, {}];
    if (call === 'GET /keys') return [200, { keys: [...keys].map(([id, { name }]) => ({ id, name })) }];
    if (call === 'GET /regions') return [200, [{ code: 'eu', title: 'Europe' }]];
    if (call === 'GET /whoami') return [200, { id: 'k0' }];
    if (call === 'POST /keys') {
      const id = `k${keys.size}`;
      const value = `acme_value_of_${id}_0123456789`;
      keys.set(id, { name: String((await jsonOf(request)).name), value });
      return [201, { id, key: value }];
    }
    if (request.method === 'DELETE') return [keys.delete(request.url?.slice(6) ?? '') ? 200 : 404, {}];
    return [404, {}];
  };

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function jsonOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** What describes the server; `changes` replaces some of its parts. */
export function acmeDefinition(changes: Partial<DefinitionData> = {}): DefinitionData {
  return {
    format: 1,
    id: 'acme',
    name: 'Acme',
    website: 'https://acme.example/',
    dashboard: { url: '{setting.url}/dashboard/keys', create: ['Click Create key.'] },
    environments: ['test'],
    hosts: { api: { kind: 'asked', setting: 'url' } },
    settings: [
      { name: 'url', label: 'Address', kind: 'url' },
      {
        name: 'region',
        label: 'Region',
        required: false,
        optionsFrom: { path: '/regions', items: '', value: '/code', label: '/title' },
      },
    ],
    credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
    authentication: { kind: 'bearer', token: '{credential.token}' },
    fields: [{ name: 'API_KEY', label: 'API key', secret: true, variable: 'ACME_API_KEY' }],
    creation: { nameMaxLength: 64 },
    operations: {
      create: {
        method: 'POST',
        path: '/keys',
        body: { kind: 'json', value: { name: '{request.name}' } },
        success: [201],
        response: { id: '/id', fields: { API_KEY: '/key' } },
      },
      list: {
        method: 'GET',
        path: '/keys',
        response: { items: '/keys', id: '/id', name: { at: '/name', always: true } },
      },
      revoke: { method: 'DELETE', path: '/keys/{id}' },
      check: {
        method: 'GET',
        path: '/me',
        authentication: { kind: 'bearer', token: '{key.API_KEY}' },
        verdicts: [
          { when: { status: [200] }, outcome: 'valid' },
          { when: { status: [401] }, outcome: 'refused' },
        ],
      },
      probe: { method: 'GET', path: '/whoami', ownKeyId: '/id' },
    },
    ...changes,
  };
}
