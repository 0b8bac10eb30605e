import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented, sharedClock } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf, newSecret } from './key-shelf.ts';
import { liveThrough, successOf } from './whole-life.ts';

/*
 * Ephemera. "Sign in with POST /session, your e-mail and password as JSON and the account in X-Account; the answer, 201, has the
 * bearer token of the session and its `ttl`. Signing in elsewhere ends the session early: it is then 401 until you sign in
 * again. Every call carries X-Account and our Api-Version." Everything below the address of the user's own instance.
 */
const ephemera: DefinitionData = {
  format: 1,
  id: 'ephemera',
  name: 'Ephemera',
  environments: ['live'],
  hosts: { api: { kind: 'asked', setting: 'address' } },
  settings: [
    { name: 'address', label: 'Address', kind: 'url' },
    { name: 'account', label: 'Account' },
  ],
  credential: [
    { name: 'email', label: 'E-mail' },
    { name: 'password', label: 'Password', kind: 'secret' },
  ],
  authentication: {
    kind: 'exchange',
    request: {
      method: 'POST',
      path: '/session',
      success: [201],
      body: {
        kind: 'json',
        value: { user: { email: '{credential.email}', password: '{credential.password}' } },
      },
    },
    token: '/session/token',
    expiresInSeconds: '/session/ttl',
  },
  headers: { 'X-Account': '{setting.account}', 'Api-Version': '2026-01' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'EPHEMERA_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/keys',
      body: { kind: 'json', value: { name: '{request.name}' } },
      response: { id: '/number', fields: { KEY: '/secret' } },
    },
    list: {
      method: 'GET',
      path: '/keys',
      pager: { kind: 'page', parameter: 'page', first: 0, size: 2 },
      response: { items: '/keys', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}' },
    check: {
      method: 'GET',
      path: '/me',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
};

const credential = { email: 'ann@example.com', password: 'pass "word"' };

async function startEphemera() {
  const clock = sharedClock();
  const shelf = keyShelf('ep-');
  let session = { token: '', until: 0 };
  const bearer = ({ headers }: Heard) => String(headers.authorization).replace('Bearer ', '');
  const marked = ({ headers }: Heard) =>
    demand(headers['x-account'] === 'acme' && headers['api-version'] === '2026-01', 400);
  const managing = (heard: Heard) => {
    marked(heard);
    demand(session.until > clock.now() && bearer(heard) === session.token, 401);
  };
  const server = await inventServer({
    'POST /base/session': (heard) => {
      marked(heard);
      demand(heard.text === JSON.stringify({ user: credential }), 401);
      session = { token: newSecret('session-'), until: clock.now() + 300_000 };
      return { status: 201, body: { session: { token: session.token, ttl: '300' } } };
    },
    'POST /base/keys': (heard) => {
      managing(heard);
      const { number, secret } = shelf.make(JSON.parse(heard.text).name);
      return { status: 200, body: { number, secret } };
    },
    'GET /base/keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('page')) * 2;
      return { status: 200, body: { keys: shelf.all.slice(from, from + 2) } };
    },
    'DELETE /base/keys/:id': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 200 };
    },
    'GET /base/me': (heard) => {
      marked(heard);
      demand(shelf.accepted(bearer(heard)) !== undefined, 401);
      return { status: 200 };
    },
  });
  const account = { settings: { address: `${server.origin}/base/`, account: 'acme' }, credential, clock };
  const logins = () => server.lines.filter((line) => line === 'POST /base/session').length;
  return { server, shelf, clock, account, logins, end: () => (session.until = 0) };
}

test('a session is signed into once, and again when its time is over', async () => {
  const { server, clock, account, logins } = await startEphemera();
  const provider = connectInvented(ephemera, account);
  await liveThrough(provider, [server]);
  expect(logins()).toBe(1);
  clock.pass(299_000);
  successOf(await provider.list({}));
  expect(logins()).toBe(2);
});

test('a session that the provider ended early is no rejected credential: a read signs in again by itself', async () => {
  const { account, logins, end } = await startEphemera();
  const provider = connectInvented(ephemera, account);
  successOf(await provider.create('key-1', asking(), {}));
  end();
  expect(successOf(await provider.list({}))).toHaveLength(1);
  end();
  successOf(await provider.checkCredential());
  expect(logins()).toBe(3);
});

test('a key is asked for once even when the session has ended; the next time signs in again', async () => {
  const { server, shelf, account, end } = await startEphemera();
  const provider = connectInvented(ephemera, account);
  successOf(await provider.checkCredential());
  end();
  expect(await provider.create('key-1', asking(), {})).toMatchObject({ error: { outcome: 'rejected' } });
  expect(shelf.all).toHaveLength(0);
  successOf(await provider.create('key-1', asking(), {}));
  expect(server.lines.filter((line) => line === 'POST /base/keys')).toHaveLength(2);
});

test('a wrong password is told as a rejected credential after one attempt', async () => {
  const { server, account } = await startEphemera();
  const provider = connectInvented(ephemera, {
    ...account,
    credential: { ...credential, password: 'other' },
  });
  expect(await provider.list({})).toMatchObject({ error: { code: 'credential-rejected' } });
  expect(server.lines).toEqual(['POST /base/session']);
});
