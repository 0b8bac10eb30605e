import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Snippet } from '../../../main/connections/connection-ports.ts';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import { usageSnippets } from '../../../main/providers/snippets.ts';
import { definitionOf, json, type Received, startServer, type TestServer } from './world.ts';

const run = promisify(execFile);
let folder = '';
const servers: TestServer[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'snippets-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(() => rm(folder, { recursive: true }));

type Usage = NonNullable<DefinitionData['usage']>;
const languages = ['curl', 'javascript', 'python'] as const;

/** Runs a snippet as a user would: from a file, with the variables in the environment. */
async function execute({ language, text }: Snippet, variables: Record<string, string>): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', ...variables };
  const [command, ending] = {
    curl: ['bash', 'sh'],
    javascript: [process.execPath, 'mjs'],
    python: ['python3', 'py'],
  }[language] as [string, string];
  const file = path.join(folder, `snippet.${ending}`);
  await writeFile(file, text);
  const { stdout } = await run(command, language === 'curl' ? ['-e', file] : [file], { env });
  return stdout;
}

/** A definition with a usage, and what a server receives when each snippet of it is run. */
async function world(usage: Partial<Usage>, change: Partial<DefinitionData> = {}, base = '') {
  const server = await startServer((_request, response) => json(response, 200, { said: 'hello' }));
  servers.push(server);
  const definition = definitionOf({
    fields: [
      { name: 'ID', label: 'Id', secret: false, variable: 'EXAMPLE_ID' },
      { name: 'KEY', label: 'Key', secret: true, variable: 'EXAMPLE_KEY' },
    ],
    settings: [
      { name: 'url', label: 'Address', kind: 'url' },
      { name: 'account', label: 'Account', required: false },
    ],
    operations: {},
    dashboard: { url: 'https://example.com/keys', create: ['Make one.'], revoke: ['Revoke it.'] },
    usage: {
      method: 'GET',
      path: '/things',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      ...usage,
    } as Usage,
    ...change,
  });
  const settings = { url: `${server.origin}${base}`, account: 'a b/ü"\'$(x)`' };
  const facts = { settings, environment: 'live', origin: server.origin } as const;
  const snippets = usageSnippets(definition, facts, { KEY: 'MY_KEY' });
  return { ...server, snippets };
}

const variables = { EXAMPLE_ID: 'id-7', MY_KEY: 'sk-canary_/+=.1' };

/** Runs the snippet of each language; answers what was received by language. */
async function received(of: Awaited<ReturnType<typeof world>>): Promise<[string, Received][]> {
  const found: [string, Received][] = [];
  for (const snippet of of.snippets) {
    expect(await execute(snippet, variables), snippet.text).toContain('hello');
    const last = of.received.at(-1);
    if (last !== undefined) found.push([snippet.language, last]);
  }
  expect(found.map(([language]) => language)).toEqual(languages);
  return found;
}

