import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Callisto. "One address, POST /rpc/v4?format=json, for every call; the body names it: {"call": …, "account": …,
 * "args": {…}}. Every answer is HTTP 200, {"ok": true, "result": …} or {"ok": false, "error": {"code": …, "text": …}}.
 * `keys.make` is only queued and answers 202, with the key already in `result`. `keys.list` takes `args` and, beside
 * it, `limit` and the `cursor` of the answer before. `session.show` needs `args` too, as an empty object."
 */
type JsonObject = { readonly [name: string]: string | JsonObject };

const envelope = (call: string, args: JsonObject) =>
  ({
    method: 'POST',
    path: '/rpc/v4',
    query: { format: 'json' },
    body: { kind: 'json', value: { call, account: '{setting.account}', args } },
  }) as const;

const callisto = (origin: string): DefinitionData => ({
  format: 1,
  id: 'callisto',
  name: 'Callisto',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  settings: [{ name: 'account', label: 'Account' }],
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'CALLISTO_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      ...envelope('keys.make', { key: { label: '{request.name}' } }),
      success: [202],
      response: { id: '/result/key/number', fields: { KEY: '/result/plain' } },
    },
    list: {
      ...envelope('keys.list', {}),
      pager: {
        kind: 'cursor',
        in: 'body',
        parameter: 'cursor',
        next: '/result/cursor',
        sizeParameter: 'limit',
        size: 2,
      },
      response: { items: '/result/keys', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: envelope('keys.kill', { number: { $value: 'id', as: 'number' } }),
    check: {
      ...envelope('session.show', {}),
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [
        { when: { status: [200], field: { at: '/ok', is: [true] } }, outcome: 'valid' },
        { when: { status: [200], field: { at: '/error/code', is: ['who'] } }, outcome: 'refused' },
      ],
    },
  },
  errors: {
    messages: ['/error/text'],
    meanings: [
      { when: { status: [200], field: { at: '/error/code', is: ['who'] } }, means: 'credential-rejected' },
      { when: { status: [200], field: { at: '/error/code', is: ['gone'] } }, means: 'provider-not-found' },
      { when: { status: [200], field: { at: '/ok', is: [false] } }, means: 'provider-refused' },
    ],
  },
});

const manager = 'callisto-manager-Ab1';

async function startCallisto() {
  const shelf = keyShelf('cal-');
  const good = (result: unknown, status = 200) => ({ status, body: { ok: true, result } });
  const bad = (code: string, text: string) => ({ ok: false, error: { code, text } });
  let isFrozen = false;
  const server = await inventServer({
    'POST /rpc/v4': (heard: Heard) => {
      const { call, account, args, ...beside } = JSON.parse(heard.text);
      const bearer = String(heard.headers.authorization).replace('Bearer ', '');
      demand(heard.query.get('format') === 'json' && account === 'acme' && typeof args === 'object', 400);
      if (call === 'session.show') {
        demand(isDeepStrictEqual([args, beside], [{}, {}]), 400);
        demand(shelf.accepted(bearer) !== undefined, 200, bad('who', 'No such key'));
        return good({});
      }
      demand(bearer === manager, 200, bad('who', 'Not a manager'));
      demand(!isFrozen || call === 'keys.list', 200, bad('frozen', `The account is frozen for ${bearer}`));
      if (call === 'keys.make') {
        const { number, secret } = shelf.make(args.key.label);
        return good({ key: { number }, plain: secret }, 202);
      }
      if (call === 'keys.list') {
        demand(isDeepStrictEqual(args, {}) && beside.limit === 2, 400);
        const from = Number((beside.cursor ?? 'after 0').replace('after ', ''));
        const cursor = from + 2 < shelf.all.length ? `after ${from + 2}` : '';
        return good({ keys: shelf.all.slice(from, from + 2), cursor });
      }
      const key = shelf.numbered(args.number);
      demand(call === 'keys.kill' && key !== undefined, 200, bad('gone', 'There is no such key'));
      shelf.remove(key);
      return good(true);
    },
  });
  return { server, shelf, freeze: () => (isFrozen = true) };
}

const account = { settings: { account: 'acme' }, credential: { token: manager } };

test('every call a POST to one address, with its name, the page and the outcome in bodies', async () => {
  const { server } = await startCallisto();
  await liveThrough(connectInvented(callisto(server.origin), account), [server]);
  expect(new Set(server.lines)).toEqual(new Set(['POST /rpc/v4?format=json']));
});

test('a failure that comes as 200 is a failure: no key was made, none was revoked, in the provider’s words', async () => {
  const { server, shelf, freeze } = await startCallisto();
  const provider = connectInvented(callisto(server.origin), account);
  const made = await provider.create('key-1', asking(), {});
  freeze();
  const refused = { code: 'provider-refused', status: 200, message: 'The account is frozen for [secret]' };
  const id = made.ok ? made.value.providerKeyId : '';
  expect(await provider.revoke(id, {})).toMatchObject({ ok: false, error: refused });
  expect(shelf.all).toHaveLength(1);
  const another = await provider.create('key-2', asking(), {});
  expect(another).toMatchObject({ error: { outcome: 'rejected', failure: refused } });
});

test('a wrong credential that is answered with 200 is a rejected one', async () => {
  const { server } = await startCallisto();
  const provider = connectInvented(callisto(server.origin), { ...account, credential: { token: 'wrong' } });
  expect(await provider.checkCredential()).toMatchObject({
    error: { code: 'credential-rejected', message: 'Not a manager' },
  });
});
