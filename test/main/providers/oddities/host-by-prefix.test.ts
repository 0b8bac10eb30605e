import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { connectInvented, secretFields } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Prefixa. "Keys that begin with px_test_ work at the sandbox, all others (px_) at the live host, and so do management
 * keys. Management keys are the user name of HTTP Basic; the password is always the letter x. Lists come two at a time:
 * take `skip` further until a page is not full."
 */
const prefixa = (live: string, sandbox: string): DefinitionData => ({
  format: 1,
  id: 'prefixa',
  name: 'Prefixa',
  environments: ['test', 'live'],
  hosts: { api: { kind: 'by-prefix', credential: 'manager', urls: { px_: live, px_test_: sandbox } } },
  credential: [{ name: 'manager', label: 'Management key', kind: 'secret' }],
  authentication: { kind: 'basic', user: '{credential.manager}', password: 'x' },
  fields: [
    {
      name: 'KEY',
      label: 'Key',
      secret: true,
      variable: 'PREFIXA_KEY',
      prefix: { test: 'px_test_', live: 'px_' },
    },
  ],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/v3/keys',
      body: { kind: 'json', value: { title: '{request.name}' } },
      response: { id: '/number', fields: { KEY: '/secret' } },
    },
    list: {
      method: 'GET',
      path: '/v3/keys',
      pager: { kind: 'offset', parameter: 'skip', sizeParameter: 'take', size: 2 },
      response: { items: '', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: { method: 'DELETE', path: '/v3/keys/{id}' },
    check: {
      method: 'GET',
      path: '/v3/me',
      authentication: { kind: 'basic', user: '{key.KEY}', password: 'x' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
});

const managers = { test: 'px_test_manager-Hg3', live: 'px_manager-Lw9' };

async function startHost(manager: string, prefix: string) {
  const shelf = keyShelf(prefix);
  const user = ({ headers }: Heard) => {
    const pair = Buffer.from(String(headers.authorization).replace(/^Basic /, ''), 'base64').toString();
    demand(pair.endsWith(':x'), 401);
    return pair.slice(0, -2);
  };
  const managing = (heard: Heard) => demand(user(heard) === manager, 401);
  return inventServer({
    'POST /v3/keys': (heard) => {
      managing(heard);
      const { number, secret } = shelf.make(JSON.parse(heard.text).title);
      return { status: 200, body: { number, secret } };
    },
    'GET /v3/keys': (heard) => {
      managing(heard);
      demand(heard.query.get('take') === '2', 422);
      const skip = Number(heard.query.get('skip'));
      return { status: 200, body: shelf.all.slice(skip, skip + 2) };
    },
    'DELETE /v3/keys/:number': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.number));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 200 };
    },
    'GET /v3/me': (heard) => {
      demand(shelf.accepted(user(heard)) !== undefined, 401);
      return { status: 200, body: {} };
    },
  });
}

test.each(['test', 'live'] as const)(
  'a %s management key goes to the host of its longest prefix and nowhere else',
  async (environment) => {
    const sandbox = await startHost(managers.test, 'px_test_');
    const live = await startHost(managers.live, 'px_');
    const credential = { manager: managers[environment] };
    const provider = connectInvented(prefixa(live.origin, sandbox.origin), { credential, environment });
    await liveThrough(provider, [live, sandbox]);
    expect((environment === 'test' ? live : sandbox).lines).toEqual([]);
  },
);

test('a key of the sandbox is not sent to the live host, though its prefix begins like a live one', async () => {
  const live = await startHost(managers.live, 'px_');
  const provider = connectInvented(prefixa(live.origin, 'https://sandbox.prefixa.example'), {
    credential: { manager: managers.live },
  });
  expect(await provider.check(secretFields({ KEY: 'px_test_abc' }))).toMatchObject({
    value: { outcome: 'refused', why: 'wrong-environment' },
  });
  expect(live.lines).toEqual([]);
});

test('a management key with none of the prefixes is asked for again and sent nowhere', () => {
  const definition = prefixa('https://live.prefixa.example', 'https://sandbox.prefixa.example');
  expect(() => connectInvented(definition, { credential: { manager: 'sk_other' } })).toThrow('manager');
});