describe('a snippet, when it is run, sends', () => {
  test('a bearer token, constant headers and the query to the address of the connection', async () => {
    const of = await world(
      {
        query: { account: '{setting.account}', 'a[b]': 'c&d', where: '{environment}' },
        headers: { 'X-Version': 'it\'s "2" `$HOME` \\ !x' },
      },
      { headers: { 'X-Account': 'all', 'User-Agent': 'Keyturn' } },
      '/base',
    );
    for (const [language, request] of await received(of)) {
      const url = new URL(request.url, of.origin);
      expect([language, request.method, url.pathname]).toEqual([language, 'GET', '/base/things']);
      expect(Object.fromEntries(url.searchParams)).toEqual({
        account: 'a b/ü"\'$(x)`',
        'a[b]': 'c&d',
        where: 'live',
      });
      expect(request.headers).toMatchObject({
        authorization: 'Bearer sk-canary_/+=.1',
        'x-version': 'it\'s "2" `$HOME` \\ !x',
        'x-account': 'all',
      });
      expect(request.headers['user-agent']).not.toBe('Keyturn');
    }
  });

  test('a pair of headers', async () => {
    const headers = { 'X-Api-Key': '{key.KEY}', 'X-User-Id': 'user:{key.ID}' };
    const of = await world({ authentication: { kind: 'headers', headers } });
    for (const [, request] of await received(of)) {
      expect(request.headers).toMatchObject({ 'x-api-key': 'sk-canary_/+=.1', 'x-user-id': 'user:id-7' });
    }
  });

  test('a pair as Basic', async () => {
    const of = await world({
      authentication: { kind: 'basic', user: '{key.ID}', password: '{key.KEY}' },
    });
    for (const [, request] of await received(of)) {
      const [, pair = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
      expect(Buffer.from(pair, 'base64').toString()).toBe('id-7:sk-canary_/+=.1');
    }
  });

  test.each([
    ['sha256', 'hex'],
    ['sha512', 'base64'],
  ] as const)(
    'a %s signature in %s over the very bytes of the body, with the time of now',
    async (algorithm, encoding) => {
      const of = await world({
        method: 'POST',
        path: '/pay',
        headers: { source: 'web', 'X-Time': '{now.rfc3339}' },
        authentication: {
          kind: 'hmac',
          headers: { 'X-Client': '{key.ID}' },
          signature: { header: 'SIGNATURE', key: '{key.KEY}', algorithm, encoding },
        },
        body: {
          kind: 'json',
          value: {
            client: '{key.ID}',
            note: 'it\'s "quoted" \\ $HOME `x` ü 🙂',
            timestamp: { $value: 'now.unix-milliseconds', as: 'number' },
            seconds: '{now.unix-seconds}',
            nested: [{ on: true, off: null, n: 1.5, account: '{setting.account}' }, []],
          },
        },
      });
      for (const [language, request] of await received(of)) {
        const signature = createHmac(algorithm, variables.MY_KEY).update(request.body).digest(encoding);
        expect([language, request.headers.signature]).toEqual([language, signature]);
        expect(request.headers).toMatchObject({ source: 'web', 'x-client': 'id-7' });
        const body = JSON.parse(request.body);
        expect(body).toEqual({
          client: 'id-7',
          note: 'it\'s "quoted" \\ $HOME `x` ü 🙂',
          timestamp: expect.any(Number),
          seconds: expect.stringMatching(/^\d{10}$/),
          nested: [{ on: true, off: null, n: 1.5, account: 'a b/ü"\'$(x)`' }, []],
        });
        expect(Math.abs(body.timestamp - Date.now())).toBeLessThan(30_000);
        expect(Math.abs(Date.parse(String(request.headers['x-time'])) - Date.now())).toBeLessThan(30_000);
      }
    },
  );

  test('a signature over the query of a request without a body', async () => {
    const of = await world({
      query: { account: '{setting.account}', at: '{now.rfc3339}', t: { $value: 'now.unix-seconds' } },
      authentication: { kind: 'hmac', signature: { header: 'X-Sign', key: '{key.KEY}' } },
    });
    for (const [language, request] of await received(of)) {
      const [, query = ''] = request.url.split('?');
      const signature = createHmac('sha256', variables.MY_KEY).update(query).digest('hex');
      expect([language, request.headers['x-sign']]).toEqual([language, signature]);
      const { at, t } = Object.fromEntries(new URLSearchParams(query));
      expect(Math.abs(Date.parse(at ?? '') - Date.now())).toBeLessThan(30_000);
      expect(t).toMatch(/^\d{10}$/);
    }
  });

  test('a form', async () => {
    const of = await world({
      method: 'POST',
      body: { kind: 'form', fields: { 'a b': 'c&d=e', key: '{key.KEY}', id: 'x {key.ID}' } },
    });
    for (const [language, request] of await received(of)) {
      expect([language, request.headers['content-type']]).toEqual([
        language,
        'application/x-www-form-urlencoded',
      ]);
      expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
        'a b': 'c&d=e',
        key: variables.MY_KEY,
        id: 'x id-7',
      });
    }
  });
});

describe('snippets', () => {
  test('show the check of a key where the definition shows no other use', () => {
    const snippets = usageSnippets(definitionOf(), { ...facts, settings: { url: facts.origin } }, {});
    expect(snippets.map(({ text }) => text)).toEqual([
      expect.stringContaining('https://api.example.com/me'),
      expect.stringContaining('https://api.example.com/me'),
      expect.stringContaining('https://api.example.com/me'),
    ]);
    for (const { text } of snippets) expect(text).toContain('EXAMPLE_KEY');
  });

  const facts = { settings: {}, environment: 'test', origin: 'https://api.example.com' } as const;
  const check = definitionOf().operations.check;
  test.each<[string, Partial<DefinitionData>]>([
    [
      'a check with the management credential',
      {
        operations: {
          check: { ...check, authentication: { kind: 'bearer', token: '{credential.token}' } } as never,
        },
      },
    ],
    ['neither a use nor a check', { operations: {} }],
    [
      'a login first',
      {
        usage: {
          method: 'GET',
          path: '/',
          authentication: { kind: 'exchange', request: { method: 'POST', path: '/login' }, token: '/t' },
        },
      },
    ],
  ])('are none for %s', (_title, change) => {
    const dashboard = { url: 'https://example.com', create: ['Make.'], revoke: ['Revoke.'] };
    const definition = definitionOf({ dashboard, ...change });
    expect(usageSnippets(definition, { ...facts, settings: { url: facts.origin } }, {})).toEqual([]);
  });

  test('are none when the definition leads to another host than the connection was made for', () => {
    const settings = { url: 'https://other.example' };
    expect(usageSnippets(definitionOf(), { ...facts, settings }, {})).toEqual([]);
  });

  test('of every built-in provider name the variables and no mark that stood for them', () => {
    for (const definition of catalog()) {
      const settings = Object.fromEntries(
        definition.settings.map(({ name, kind, options }) => [
          name,
          kind === 'url' ? facts.origin : (options[0]?.value ?? 'x'),
        ]),
      );
      const { hosts } = definition;
      const origin = hosts.api?.kind === 'fixed' ? new URL(hosts.api.url).origin : facts.origin;
      for (const { text } of usageSnippets(definition, { ...facts, settings, origin }, {})) {
        expect(
          definition.fields.some(({ variable }) => text.includes(variable)),
          text,
        ).toBe(true);
        expect(text).not.toMatch(/Zq7|4085074337|2099-|undefined|\{key\./);
      }
    }
  });
});
