import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import type { Fetch } from '../../../../main/providers/transport.ts';
import { connectInvented, secretFields, sharedClock } from './connect-invented.ts';
import { demand, type Heard, type InventedServer, inventServer } from './invented-server.ts';
import { keyShelf, newSecret } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Tenantry. "Your application has a host of its own, https://APPLICATION.tenantry.example, and your stage is the first
 * step of every path there. Log in at https://login.REGION.tenantry.example with your client id and secret as a form; the
 * token lives for ten minutes. Keys are at /keys, two a page; `page` counts from 0."
 */
const tenantry: DefinitionData = {
  format: 1,
  id: 'tenantry',
  name: 'Tenantry',
  environments: ['live'],
  hosts: {
    api: { kind: 'template', url: 'https://{setting.application}.tenantry.example/{setting.stage}' },
    login: { kind: 'template', url: 'https://login.{setting.region}.tenantry.example' },
  },
  settings: [
    { name: 'application', label: 'Application' },
    { name: 'stage', label: 'Stage' },
    { name: 'region', label: 'Region' },
  ],
  credential: [
    { name: 'client', label: 'Client id' },
    { name: 'secret', label: 'Client secret', kind: 'secret' },
  ],
  authentication: {
    kind: 'exchange',
    request: {
      method: 'POST',
      host: 'login',
      path: '/token',
      body: { kind: 'form', fields: { client: '{credential.client}', secret: '{credential.secret}' } },
    },
    token: '/session/bearer',
    expiresInSeconds: '/session/lives',
  },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'TENANTRY_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/keys',
      success: [201],
      body: { kind: 'json', value: { name: '{request.name}' } },
      response: { id: '/key/number', fields: { KEY: '/value' } },
    },
    list: {
      method: 'GET',
      path: '/keys',
      pager: { kind: 'page', parameter: 'page', first: 0, size: 2 },
      response: { items: '/keys', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}', success: [204] },
    check: {
      method: 'GET',
      path: '/whoami',
      authentication: { kind: 'headers', headers: { 'X-Tenantry-Key': '{key.KEY}' } },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [403] }, outcome: 'refused' },
      ],
    },
  },
};

const account = {
  settings: { application: 'acme-shop', stage: 'blue green', region: 'eu' },
  credential: { client: 'client-1', secret: 'client-secret-Zq8&+=' },
};

async function startTenantry() {
  const clock = sharedClock();
  const shelf = keyShelf('tk-');
  const sessions = new Map<string, number>();
  const arrivedFor = ({ headers }: Heard, host: string) => demand(headers['x-host'] === host, 421);
  const managing = (heard: Heard) => {
    arrivedFor(heard, 'acme-shop.tenantry.example');
    const until = sessions.get(String(heard.headers.authorization).replace(/^Bearer /, '')) ?? 0;
    demand(until > clock.now(), 401);
  };
  const login = await inventServer({
    'POST /token': (heard) => {
      arrivedFor(heard, 'login.eu.tenantry.example');
      demand(heard.headers.authorization === undefined, 400);
      demand(heard.text === new URLSearchParams(account.credential).toString(), 401);
      const bearer = newSecret('session-');
      sessions.set(bearer, clock.now() + 600_000);
      return { status: 200, body: { session: { bearer, lives: 600 } } };
    },
  });
  const api = await inventServer({
    'POST /:stage/keys': (heard) => {
      managing(heard);
      demand(heard.at.stage === account.settings.stage, 404);
      const { number, secret } = shelf.make(JSON.parse(heard.text).name);
      return { status: 201, body: { key: { number }, value: secret } };
    },
    'GET /:stage/keys': (heard) => {
      managing(heard);
      demand(/^\d+$/.test(heard.query.get('page') ?? ''), 422);
      const from = Number(heard.query.get('page')) * 2;
      return { status: 200, body: { keys: shelf.all.slice(from, from + 2) } };
    },
    'DELETE /:stage/keys/:number': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.number));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 204 };
    },
    'GET /:stage/whoami': (heard) => {
      arrivedFor(heard, 'acme-shop.tenantry.example');
      demand(heard.headers.authorization === undefined, 400);
      demand(shelf.accepted(String(heard.headers['x-tenantry-key'])) !== undefined, 403);
      return { status: 200, body: {} };
    },
  });
  const names = { 'acme-shop.tenantry.example': api, 'login.eu.tenantry.example': login };
  return { api, login, clock, fetch: resolving(names) };
}

/** A name system that leads these names to servers on this machine and knows no others. */
function resolving(names: Readonly<Record<string, InventedServer>>): Fetch {
  return async (url, init) => {
    const { host, protocol, href, origin } = new URL(url);
    const server = names[host];
    if (server === undefined || protocol !== 'https:') {
      throw Object.assign(new Error(`There is no ${origin}`), { code: 'ENOTFOUND' });
    }
    const headers = { ...(init.headers as Record<string, string>), 'x-host': host };
    return fetch(href.replace(origin, server.origin), { ...init, headers });
  };
}

test('a host and a first step of the path that are the user’s own, with the login at a host of another pattern', async () => {
  const { api, login, clock, fetch } = await startTenantry();
  const provider = connectInvented(tenantry, { ...account, clock, fetch });
  await liveThrough(provider, [api, login]);
  expect(login.lines).toEqual(['POST /token']);
  clock.pass(571_000);
  expect(await provider.list({})).toMatchObject({ ok: true });
  expect(login.lines).toEqual(['POST /token', 'POST /token']);
});

test.each(['acme.evil', 'evil.example/', 'a@evil', 'a:81', '', '..', 'ä'])(
  'an application called “%s” cannot lead the credential to another host',
  async (application) => {
    const asked: string[] = [];
    const fetch: Fetch = async (url) => {
      asked.push(url);
      return new Response('{}');
    };
    const settings = { ...account.settings, application };
    expect(() => connectInvented(tenantry, { ...account, settings, fetch })).toThrow('application');
    expect(asked).toEqual([]);
  },
);

test('an address on this machine may be built from settings as well', async () => {
  const { api, clock } = await startTenantry();
  const hosts = {
    ...tenantry.hosts,
    api: { kind: 'template' as const, url: `${api.origin}/{setting.stage}` },
  };
  const provider = connectInvented({ ...tenantry, hosts }, { ...account, clock });
  // Its own documentation wants another name, which shows that the request arrived.
  expect(await provider.check({})).toMatchObject({ error: { code: 'answer-needed' } });
  expect(await provider.check(secretFields({ KEY: 'tk-1' }))).toMatchObject({
    error: { code: 'provider-refused', status: 421 },
  });
});
