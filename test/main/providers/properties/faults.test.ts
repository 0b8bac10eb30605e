import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { loadDefinition } from '../../../../main/providers/load-definition.ts';
import type { MaskedMapping } from '../../../../main/providers/operation.ts';
import { connectProvider } from '../../../../main/providers/provider-client.ts';
import { Secret, type SecretFields } from '../../../../main/secrets/secret.ts';

const token = 'mgmt-canary-7Q2vX9';
const old = 'sk-old-canary-77Ab';
const fresh = 'sk-fresh-canary-3Fz8';
const secrets = (fields: Record<string, string>): SecretFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)]));
const plain = { scopes: null, expiresInDays: null, restrictions: { ips: [], referrers: [], endpoints: [] } };

const definition: DefinitionData = {
  format: 1,
  id: 'faulty',
  name: 'Faulty',
  dashboard: { url: 'https://example.com/keys', create: ['Make one.'], revoke: ['Revoke it.'] },
  environments: ['live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'Address', kind: 'url' }],
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: { method: 'POST', path: '/keys', response: { id: '/id', fields: { KEY: '/key' } } },
    list: {
      method: 'GET',
      path: '/keys',
      pager: { kind: 'cursor', in: 'query', parameter: 'after', next: '/next' },
      response: { items: '/keys', id: '/id', name: { at: '/name', always: true } },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}' },
    rotate: { method: 'POST', path: '/keys/{id}/rotate', response: { fields: { KEY: '/key' } } },
    check: {
      method: 'GET',
      path: '/me',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [{ when: { status: [200], field: { at: '/valid', is: [true] } }, outcome: 'valid' }],
    },
  },
  errors: {
    messages: ['/message'],
    meanings: [
      { when: { status: [403], field: { at: '/plan', is: ['none'] } }, means: 'subscription-needed' },
    ],
  },
};

type Act = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A server that answers one thing, and the client that is connected to it. */
async function world(act: Act, change: Partial<DefinitionData> = {}, timeLimitMs = 10_000) {
  let requests = 0;
  const origin = await listen((request, response) => {
    requests += 1;
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => act(request, response, body));
  });
  const loaded = loadDefinition({ ...definition, ...change });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const provider = connectProvider({
    definition: loaded.value,
    settings: { url: origin },
    origin,
    environment: 'live',
    credential: secrets({ token }),
    fetch,
    clock: Date.now,
    sleep: async () => undefined,
    timeLimitMs,
  });
  const wish = { expiresInDays: null, graceSeconds: 0 };
  const operations = {
    create: () => provider.create('key-1', plain, {}),
    rotate: () => provider.rotate('k1', wish, {}, secrets({ KEY: old })),
    list: () => provider.list({}),
    check: () => provider.check(secrets({ KEY: old })),
    revoke: () => provider.revoke('k1', {}, secrets({ KEY: old })),
  };
  return { provider, operations, count: () => requests };
}

async function listen(
  act: (request: IncomingMessage, response: ServerResponse) => void,
  onConnection = () => {},
) {
  const server = createServer(act).on('connection', onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers a status in words that repeat everything that was sent, and a new secret where one would stand. */
const answering =
  (status: number, extra: object = {}, headers: Record<string, string> = {}): Act =>
  (request, response, body) => {
    const message = `${request.method} ${request.url} ${request.headers.authorization} ${body}`;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ message, key: fresh, ...extra }));
  };

const silence: Act = () => undefined;

type Operation = 'create' | 'rotate' | 'list' | 'check' | 'revoke';
const reads: readonly Operation[] = ['list', 'check'];
const issues: readonly Operation[] = ['create', 'rotate'];

interface Fault {
  readonly fault: string;
  readonly act: Act;
  readonly code: string;
  /** Whether the provider may have acted, so that a new key has to be looked for. */
  readonly mayHaveActed: boolean;
  /** Whether a read is tried again. */
  readonly isRepeated: boolean;
}
const fault = (
  fault: string,
  act: Act,
  code: string,
  { mayHaveActed = false, isRepeated = false } = {},
): Fault => ({ fault, act, code, mayHaveActed, isRepeated });
const acted = { mayHaveActed: true };

const faults: readonly Fault[] = [
  fault('400', answering(400), 'provider-refused'),
  fault('401', answering(401), 'credential-rejected'),
  fault('402', answering(402), 'subscription-needed'),
  fault('403', answering(403), 'permission-lacking'),
  fault('403 for want of a plan', answering(403, { plan: 'none' }), 'subscription-needed'),
  fault('404', answering(404), 'provider-not-found'),
  fault('409', answering(409), 'provider-refused'),
  fault('429', answering(429, {}, { 'retry-after': '1' }), 'provider-throttled', { isRepeated: true }),
  fault('429 for an hour', answering(429, {}, { 'retry-after': '3600' }), 'provider-throttled'),
  fault('500', answering(500), 'provider-failed', { ...acted, isRepeated: true }),
  fault('503', answering(503), 'provider-failed', { ...acted, isRepeated: true }),
  fault('no answer in time', silence, 'provider-unreachable', acted),
  fault('a dropped connection', (_request, response) => response.destroy(), 'provider-unreachable', {
    ...acted,
    isRepeated: true,
  }),
  fault('a status that nobody expects', answering(299), 'provider-answer-unreadable', acted),
];
const cells = faults.flatMap((row) =>
  ([...issues, ...reads, 'revoke'] as const).map((operation) => ({ ...row, operation })),
);

