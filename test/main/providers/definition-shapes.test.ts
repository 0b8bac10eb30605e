import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import { originsOf } from '../../../main/providers/hosts.ts';
import {
  connect,
  definitionOf,
  json,
  plainRequest,
  type Received,
  secrets,
  startServer,
  type TestServer,
} from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

type Act = (request: Received, response: ServerResponse, count: number) => void;

/** A provider with a changed definition, and what it was sent. */
async function world(
  change: Partial<DefinitionData>,
  act: Act,
  credential: Record<string, string> = { token: 'tok-1' },
  settings: Record<string, string> = {},
) {
  const server = await startServer(act);
  servers.push(server);
  let now = Date.parse('2026-03-01T12:00:00Z');
  const facts = { settings: { url: server.origin, ...settings }, credential: secrets(credential) };
  const definition = definitionOf(change);
  const origins = originsOf(definition, { ...facts, environment: 'test' });
  if (!origins.ok) throw new Error(JSON.stringify(origins.error));
  const connected = connect(server.origin, { definition, ...facts, ...origins.value, clock: () => now });
  return { ...connected, ...server, pass: (ms: number) => (now += ms) };
}

const emptyList: Act = (_request, response) => json(response, 200, { keys: [] });
type Operations = NonNullable<DefinitionData['operations']>;
const list = (part: Partial<NonNullable<Operations['list']>>): Operations => ({
  list: { method: 'GET', path: '/keys', response: { items: '/keys', id: '/id' }, ...part },
});
const create = (part: Partial<NonNullable<Operations['create']>>): Operations => ({
  create: { method: 'POST', path: '/keys', response: { id: '/id', fields: { KEY: '/key' } }, ...part },
});
const question = (name: string) => ({ name, label: name });

