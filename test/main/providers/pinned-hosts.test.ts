import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectionFacts } from '../../../main/providers/caller.ts';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import { originsOf } from '../../../main/providers/hosts.ts';
import { connect, definitionOf, json, plainRequest, secrets, startServer, type TestServer } from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Logs everybody in and lists no key. */
async function aServer(): Promise<TestServer> {
  const server = await startServer(({ url }, response) =>
    json(response, 200, url === '/token' ? { token: 'short' } : { keys: [] }),
  );
  servers.push(server);
  return server;
}

const facts = { settings: {}, credential: secrets({ token: 'mgmt-canary' }), environment: 'test' } as const;

/** A definition whose credential goes to the host `login`. */
function twoHosts(api: string, login: DefinitionData['hosts'][string]) {
  return definitionOf({
    hosts: { api: { kind: 'fixed', url: api }, login },
    settings: [{ name: 'url', label: 'Address', kind: 'url', required: false }],
    authentication: {
      kind: 'exchange',
      request: {
        method: 'POST',
        host: 'login',
        path: '/token',
        body: { kind: 'form', fields: { secret: '{credential.token}' } },
      },
      token: '/token',
    },
  });
}

const at = (url: string) => ({ kind: 'fixed', url }) as const;

/** The client of a connection that was made while `before` described it, and that `after` describes now. */
function connectedBefore(
  before: ReturnType<typeof twoHosts>,
  after: ReturnType<typeof twoHosts>,
  change: Partial<ConnectionFacts> = {},
) {
  const made = originsOf(before, facts);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return connect(made.value.origin, { ...facts, definition: after, ...made.value, ...change }).provider;
}

const hostOf = ({ origin }: TestServer) => new URL(origin).host;

describe('a connection to a provider with two hosts', () => {
  test('logs in at the one and asks the other', async () => {
    const [api, login] = [await aServer(), await aServer()];
    const definition = twoHosts(api.origin, at(login.origin));
    for (const isBuiltIn of [true, false]) {
      const provider = connectedBefore(definition, definition, { isBuiltIn });
      expect(await provider.list({})).toEqual({ ok: true, value: [] });
    }
    expect(login.received.map(({ url }) => url)).toEqual(['/token', '/token']);
    expect(api.received.map(({ url }) => url)).toEqual(['/keys', '/keys']);
  });

  test('keeps to them when its definition was replaced by one that moves the login', async () => {
    const [api, login, elsewhere] = [await aServer(), await aServer(), await aServer()];
    const provider = connectedBefore(
      twoHosts(api.origin, at(login.origin)),
      twoHosts(api.origin, at(elsewhere.origin)),
    );
    const moved = { code: 'provider-redirected', host: hostOf(login), to: elsewhere.origin };
    expect(await provider.list({})).toEqual({ ok: false, error: moved });
    expect(await provider.create('a', plainRequest, {})).toEqual({
      ok: false,
      error: { outcome: 'rejected', failure: moved },
    });
    expect([api, login, elsewhere].flatMap(({ received }) => received)).toEqual([]);
  });

  test('keeps to them when its definition was replaced by one that moves the api', async () => {
    const [api, login, elsewhere] = [await aServer(), await aServer(), await aServer()];
    const provider = connectedBefore(
      twoHosts(api.origin, at(login.origin)),
      twoHosts(elsewhere.origin, at(login.origin)),
    );
    expect(await provider.list({})).toEqual({
      ok: false,
      error: { code: 'provider-redirected', host: hostOf(api), to: elsewhere.origin },
    });
    expect(elsewhere.received).toEqual([]);
    expect(api.received).toEqual([]);
  });

  test('keeps to them when its definition was replaced by one that asks for a host by a new name', async () => {
    const [api, elsewhere] = [await aServer(), await aServer()];
    const before = definitionOf({ hosts: { api: at(api.origin) }, settings: [] });
    const provider = connectedBefore(before, twoHosts(api.origin, at(elsewhere.origin)));
    expect(await provider.list({})).toEqual({
      ok: false,
      error: { code: 'provider-redirected', host: hostOf(api), to: elsewhere.origin },
    });
    expect(elsewhere.received).toEqual([]);
  });
});

describe('a connection that was made when only the api was kept', () => {
  const older = { origins: {} };

  test('uses another host where the api is', async () => {
    const api = await aServer();
    const definition = twoHosts(api.origin, at(`${api.origin}/`));
    expect(await connectedBefore(definition, definition, older).list({})).toEqual({ ok: true, value: [] });
  });

  test('uses the hosts of a definition that came with the app', async () => {
    const [api, login] = [await aServer(), await aServer()];
    const definition = twoHosts(api.origin, at(login.origin));
    const provider = connectedBefore(definition, definition, { ...older, isBuiltIn: true });
    expect(await provider.list({})).toEqual({ ok: true, value: [] });
    expect(login.received).toHaveLength(1);
  });

  test('sends nothing to another host of a definition of the user’s own, and says where it would have gone', async () => {
    const [api, login] = [await aServer(), await aServer()];
    const definition = twoHosts(api.origin, at(login.origin));
    expect(await connectedBefore(definition, definition, older).list({})).toEqual({
      ok: false,
      error: { code: 'provider-redirected', host: hostOf(api), to: login.origin },
    });
    expect(login.received).toEqual([]);
  });
});

describe('the origins of a new connection', () => {
  const originsWith = (login: DefinitionData['hosts'][string], settings: Record<string, string> = {}) =>
    originsOf(twoHosts('https://api.example/v1', login), { ...facts, settings });

  test('are those of every host', () => {
    expect(originsWith(at('https://login.example/oauth'))).toEqual({
      ok: true,
      value: { origin: 'https://api.example', origins: { login: 'https://login.example' } },
    });
  });

  test('are without a host whose optional answer was not given', () => {
    expect(originsWith({ kind: 'asked', setting: 'url' })).toMatchObject({
      ok: true,
      value: { origins: {} },
    });
  });

  test('are none when any host is without TLS', () => {
    const url = 'http://login.example';
    expect(originsWith({ kind: 'asked', setting: 'url' }, { url })).toEqual({
      ok: false,
      error: { code: 'provider-insecure', host: 'login.example' },
    });
  });
});