test.each(cells.filter(({ fault, operation }) => fault !== '404' || operation !== 'revoke'))(
  '$operation, answered with $fault, fails as $code and tells no secret',
  async ({ act, code, mayHaveActed, isRepeated, operation }) => {
    const said = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
    const { operations, count } = await world(act, {}, act === silence ? 150 : 10_000);
    const outcome = await operations[operation]();
    if (issues.includes(operation)) {
      expect(outcome).toMatchObject({
        ok: false,
        error: { outcome: mayHaveActed ? 'unknown' : 'rejected', failure: { code } },
      });
    } else {
      expect(outcome).toMatchObject({ ok: false, error: { code } });
    }
    expect(count()).toBe(isRepeated && reads.includes(operation) ? 3 : 1);
    expect(JSON.stringify(outcome)).not.toContain('canary');
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  },
);

test('a key that the provider does not know when it is revoked is revoked', async () => {
  const { operations, count } = await world(answering(404));
  expect(await operations.revoke()).toEqual({ ok: true, value: undefined });
  expect(count()).toBe(1);
});

describe('a redirect', () => {
  const operations = [...issues, ...reads, 'revoke'] as const;
  test.each(
    [301, 302, 303, 307, 308].flatMap((status) =>
      operations.map((operation) => [operation, status] as const),
    ),
  )(
    'of %s by %i is refused, and not even a connection reaches the other origin',
    async (operation, status) => {
      let connections = 0;
      const elsewhere = await listen(
        (_request, response) => response.end('{}'),
        () => {
          connections += 1;
        },
      );
      const { operations, count } = await world((_request, response) =>
        response.writeHead(status, { location: `${elsewhere}/keys?token=${token}` }).end(),
      );
      const outcome = await operations[operation]();
      const redirected = { code: 'provider-redirected', to: elsewhere };
      expect(outcome).toMatchObject({
        ok: false,
        error: issues.includes(operation) ? { failure: redirected } : redirected,
      });
      expect(count()).toBe(1);
      expect(connections).toBe(0);
      expect(JSON.stringify(outcome)).not.toContain('canary');
    },
  );

  test('to another path of the same origin is not followed either', async () => {
    const { operations, count } = await world((_request, response) =>
      response.writeHead(307, { location: '/elsewhere' }).end(),
    );
    for (const operation of Object.values(operations)) expect(await operation()).toMatchObject({ ok: false });
    expect(count()).toBe(5);
  });
});

describe('an answer that lacks what the definition says', () => {
  const answers: readonly (readonly [string, unknown])[] = [
    ['without the value', { id: 'k2' }],
    ['with an empty value', { id: 'k2', key: '' }],
    ['with a value that is a list', { id: 'k2', key: [fresh] }],
    ['with a value that is true', { id: 'k2', key: true }],
    ['that is null', null],
    ['that is a list', [fresh]],
  ];
  test.each(issues.flatMap((operation) => answers.map(([what, body]) => [operation, what, body] as const)))(
    '%s %s: it may have happened, so that the stray is looked for',
    async (operation, _what, body) => {
      const { operations, count } = await world((_request, response) => response.end(JSON.stringify(body)));
      const outcome = await operations[operation]();
      expect(outcome).toMatchObject({
        error: { outcome: 'unknown', failure: { code: 'provider-answer-unreadable' } },
      });
      expect(count()).toBe(1);
      expect(JSON.stringify(outcome)).not.toContain('canary');
    },
  );

  test('a stray is found in the list under the name that it was asked for', async () => {
    const { operations } = await world((request, response) =>
      response.end(request.method === 'POST' ? '{}' : JSON.stringify({ keys: [{ id: 7, name: 'key-1' }] })),
    );
    expect(await operations.create()).toMatchObject({ error: { outcome: 'unknown' } });
    expect(await operations.list()).toMatchObject({ value: [{ providerKeyId: '7', name: 'key-1' }] });
  });
});

describe('a list that tells live secrets', () => {
  const live = [
    'sk-live-canary-aaaa1111bbbb2222',
    'short-canary-0123456789',
    'sk.live..canary***end',
    '12345678901234567890-canary',
  ];
  const item = (value: string) => ({ id: 'k1', name: 'a', key: value, prefix: value, secret: { value } });
  const masks: readonly MaskedMapping[] = [
    { kind: 'label', at: '/key' },
    { kind: 'last-four', at: '/key' },
    { kind: 'last-four', at: '/key', prefix: '/prefix' },
    { kind: 'prefix-suffix', prefix: '/prefix', suffix: '/key' },
  ];
  test.each(masks)('shows no whole one by %o', async (masked) => {
    const list = { ...definition.operations?.list, response: { items: '/keys', id: '/id', masked } };
    const { operations } = await world(
      (_request, response) => response.end(JSON.stringify({ keys: live.map(item) })),
      { operations: { list: list as never } },
    );
    const listed = JSON.stringify(await operations.list());
    for (const value of live) expect(listed).not.toContain(value);
  });

  test.each([
    ['in an item without an id', { keys: [{ ...item(live[0] ?? ''), id: null }] }],
    ['in place of the list', { keys: live[0] }],
    ['in a cursor that does not end', { keys: [], next: live[0] }],
    ['in the words of an error', { message: 'no', keys: live.map(item) }],
  ])('tells none of them %s', async (what, body) => {
    const { operations } = await world((_request, response) => {
      response.writeHead(what.includes('error') ? 500 : 200).end(JSON.stringify(body));
    });
    const outcome = await operations.list();
    expect(outcome).toMatchObject({ ok: false });
    expect(JSON.stringify(outcome)).not.toContain('canary');
  });
});