describe('management authentication', () => {
  test('two headers', async () => {
    const { provider, received } = await world(
      {
        credential: [question('api'), question('app')],
        authentication: {
          kind: 'headers',
          headers: { 'DD-API-KEY': '{credential.api}', 'DD-APPLICATION-KEY': '{credential.app}' },
        },
        headers: { 'User-Agent': 'Keyturn', 'X-Version': '2026-01-01' },
        operations: list({}),
      },
      emptyList,
      { api: 'a1', app: 'a2' },
    );
    expect(await provider.checkCredential()).toMatchObject({ ok: true });
    expect(received[0]?.headers).toMatchObject({
      'dd-api-key': 'a1',
      'dd-application-key': 'a2',
      'user-agent': 'Keyturn',
      'x-version': '2026-01-01',
    });
  });

  test('a pair as Basic', async () => {
    const { provider, received } = await world(
      {
        credential: [question('sid'), question('secret')],
        authentication: { kind: 'basic', user: '{credential.sid}', password: '{credential.secret}' },
        operations: list({}),
      },
      emptyList,
      { sid: 'AC1', secret: 'p:w/ü' },
    );
    await provider.list({});
    expect(received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:p:w/ü').toString('base64')}`);
  });

  test('a signature over the very bytes of the body', async () => {
    const { provider, received } = await world(
      {
        credential: [question('client'), question('secret')],
        authentication: {
          kind: 'hmac',
          headers: { 'X-Client': '{credential.client}' },
          signature: { header: 'SIGNATURE', key: '{credential.secret}' },
        },
        operations: create({
          body: { kind: 'json', value: { name: '{request.name}', id: '{credential.client}' } },
        }),
      },
      (_request, response) => json(response, 200, { id: 1, key: 'k' }),
      { client: 'c1', secret: 'hmac-key' },
    );
    expect(await provider.create('ключ "1"', plainRequest, {})).toMatchObject({ ok: true });
    const [request] = received;
    const expected = createHmac('sha256', 'hmac-key')
      .update(request?.body ?? '')
      .digest('hex');
    expect(request?.headers).toMatchObject({ 'x-client': 'c1', signature: expected });
  });

  test('a token that is fetched first, at another host, and used until it expires', async () => {
    const login = await startServer((_request, response, count) =>
      json(response, 200, { access_token: `short-${count}`, expires_in: 300 }),
    );
    servers.push(login);
    const { provider, received, pass } = await world(
      {
        hosts: { api: { kind: 'asked', setting: 'url' }, login: { kind: 'fixed', url: login.origin } },
        credential: [question('id'), question('secret')],
        authentication: {
          kind: 'exchange',
          request: {
            method: 'POST',
            host: 'login',
            path: '/oauth/token',
            body: {
              kind: 'form',
              fields: {
                grant_type: 'client_credentials',
                client_id: '{credential.id}',
                client_secret: '{credential.secret}',
              },
            },
          },
          token: '/access_token',
          expiresInSeconds: '/expires_in',
        },
        operations: list({}),
      },
      emptyList,
      { id: 'me', secret: 's&=+ ü' },
    );
    await provider.list({});
    await provider.list({});
    pass(271_000);
    await provider.list({});
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer short-1',
      'Bearer short-1',
      'Bearer short-2',
    ]);
    expect(login.received).toHaveLength(2);
    expect(login.received[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(login.received[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'me',
      client_secret: 's&=+ ü',
    });
  });

  test('a login that is refused makes no key and is told as such', async () => {
    const { provider, received } = await world(
      {
        authentication: { kind: 'exchange', request: { method: 'POST', path: '/login' }, token: '/t' },
        operations: create({}),
      },
      (_request, response) => json(response, 401, {}),
    );
    expect(await provider.create('a', plainRequest, {})).toMatchObject({
      error: { outcome: 'rejected', failure: { code: 'credential-rejected' } },
    });
    expect(received.map(({ url }) => url)).toEqual(['/login']);
  });
});

describe('bodies', () => {
  const created: Act = (_request, response) => json(response, 200, { id: 1, key: 'k' });
  test('form', async () => {
    const { provider, received } = await world(
      {
        operations: create({
          body: { kind: 'form', fields: { FriendlyName: '{request.name}', Note: '{request.expiry}' } },
        }),
      },
      created,
    );
    await provider.create('a b&c=d', plainRequest, {});
    expect(received[0]?.body).toBe('FriendlyName=a+b%26c%3Dd');
    expect(received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('multipart', async () => {
    const { provider, received } = await world(
      { operations: create({ body: { kind: 'multipart', fields: { name: '{request.name}' } } }) },
      created,
    );
    await provider.create('a\r\nb', plainRequest, {});
    expect(received[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(received[0]?.body).toContain('form-data; name="name"\r\n\r\na\r\nb\r\n');
  });

  test('ids in a setting as objects, a member that a setting names, and nothing that was not asked for', async () => {
    const { provider, received } = await world(
      {
        credential: [question('token')],
        settings: [{ name: 'url', label: 'Address', kind: 'url' }, question('groups'), question('resource')],
        operations: create({
          body: {
            kind: 'json',
            value: {
              groups: { $value: 'setting.groups', as: 'objects', split: ',' },
              resources: { '{setting.resource}': '*', '{setting.url}x': { $value: 'request.expiry' } },
              condition: { ip: { in: { $value: 'request.ips', as: 'list' } } },
              kept: {},
              policies: [{ note: { $value: 'request.expiry' } }],
            },
          },
        }),
      },
      created,
      { token: 't' },
      { groups: ' g1,, g2 ', resource: 'zone.{1}' },
    );
    expect(await provider.create('a', plainRequest, {})).toMatchObject({ ok: true });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      groups: [{ id: 'g1' }, { id: 'g2' }],
      resources: { 'zone.{1}': '*' },
      kept: {},
      policies: [],
    });
  });

  test('an object of which nothing is left is still an object when it is the whole body', async () => {
    const { provider, received } = await world(
      { operations: create({ body: { kind: 'json', value: { days: { $value: 'request.expiry' } } } }) },
      created,
    );
    await provider.create('a', plainRequest, {});
    expect(received[0]?.body).toBe('{}');
  });

  test.each([
    [{ kind: 'empty-object' }, '{}', 'application/json'],
    [{ kind: 'none' }, '', undefined],
  ] as const)('%o', async (body, sent, type) => {
    const { provider, received } = await world({ operations: create({ body }) }, created);
    await provider.create('a', plainRequest, {});
    expect(received[0]?.body).toBe(sent);
    expect(received[0]?.headers['content-type']).toBe(type);
  });
});

describe('revocation and checks', () => {
  const settling: Operations = {
    revoke: { method: 'DELETE', path: '/keys/{id}', success: [204], settlesWithinSeconds: 9 },
  };
  test.each([
    [204, [9000]],
    [404, []],
    [403, []],
  ])('with %d, a key is waited for that its provider may go on accepting: %j ms', async (status, waited) => {
    const { provider, pauses } = await world({ operations: settling }, (_request, response) =>
      json(response, status, undefined),
    );
    expect((await provider.revoke('k1', {})).ok).toBe(status !== 403);
    expect(pauses).toEqual(waited);
  });

  const patterned: Partial<DefinitionData> = {
    fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'K', pattern: 'ab_[0-9]+|ab-old' }],
  };
  test.each([
    ['ab_123', 401, { outcome: 'refused', why: 'not-accepted' }],
    ['ab-old', 401, { outcome: 'refused', why: 'not-accepted' }],
    ['xab_123', 401, { outcome: 'refused', why: 'mistyped' }],
    ['xab_123', 403, { outcome: 'valid-but-limited' }],
  ])('of %s, answered with %d, it is told as far as can be known: %j', async (key, status, told) => {
    const { provider } = await world(patterned, (_request, response) =>
      json(response, status, { message: 'no such key' }),
    );
    expect(await provider.check(secrets({ KEY: key }))).toEqual({
      ok: true,
      value: { ...told, message: 'no such key' },
    });
  });

  test('an unusual form alone is no reason to refuse a key', async () => {
    const { provider } = await world(patterned, (_request, response) => json(response, 200, {}));
    expect(await provider.check(secrets({ KEY: 'another' }))).toEqual({
      ok: true,
      value: { outcome: 'valid' },
    });
  });
});

describe('answers', () => {
  test('an id that is a big integer is not rounded into another', async () => {
    const { provider } = await world(
      { operations: { ...create({}), ...list({ response: { items: '', id: '/id' } }) } },
      (request, response) =>
        response
          .writeHead(200)
          .end(
            request.method === 'POST'
              ? '{"id":9007199254740993,"key":"k"}'
              : '[{"id":9007199254740993},{"id":7}]',
          ),
    );
    expect(await provider.create('a', plainRequest, {})).toMatchObject({
      value: { providerKeyId: '9007199254740993' },
    });
    expect(await provider.list({})).toMatchObject({
      value: [{ providerKeyId: '9007199254740993' }, { providerKeyId: '7' }],
    });
  });

  test('a pair of fields, one of them not secret, from different branches', async () => {
    const { provider } = await world(
      {
        fields: [
          { name: 'SID', label: 'SID', secret: false, variable: 'TWILIO_API_KEY' },
          { name: 'SECRET', label: 'Secret', secret: true, variable: 'TWILIO_API_SECRET' },
        ],
        operations: create({
          response: {
            id: '/result/sid',
            fields: { SID: '/result/sid', SECRET: '/secret' },
            issuedAt: { at: '/result/date', format: 'rfc2822' },
          },
        }),
      },
      (_request, response) =>
        json(response, 200, { secret: 's', result: { sid: 'SK1', date: 'Sun, 01 Mar 2026 12:00:00 +0000' } }),
    );
    const made = await provider.create('a', plainRequest, {});
    expect(made).toMatchObject({ value: { providerKeyId: 'SK1', issuedAt: Date.UTC(2026, 2, 1, 12) } });
    expect(made.ok && [made.value.fields.SID?.reveal(), made.value.fields.SECRET?.reveal()]).toEqual([
      'SK1',
      's',
    ]);
  });

  test('inherited members are not taken for answers', async () => {
    const { provider } = await world(
      { operations: create({ response: { id: '/constructor/name', fields: { KEY: '/key' } } }) },
      (_request, response) => json(response, 200, { key: 'k' }),
    );
    expect(await provider.create('a', plainRequest, {})).toMatchObject({ error: { outcome: 'unknown' } });
  });

  test.each([
    [{ kind: 'last-four', at: '/last4' }, { last4: 'wxyz' }, '…wxyz'],
    [{ kind: 'last-four', at: '/last4' }, { last4: 'whole-secret-wxyz' }, '…wxyz'],
    [{ kind: 'prefix-suffix', prefix: '/p', suffix: '/s' }, { p: 'vcp_abcdefgh', s: 'wxyz' }, 'vcp_…wxyz'],
    [{ kind: 'label', at: '/label' }, { label: 'sk-or-v1-0e6...1c96' }, 'sk-or-v1-0e6…1c96'],
    [{ kind: 'label', at: '/label' }, { label: 'sk-ant-**********' }, 'sk-ant-…'],
    [{ kind: 'label', at: '/label' }, { label: 'sk_live_whole-secret-wxyz' }, '…wxyz'],
    [{ kind: 'label', at: '/label' }, {}, ''],
  ] as const)('masked: %o of %o is %s', async (masked, item, shown) => {
    const { provider } = await world(
      { operations: list({ response: { items: '/keys', id: '/id', masked } }) },
      (_request, response) => json(response, 200, { keys: [{ id: 1, ...item }] }),
    );
    expect(await provider.list({})).toMatchObject({ value: [{ masked: shown }] });
  });

  test('a key that is disabled or withdrawn stays in the list and is not active', async () => {
    const active = { at: '/status', is: ['active', null] };
    const { provider } = await world(
      { operations: list({ response: { items: '/keys', id: '/id', active } }) },
      (_request, response) =>
        json(response, 200, {
          keys: [
            { id: 1, status: 'active' },
            { id: 2, status: 'withdrawn' },
            { id: 3, status: null },
            { id: 4 },
          ],
        }),
    );
    const listed = await provider.list({});
    expect(listed.ok && listed.value.map((key) => key.active)).toEqual([true, false, true, true]);
  });
});

describe('long lists', () => {
  const numbered = (url: string, parameter: string) =>
    Number(new URL(url, 'http://x').searchParams.get(parameter));
  const all = ['k0', 'k1', 'k2', 'k3', 'k4'];
  const slice = (from: number) => all.slice(from, from + 2).map((id) => ({ id }));

  test.each<[string, Operations, Act]>([
    [
      'pages from 0',
      list({
        query: { sort: 'name' },
        pager: { kind: 'page', parameter: 'page[number]', first: 0, sizeParameter: 'page[size]', size: 2 },
      }),
      ({ url }, response) => json(response, 200, { keys: slice(numbered(url, 'page[number]') * 2) }),
    ],
    [
      'offset',
      list({ pager: { kind: 'offset', parameter: 'offset', size: 2 } }),
      ({ url }, response) => json(response, 200, { keys: slice(numbered(url, 'offset')) }),
    ],
    [
      'a cursor that looks like a template',
      list({ pager: { kind: 'cursor', in: 'query', parameter: 'after', next: '/next' } }),
      ({ url }, response) => {
        const after = new URL(url, 'http://x').searchParams.get('after');
        const from = after === null ? 0 : Number(after.replace('{credential.token}', ''));
        json(response, 200, { keys: slice(from), next: from < 4 ? `{credential.token}${from + 2}` : null });
      },
    ],
    [
      'a cursor in the body of a POST',
      list({
        method: 'POST',
        body: { kind: 'json', value: { filter: 'all' } },
        pager: { kind: 'cursor', in: 'body', parameter: 'cursor', next: '/next' },
      }),
      ({ body }, response) => {
        const { cursor = 0, filter } = JSON.parse(body);
        json(response, filter === 'all' ? 200 : 400, {
          keys: slice(Number(cursor)),
          next: cursor < 4 ? Number(cursor) + 2 : null,
        });
      },
    ],
    [
      'a link relative to the list',
      list({ pager: { kind: 'link', next: '/next' } }),
      ({ url }, response) => {
        const from = numbered(url, 'from');
        json(response, 200, { keys: slice(from), next: from < 4 ? `?from=${from + 2}` : '' });
      },
    ],
    [
      'an absolute link in a header',
      list({ pager: { kind: 'link', next: 'link-header' } }),
      ({ url, headers }, response) => {
        const from = numbered(url, 'from');
        const link: Record<string, string> =
          from < 4 ? { link: `<http://${headers.host}/keys?from=${from + 2}>; rel="next"` } : {};
        json(response, 200, { keys: slice(from) }, link);
      },
    ],
  ])('%s: every key once, with the credential on every page', async (_what, operations, act) => {
    const { provider, received } = await world({ operations }, act);
    const listed = await provider.list({});
    expect(listed.ok && listed.value.map(({ providerKeyId }) => providerKeyId)).toEqual(all);
    expect(received).toHaveLength(3);
    expect(received.every(({ headers }) => headers.authorization === 'Bearer tok-1')).toBe(true);
    expect(received.some(({ url }) => url.includes('tok-1'))).toBe(false);
  });
});

describe('errors', () => {
  test('a status that this provider means otherwise', async () => {
    const { provider } = await world(
      {
        operations: list({}),
        errors: {
          messages: ['/message'],
          meanings: [
            {
              when: { status: [403], field: { at: '/name', is: ['invalid_api_key'] } },
              means: 'credential-rejected',
            },
          ],
        },
      },
      (_request, response, count) =>
        json(response, 403, { name: count === 1 ? 'invalid_api_key' : 'restricted', message: 'no' }),
    );
    expect(await provider.list({})).toMatchObject({ error: { code: 'credential-rejected', message: 'no' } });
    expect(await provider.list({})).toMatchObject({ error: { code: 'permission-lacking', message: 'no' } });
  });

  test('a one-time code that is asked for by a header', async () => {
    const { provider, received } = await world(
      {
        askedAtCall: [{ name: 'otp', label: 'Code', kind: 'secret', required: false, at: ['create'] }],
        operations: create({ headers: { 'npm-otp': '{answer.otp}' } }),
        errors: {
          meanings: [
            {
              when: { status: [401], header: { name: 'www-authenticate', contains: 'OTP' } },
              means: 'answer-needed',
              questions: ['otp'],
            },
          ],
        },
      },
      (request, response) =>
        request.headers['npm-otp'] === '123456'
          ? json(response, 200, { id: 1, key: 'k' })
          : json(response, 401, {}, { 'www-authenticate': 'OTP' }),
    );
    expect(await provider.create('a', plainRequest, {})).toMatchObject({
      error: { outcome: 'rejected', failure: { code: 'answer-needed', questions: ['otp'] } },
    });
    expect(await provider.create('a', plainRequest, secrets({ otp: '123456' }))).toMatchObject({ ok: true });
    expect(received[0]?.headers).not.toHaveProperty('npm-otp');
  });

  const noon = Date.parse('2026-03-01T12:00:00Z');
  test.each([
    [{ 'retry-after': '90' }, 90],
    [{ 'retry-after': new Date(noon + 61_000).toUTCString() }, 61],
    [{ 'retry-after-ms': '60500' }, 61],
    [{ 'x-ratelimit-reset': '77' }, 77],
    [{ 'ratelimit-reset': String(noon / 1000 + 30) }, 30],
    [{ 'retry-after': 'later' }, null],
    [{}, null],
  ])('%o: try again in %s seconds', async (headers, seconds) => {
    const { provider } = await world(
      {
        operations: list({}),
        errors: {
          retryAfter: [
            { header: 'retry-after-ms', unit: 'milliseconds' },
            { header: 'x-ratelimit-reset', unit: 'seconds' },
            { header: 'ratelimit-reset', unit: 'unix-seconds' },
          ],
        },
      },
      (_request, response) => json(response, 429, {}, headers),
    );
    expect(await provider.list({})).toMatchObject({
      error: { code: 'provider-throttled', retryAfterSeconds: seconds },
    });
  });

  test('a check that says by a field whether the key is good', async () => {
    const { provider } = await world(
      {
        operations: {
          check: {
            method: 'GET',
            path: '/validate',
            authentication: { kind: 'headers', headers: { 'X-Key': '{key.KEY}' } },
            verdicts: [
              { when: { status: [200], field: { at: '/valid', is: [true] } }, outcome: 'valid' },
              { when: { status: [200], field: { at: '/valid', is: [false] } }, outcome: 'refused' },
            ],
          },
        },
      },
      ({ headers }, response) =>
        json(response, 200, headers['x-key'] === 'odd' ? {} : { valid: headers['x-key'] === 'good' }),
    );
    expect(await provider.check(secrets({ KEY: 'good' }))).toMatchObject({ value: { outcome: 'valid' } });
    expect(await provider.check(secrets({ KEY: 'bad' }))).toMatchObject({ value: { outcome: 'refused' } });
    expect(await provider.check(secrets({ KEY: 'odd' }))).toMatchObject({
      error: { code: 'provider-answer-unreadable' },
    });
  });
});
