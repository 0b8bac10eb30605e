import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  connect,
  definitionOf,
  json,
  managementToken,
  plainRequest,
  secrets,
  startServer,
  type TestServer,
} from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function serving(act: Parameters<typeof startServer>[0]): Promise<TestServer> {
  const server = await startServer(act);
  servers.push(server);
  return server;
}

const issued = { id: 'k1', key: 'sk-issued-canary-3Fz8' };
const keyFields = secrets({ KEY: 'sk-old-canary-77Ab' });

describe('create', () => {
  test('answers the id and the fields that the definition maps, and sends one request', async () => {
    const server = await serving((_request, response) =>
      json(response, 201, { ...issued, extra: 'ignored' }),
    );
    const { provider } = connect(server.origin);
    const created = await provider.create('web kt-1', plainRequest, {});
    expect(created).toMatchObject({
      ok: true,
      value: { providerKeyId: 'k1', issuedAt: null, expiresAt: null },
    });
    expect(created.ok && created.value.fields.KEY?.reveal()).toBe(issued.key);
    expect(created.ok && Object.keys(created.value.fields)).toEqual(['KEY']);
    expect(server.received).toMatchObject([
      {
        method: 'POST',
        url: '/keys',
        body: '{"name":"web kt-1"}',
        headers: { authorization: `Bearer ${managementToken}` },
      },
    ]);
  });

  test.each([
    [400, 'provider-refused'],
    [401, 'credential-rejected'],
    [403, 'permission-lacking'],
    [404, 'provider-not-found'],
    [409, 'provider-refused'],
    [422, 'provider-refused'],
    [429, 'provider-throttled'],
  ])('says that no key was made when the provider answers %i', async (status, code) => {
    const server = await serving((_request, response) => json(response, status, { message: 'no' }));
    const created = await connect(server.origin).provider.create('a', plainRequest, {});
    expect(created).toMatchObject({ ok: false, error: { outcome: 'rejected', failure: { code } } });
    expect(server.received).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])(
    'says that a key may have been made when the provider answers %i',
    async (status) => {
      const server = await serving((_request, response) => json(response, status, { message: 'oops' }));
      const created = await connect(server.origin).provider.create('a', plainRequest, {});
      expect(created).toMatchObject({
        ok: false,
        error: { outcome: 'unknown', failure: { code: 'provider-failed', status, message: 'oops' } },
      });
      expect(server.received).toHaveLength(1);
    },
  );

  test('sends one POST and says that the outcome is unknown when the answer is dropped', async () => {
    const server = await serving((_request, response) => response.destroy());
    const { provider, pauses } = connect(server.origin);
    const created = await provider.create('a', plainRequest, {});
    expect(created).toMatchObject({
      ok: false,
      error: { outcome: 'unknown', failure: { code: 'provider-unreachable', reason: 'dropped' } },
    });
    expect(server.received).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  test('sends one POST when the server closes every connection after each answer', async () => {
    const server = await serving((_request, response, count) =>
      count < 3 ? json(response, 200, { keys: [] }, { connection: 'keep-alive' }) : response.destroy(),
    );
    const { provider } = connect(server.origin);
    await provider.list({});
    await provider.list({});
    await provider.create('a', plainRequest, {});
    expect(server.received.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  test('says that the outcome is unknown when the answer does not come in time', async () => {
    const server = await serving(() => undefined);
    const created = await connect(server.origin, { timeLimitMs: 1000 }).provider.create(
      'a',
      plainRequest,
      {},
    );
    expect(created).toMatchObject({
      ok: false,
      error: { outcome: 'unknown', failure: { code: 'provider-unreachable', reason: 'timed-out' } },
    });
    expect(server.received).toHaveLength(1);
  });

  test('says that the outcome is unknown when the answer stops in the middle', async () => {
    const server = await serving((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"id":"k1",');
      setTimeout(() => response.destroy(), 20);
    });
    const created = await connect(server.origin).provider.create('a', plainRequest, {});
    expect(created).toMatchObject({
      ok: false,
      error: { outcome: 'unknown', failure: { code: 'provider-unreachable', reason: 'dropped' } },
    });
  });

  test.each([
    ['not JSON', '<html>welcome</html>', 'not-json'],
    ['without the key', '{"id":"k1"}', 'unexpected'],
    ['without the id', '{"key":"sk-issued-canary-3Fz8"}', 'unexpected'],
    ['with a key that is no text', '{"id":"k1","key":{"value":"x"}}', 'unexpected'],
    ['empty', '', 'not-json'],
    ['nested beyond reason', '['.repeat(400_000), 'not-json'],
  ])('says that the outcome is unknown when the answer is %s', async (_what, body, reason) => {
    const server = await serving((_request, response) => response.writeHead(201).end(body));
    const created = await connect(server.origin).provider.create('a', plainRequest, {});
    expect(created).toMatchObject({
      ok: false,
      error: { outcome: 'unknown', failure: { code: 'provider-answer-unreadable', reason } },
    });
    expect(JSON.stringify(created)).not.toContain('canary');
  });

  test('says that no key was made when nobody listens', async () => {
    const server = await startServer(() => undefined);
    await server.stop();
    const created = await connect(server.origin).provider.create('a', plainRequest, {});
    expect(created).toMatchObject({
      ok: false,
      error: { outcome: 'rejected', failure: { code: 'provider-unreachable', reason: 'refused' } },
    });
  });

  test('says that no key was made when the server does not speak TLS', async () => {
    const server = await serving((_request, response) => json(response, 200, issued));
    const origin = server.origin.replace('http:', 'https:');
    const created = await connect(origin).provider.create('a', plainRequest, {});
    expect(created).toMatchObject({
      ok: false,
      error: { outcome: 'rejected', failure: { code: 'provider-unreachable', reason: 'tls' } },
    });
    expect(server.received).toHaveLength(0);
  });

  test('asks for what is needed at the call before anything is sent', async () => {
    const server = await serving((_request, response) => json(response, 201, issued));
    const definition = definitionOf({
      askedAtCall: [
        { name: 'password', label: 'Password', kind: 'secret', at: ['create'] },
        { name: 'otp', label: 'Code', kind: 'secret', required: false, at: ['create'] },
      ],
    });
    const { provider } = connect(server.origin, { definition });
    const wanted = {
      ok: false,
      error: { outcome: 'rejected', failure: { code: 'answer-needed', questions: ['password'] } },
    };
    expect(await provider.create('a', plainRequest, {})).toEqual(wanted);
    expect(await provider.create('a', plainRequest, secrets({ password: '' }))).toEqual(wanted);
    expect(server.received).toHaveLength(0);
    expect(await provider.create('a', plainRequest, secrets({ password: 'x' }))).toMatchObject({ ok: true });
  });

  test.each([
    ['scopes', { ...plainRequest, scopes: ['read'] }],
    ['an expiry', { ...plainRequest, expiresInDays: 30 }],
    ['addresses', { ...plainRequest, restrictions: { ...plainRequest.restrictions, ips: ['127.0.0.1'] } }],
  ])(
    'makes no key that would be more powerful than asked for: %s that the provider does not have',
    async (_what, request) => {
      const server = await serving((_request, response) => json(response, 201, issued));
      const created = await connect(server.origin).provider.create('a', request, {});
      expect(created).toMatchObject({
        ok: false,
        error: { outcome: 'rejected', failure: { code: 'operation-missing' } },
      });
      expect(server.received).toHaveLength(0);
    },
  );
});

describe('where requests go', () => {
  test('never follows a redirect', async () => {
    const elsewhere = await serving((_request, response) => json(response, 201, issued));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serving((_request, response) =>
        response.writeHead(status, { location: `${elsewhere.origin}/keys` }).end(),
      );
      const { provider } = connect(server.origin);
      const host = new URL(server.origin).host;
      const redirected = { code: 'provider-redirected', host, to: elsewhere.origin };
      expect(await provider.list({})).toEqual({ ok: false, error: redirected });
      expect(await provider.create('a', plainRequest, {})).toEqual({
        ok: false,
        error: { outcome: status >= 307 ? 'rejected' : 'unknown', failure: redirected },
      });
      expect(server.received).toHaveLength(2);
    }
    expect(elsewhere.received).toHaveLength(0);
  });

  test('sends nothing to an address other than the one that the connection was made for', async () => {
    const elsewhere = await serving((_request, response) => json(response, 200, { keys: [] }));
    const { provider } = connect('http://127.0.0.1:9', { settings: { url: elsewhere.origin } });
    expect(await provider.list({})).toEqual({
      ok: false,
      error: { code: 'provider-redirected', host: '127.0.0.1:9', to: elsewhere.origin },
    });
    expect(await provider.create('a', plainRequest, {})).toMatchObject({ error: { outcome: 'rejected' } });
    expect(elsewhere.received).toHaveLength(0);
  });

  test('follows no link to the next page that leads elsewhere', async () => {
    const elsewhere = await serving((_request, response) => json(response, 200, { keys: [] }));
    const server = await serving((_request, response) =>
      json(response, 200, { keys: [{ id: 'k1' }], next: `${elsewhere.origin}/keys?page=2` }),
    );
    const { operations } = definitionOf();
    const list = { ...operations.list, pager: { kind: 'link' as const, next: '/next' } };
    const definition = definitionOf({ operations: { list: list as never } });
    const { provider } = connect(server.origin, { definition });
    expect(await provider.list({})).toMatchObject({
      ok: false,
      error: { code: 'provider-redirected', to: elsewhere.origin },
    });
    expect(elsewhere.received).toHaveLength(0);
  });

  test('sends nothing without TLS, except to this machine', async () => {
    const asked: string[] = [];
    const spy: typeof fetch = async (url) => {
      asked.push(String(url));
      return new Response('{"keys":[]}');
    };
    const at = (origin: string) => connect(origin, { fetch: spy }).provider.list({});
    expect(await at('http://provider.example')).toEqual({
      ok: false,
      error: { code: 'provider-insecure', host: 'provider.example' },
    });
    expect(await at('http://127.0.0.1.example')).toMatchObject({ error: { code: 'provider-insecure' } });
    expect(await at('http://localhost.example')).toMatchObject({ error: { code: 'provider-insecure' } });
    expect(await at('http://0.0.0.0')).toMatchObject({ error: { code: 'provider-insecure' } });
    expect(asked).toEqual([]);
    for (const origin of [
      'http://localhost:8080',
      'http://127.0.0.1',
      'http://127.9.9.9',
      'http://[::1]:80',
      'https://provider.example',
    ]) {
      expect(await at(new URL(origin).origin)).toEqual({ ok: true, value: [] });
    }
    expect(asked).toHaveLength(5);
  });

  test('an id from the provider cannot lead to another address', async () => {
    const server = await serving((_request, response) => json(response, 200, {}));
    const { provider } = connect(server.origin);
    for (const id of ['..', '.']) {
      expect(await provider.revoke(id, {})).toMatchObject({
        ok: false,
        error: { code: 'provider-answer-unreadable' },
      });
    }
    expect(server.received).toHaveLength(0);
    await provider.revoke('../users/1?all=1#x', {});
    expect(server.received.map(({ url }) => url)).toEqual(['/keys/..%2Fusers%2F1%3Fall%3D1%23x']);
  });
});

describe('reads', () => {
  test('are tried three times when the answer is dropped, with pauses that grow', async () => {
    const server = await serving((_request, response, count) =>
      count < 3 ? response.destroy() : json(response, 200, { keys: [{ id: 1, name: 'a' }] }),
    );
    const { provider, pauses } = connect(server.origin);
    expect(await provider.list({})).toMatchObject({ ok: true, value: [{ providerKeyId: '1', name: 'a' }] });
    expect(pauses).toEqual([500, 2000]);
  });

  test('end after the third try', async () => {
    const server = await serving((_request, response) => json(response, 500, { message: 'down' }));
    expect(await connect(server.origin).provider.list({})).toMatchObject({
      error: { code: 'provider-failed', status: 500, message: 'down' },
    });
    expect(server.received).toHaveLength(3);
  });

  test('wait as long as the provider asks, when that is not long', async () => {
    const server = await serving((_request, response, count) =>
      count === 1 ? json(response, 429, {}, { 'retry-after': '4' }) : json(response, 200, { keys: [] }),
    );
    const { provider, pauses } = connect(server.origin);
    expect(await provider.list({})).toEqual({ ok: true, value: [] });
    expect(pauses).toEqual([4000]);
  });

  test('are not kept waiting by a provider that asks for more; the seconds are told', async () => {
    const server = await serving((_request, response) => json(response, 429, {}, { 'retry-after': '3600' }));
    const { provider, pauses } = connect(server.origin);
    const host = new URL(server.origin).host;
    expect(await provider.list({})).toEqual({
      ok: false,
      error: { code: 'provider-throttled', host, retryAfterSeconds: 3600 },
    });
    expect(pauses).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  test('of 100 MB are cut off after 1 MB', async () => {
    let sent = 0;
    const server = await serving((_request, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const pump = (): void => {
        while (sent < 100 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', pump);
        }
        response.end();
      };
      pump();
    });
    expect(await connect(server.origin).provider.list({})).toMatchObject({
      ok: false,
      error: { code: 'provider-answer-unreadable', reason: 'too-big' },
    });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  test('of 100 MB that were packed into 100 KB are cut off as well', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));
    const server = await serving((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed),
    );
    expect(await connect(server.origin).provider.list({})).toMatchObject({
      error: { code: 'provider-answer-unreadable', reason: 'too-big' },
    });
  });

  test('of a list that never ends are a failure and not a shortened list', async () => {
    const server = await serving((_request, response) =>
      json(response, 200, { keys: [{ id: 'k' }], next: 'same' }),
    );
    const list = {
      ...definitionOf().operations.list,
      pager: { kind: 'cursor' as const, in: 'query' as const, parameter: 'after', next: '/next' },
    };
    const { provider } = connect(server.origin, {
      definition: definitionOf({ operations: { list: list as never } }),
    });
    expect(await provider.list({})).toMatchObject({
      error: { code: 'provider-answer-unreadable', reason: 'unexpected' },
    });
    expect(server.received.length).toBeLessThan(5);
  });

  test.each([
    ['is not where the definition says', { data: [] }],
    ['has a key without an id', { keys: [{ name: 'x' }] }],
  ])('of a list that %s are a failure and not an empty list', async (_what, body) => {
    const server = await serving((_request, response) => json(response, 200, body));
    expect(await connect(server.origin).provider.list({})).toMatchObject({
      error: { code: 'provider-answer-unreadable', reason: 'unexpected' },
    });
  });

  test('answer only the mapped fields, even when the provider lists whole keys', async () => {
    const server = await serving((_request, response) =>
      json(response, 200, {
        keys: [{ id: 'k1', name: 'a', key: 'sk-listed-canary-99Qz', hint: 'sk-listed-canary-99Qz' }],
      }),
    );
    const list = {
      ...definitionOf().operations.list,
      response: {
        items: '/keys',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'label' as const, at: '/hint' },
      },
    };
    const { provider } = connect(server.origin, {
      definition: definitionOf({ operations: { list: list as never } }),
    });
    expect(await provider.list({})).toEqual({
      ok: true,
      value: [
        { providerKeyId: 'k1', name: 'a', masked: '…99Qz', createdAt: null, lastUsedAt: null, active: true },
      ],
    });
  });
});

describe('revoke', () => {
  test.each([200, 204, 404])('takes %i for done', async (status) => {
    const server = await serving((_request, response) => response.writeHead(status).end());
    expect(await connect(server.origin).provider.revoke('k1', {})).toEqual({ ok: true, value: undefined });
    expect(server.received).toMatchObject([{ method: 'DELETE', url: '/keys/k1' }]);
  });

  test.each([202, 401, 403, 409, 500])('does not take %i for done', async (status) => {
    const server = await serving((_request, response) => json(response, status, {}));
    expect(await connect(server.origin).provider.revoke('k1', {})).toMatchObject({ ok: false });
  });
});

describe('check', () => {
  test.each([
    [200, {}, { outcome: 'valid' }],
    [401, { message: 'revoked' }, { outcome: 'refused', why: 'not-accepted', message: 'revoked' }],
    [403, { message: 'no scope' }, { outcome: 'valid-but-limited', message: 'no scope' }],
  ])('%i is an outcome, in the words of the provider', async (status, body, outcome) => {
    const server = await serving((_request, response) => json(response, status, body));
    expect(await connect(server.origin).provider.check(keyFields)).toEqual({ ok: true, value: outcome });
    expect(server.received[0]?.headers.authorization).toBe('Bearer sk-old-canary-77Ab');
  });

  test.each([404, 429, 500])('%i says nothing about the key', async (status) => {
    const server = await serving((_request, response) => json(response, status, {}));
    expect(await connect(server.origin).provider.check(keyFields)).toMatchObject({ ok: false });
  });

  test('a key of the other environment is refused without being sent', async () => {
    const server = await serving((_request, response) => json(response, 200, {}));
    const field = {
      name: 'KEY',
      label: 'Key',
      secret: true,
      variable: 'K',
      prefix: { test: 'sk_test_', live: 'sk_live_' },
    };
    const { provider } = connect(server.origin, { definition: definitionOf({ fields: [field] }) });
    expect(await provider.check(secrets({ KEY: 'sk_live_abc' }))).toMatchObject({
      ok: true,
      value: { outcome: 'refused' },
    });
    expect(server.received).toHaveLength(0);
    expect(await provider.check(secrets({ KEY: 'sk_test_abc' }))).toMatchObject({
      ok: true,
      value: { outcome: 'valid' },
    });
  });
});

describe('the management credential', () => {
  test.each([
    [401, 'credential-rejected'],
    [403, 'permission-lacking'],
  ])('is tried with one harmless call: %i', async (status, code) => {
    const server = await serving((_request, response) => json(response, status, { message: 'no' }));
    expect(await connect(server.origin).provider.checkCredential()).toMatchObject({
      ok: false,
      error: { code, message: 'no' },
    });
    expect(server.received).toMatchObject([{ method: 'GET', url: '/keys' }]);
  });

  test('reads one page of the list and no more', async () => {
    const server = await serving((_request, response) =>
      json(response, 200, { keys: [{ id: 'k' }], next: 'x' }),
    );
    expect(await connect(server.origin).provider.checkCredential()).toEqual({ ok: true, value: undefined });
    expect(server.received).toHaveLength(1);
  });
});

test('no failure carries the credential, the key, an answer or a new key, however the provider words it', async () => {
  const answers = { password: 'pass-canary "quoted"/+', otp: 'otp-canary-123456' };
  const everything = [managementToken, ...Object.values(answers), issued.key, 'sk-old-canary-77Ab'];
  const spelled = everything.flatMap((text) => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
  ]);
  const message = `You sent ${spelled.join(' and ')} \u0000\u001b[31m\u202e ${'x'.repeat(2000)}`;
  const definition = definitionOf({
    askedAtCall: Object.keys(answers).map((name) => ({
      name,
      label: name,
      kind: 'secret' as const,
      at: ['create', 'revoke', 'list'],
    })),
  });
  for (const status of [202, 400, 401, 403, 404, 409, 429, 500]) {
    const server = await serving((_request, response) => json(response, status, { message, ...issued }));
    const { provider } = connect(server.origin, { definition });
    const outcomes = [
      await provider.create('a', plainRequest, secrets(answers)),
      await provider.list(secrets(answers)),
      await provider.revoke('k1', secrets(answers)),
      await provider.check(keyFields),
      await provider.checkCredential(),
    ];
    for (const outcome of outcomes) {
      const said = JSON.stringify(outcome);
      expect(said.length).toBeLessThan(1200);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there.
      expect(said).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
    const [created, listed, revoked, checked] = outcomes.map((outcome) => JSON.stringify(outcome));
    for (const text of [managementToken, ...Object.values(answers), issued.key]) {
      expect(created).not.toContain(text);
    }
    for (const text of [managementToken, ...Object.values(answers)]) {
      expect(listed).not.toContain(text);
      expect(revoked).not.toContain(text);
    }
    expect(checked).not.toContain('sk-old-canary');
    expect(checked).not.toContain(managementToken);
  }
});

test('an operation that the provider does not have is named, and nothing is sent', async () => {
  const server = await serving((_request, response) => json(response, 200, {}));
  const { provider } = connect(server.origin, { definition: definitionOf({ operations: {} }) });
  const missing = (operation: string) => ({ code: 'operation-missing', provider: 'Example', operation });
  expect(await provider.create('a', plainRequest, {})).toMatchObject({
    error: { outcome: 'rejected', failure: missing('create') },
  });
  expect(await provider.list({})).toEqual({ ok: false, error: missing('list') });
  expect(await provider.revoke('k', {})).toEqual({ ok: false, error: missing('revoke') });
  expect(await provider.check(keyFields)).toEqual({ ok: false, error: missing('check') });
  expect(server.received).toHaveLength(0);
});

test('a server that does not speak HTTP is a failure in words', async () => {
  const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const created = await connect(`http://127.0.0.1:${port}`).provider.create('a', plainRequest, {});
  expect(created).toMatchObject({
    ok: false,
    error: { outcome: 'unknown', failure: { code: 'provider-unreachable' } },
  });
  server.close();
});
