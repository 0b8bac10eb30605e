import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import { connect, definitionOf, json, secrets, startServer, type TestServer } from './world.ts';

const run = promisify(execFile);
const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const secretKey = "cbpay_canary'9Qz";
const key = secrets({ CLIENT: 'client-7', SECRET: secretKey });
type Usage = NonNullable<DefinitionData['usage']>;

const usage: Usage = {
  method: 'POST',
  path: '/pay',
  headers: { source: 'web' },
  authentication: {
    kind: 'hmac',
    headers: { 'X-Client': '{key.CLIENT}' },
    signature: { header: 'SIGNATURE', key: '{key.SECRET}' },
  },
  body: {
    kind: 'json',
    value: { client: '{key.CLIENT}', note: "it's", t: { $value: 'now.unix-milliseconds', as: 'number' } },
  },
};

async function world(change: Partial<Usage> = {}) {
  const server = await startServer((_request, response) => json(response, 200, { said: 'hello' }));
  servers.push(server);
  const definition = definitionOf({
    fields: [
      { name: 'CLIENT', label: 'Client id', secret: false, variable: 'CLIENT' },
      { name: 'SECRET', label: 'Secret key', secret: true, variable: 'SECRET' },
    ],
    operations: {},
    usage: { ...usage, ...change } as Usage,
  });
  return { ...server, ...connect(server.origin, { definition }) };
}

test('a signed sample is accepted by whoever knows the key, and tells nobody the key', async () => {
  const { provider, received } = await world();
  const sample = provider.signedSample(key);
  const text = sample.ok ? sample.value : '';
  expect(text).not.toContain('canary');
  const { stdout } = await run('bash', ['-c', text]);
  expect(stdout).toContain('hello');
  const [request] = received;
  const body = request?.body ?? '';
  expect(JSON.parse(body)).toEqual({
    client: 'client-7',
    note: "it's",
    t: Date.parse('2026-03-01T12:00:00Z'),
  });
  expect(request?.headers).toMatchObject({
    source: 'web',
    'x-client': 'client-7',
    signature: createHmac('sha256', secretKey).update(body).digest('hex'),
  });
});

test.each<[string, Partial<Usage>]>([
  ['the secret besides the signature', { headers: { 'X-Secret': '{key.SECRET}' } }],
  ['the secret in the body', { body: { kind: 'form', fields: { key: '{key.SECRET}' } } }],
  ['no signature', { authentication: { kind: 'bearer', token: '{key.SECRET}' } }],
])('a request with %s has no sample', async (_title, change) => {
  const { provider } = await world(change);
  expect(provider.signedSample(key)).toMatchObject({ error: { code: 'operation-missing' } });
});

test('nothing is signed for another host than the connection was made for', async () => {
  const { origin } = await world();
  const { provider } = connect(origin, {
    definition: definitionOf({
      operations: {},
      usage: {
        ...usage,
        authentication: { kind: 'hmac', signature: { header: 'S', key: 'k' } },
        body: { kind: 'none' },
      },
    }),
    settings: { url: 'https://other.example' },
  });
  expect(provider.signedSample(key)).toMatchObject({ error: { code: 'operation-missing' } });
});
