import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented, secretFields } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Formosa. "Write with multipart/form-data: `name`, one `right` for each right, `until` as a date. Without a right the key
 * may read. The management password is asked for with each write and is the field `password`. A deleted key goes to the
 * bin: POST /bin/NUMBER, with {} as its body; it is listed there as well, with `binned` set. Answers to writes: 201."
 */
const formosa = (origin: string): DefinitionData => ({
  format: 1,
  id: 'formosa',
  name: 'Formosa',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: `${origin}/office` } },
  credential: [{ name: 'user', label: 'User' }],
  askedAtCall: [{ name: 'password', label: 'Password', kind: 'secret', at: ['create', 'list', 'revoke'] }],
  authentication: { kind: 'headers', headers: { 'X-User': '{credential.user}' } },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'FORMOSA_KEY' }],
  creation: {
    nameMaxLength: 64,
    scopes: { options: [{ value: 'write', label: 'Write' }], whenOmitted: 'The key may only read.' },
    expiry: { maxDays: 90, whenOmitted: 'The key lives for a year.' },
  },
  operations: {
    create: {
      method: 'POST',
      path: '/keys',
      success: [201],
      body: {
        kind: 'multipart',
        fields: {
          name: '{request.name}',
          right: { $value: 'request.scopes', as: 'list' },
          until: { $value: 'request.expiry', as: 'date' },
          password: '{answer.password}',
        },
      },
      response: {
        id: '/number',
        fields: { KEY: '/secret' },
        expiresAt: { at: '/until', format: 'date' },
      },
    },
    list: {
      method: 'POST',
      path: '/keys/list',
      headers: { 'X-Password': '{answer.password}' },
      body: { kind: 'empty-object' },
      pager: { kind: 'page', parameter: 'seite', first: 1, sizeParameter: 'je', size: 2 },
      response: {
        items: '/keys',
        id: '/number',
        name: { at: '/name', always: true },
        active: { at: '/binned', is: [false] },
      },
    },
    revoke: {
      method: 'POST',
      path: '/bin/{id}',
      headers: { 'X-Password': '{answer.password}' },
      body: { kind: 'empty-object' },
      success: [201],
    },
    check: {
      method: 'GET',
      path: '/me',
      authentication: { kind: 'headers', headers: { 'X-Key': '{key.KEY}' } },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [410] }, outcome: 'refused', why: 'revoked' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
    probe: { method: 'GET', path: '/me' },
  },
});

const password = 'formosa password "x"; name=y';

async function startFormosa() {
  const shelf = keyShelf('fm');
  const managing = ({ headers, text }: Heard, given: unknown) => {
    demand(headers['x-user'] === 'ann' && given === password, 403, { message: text });
  };
  const server = await inventServer({
    'POST /office/keys': (heard) => {
      const type = String(heard.headers['content-type']);
      const form = parts(heard.text, /^multipart\/form-data; boundary=(.+)$/.exec(type)?.[1] ?? 'none');
      managing(heard, form.get('password')?.[0]);
      const { number, secret } = shelf.make(form.get('name')?.[0] ?? '', { rights: form.get('right') });
      return { status: 201, body: { number, secret, until: form.get('until')?.[0] } };
    },
    'POST /office/keys/list': (heard) => {
      managing(heard, heard.headers['x-password']);
      demand(heard.text === '{}' && heard.query.get('je') === '2', 400);
      const from = (Number(heard.query.get('seite')) - 1) * 2;
      const keys = shelf.all.map(({ number, name, isAlive }) => ({ number, name, binned: !isAlive }));
      return { status: 200, body: { keys: keys.slice(from, from + 2) } };
    },
    'POST /office/bin/:number': (heard) => {
      managing(heard, heard.headers['x-password']);
      const key = shelf.numbered(Number(heard.at.number));
      demand(heard.text === '{}' && heard.headers['content-type'] === 'application/json', 400);
      demand(key?.isAlive === true, 404);
      key.isAlive = false;
      return { status: 201 };
    },
    'GET /office/me': ({ headers }) => {
      if (headers['x-user'] === 'ann') return { status: 200 };
      const binned = shelf.all.some(({ secret, isAlive }) => !isAlive && secret === headers['x-key']);
      demand(!binned, 410, { message: 'In the bin' });
      demand(shelf.accepted(String(headers['x-key'])) !== undefined, 401);
      return { status: 200 };
    },
  });
  return { server, shelf };
}

/** The fields of a multipart body (RFC 7578), each with its values in order. */
function parts(text: string, boundary: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const [, name = '', value = ''] = /^\r\n.*form-data; name="([^"]*)"\r\n\r\n(.*)\r\n$/s.exec(part) ?? [];
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}

test('a multipart body with a repeated field, and keys that go to the bin', async () => {
  const { server, shelf } = await startFormosa();
  const provider = connectInvented(formosa(server.origin), { credential: { user: 'ann' } });
  const { made, listedAfter } = await liveThrough(provider, [server], {
    request: asking({ scopes: ['write', 'list all'], expiresInDays: 30 }),
    answers: secretFields({ password }),
  });
  expect(shelf.all[0]?.facts.rights).toEqual(['write', 'list all']);
  expect(made[0]?.expiresAt).toBe(Date.parse('2026-03-31T00:00:00Z'));
  expect(listedAfter.map(({ active }) => active)).toEqual([false, true, true, true, true]);
  expect(await provider.check(made[0]?.fields ?? {})).toMatchObject({
    value: { outcome: 'refused', why: 'revoked' },
  });
});
