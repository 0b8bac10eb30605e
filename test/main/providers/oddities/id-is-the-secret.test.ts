import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough, successOf } from './whole-life.ts';

/*
 * Barely. "POST /keys answers the key and nothing else, as a JSON string. A key is named by its value: POST /keys/drop
 * with {"key": VALUE} takes it away, and so does GET /keys list it: a list of objects with `key`, `note` and the cursor
 * `last` for the next `after`." The list tells live keys.
 */
const barely = (origin: string): DefinitionData => ({
  format: 1,
  id: 'barely',
  name: 'Barely',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'BARELY_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/keys',
      body: { kind: 'form', fields: { note: '{request.name}' } },
      response: { id: '', idIsSecret: true, fields: { KEY: '' } },
    },
    list: {
      method: 'GET',
      path: '/keys',
      pager: { kind: 'cursor', in: 'query', parameter: 'after', of: 'last-item', next: '/cursor' },
      response: {
        items: '/keys',
        id: '/key',
        idIsSecret: true,
        name: { at: '/note', always: true },
        masked: { kind: 'label', at: '/key' },
      },
    },
    revoke: {
      method: 'POST',
      path: '/keys/drop',
      body: { kind: 'json', value: { key: '{id}' } },
      success: [204],
    },
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
  errors: { messages: ['/error'] },
});

async function startBarely() {
  const shelf = keyShelf('');
  const bearer = ({ headers }: Heard) => String(headers.authorization).replace('Bearer ', '');
  const managing = (heard: Heard) => demand(bearer(heard) === 'barely-mgr', 401);
  const server = await inventServer({
    'POST /keys': (heard) => {
      managing(heard);
      return { status: 200, body: shelf.make(new URLSearchParams(heard.text).get('note') ?? '').secret };
    },
    'GET /keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('after') ?? 0);
      const keys = shelf.all.slice(from, from + 2).map(({ secret, name }, index) => {
        const cursor = from + index + 1;
        return { key: secret, note: name, ...(cursor < shelf.all.length ? { cursor } : {}) };
      });
      return { status: 200, body: { keys } };
    },
    'POST /keys/drop': (heard) => {
      managing(heard);
      const { key: secret } = JSON.parse(heard.text);
      const key = shelf.accepted(secret);
      demand(key !== undefined, 404, { error: `No key ${secret}` });
      demand(key.name !== 'kept', 409, { error: `${secret} must stay` });
      shelf.remove(key);
      return { status: 204 };
    },
    'GET /me': (heard) => {
      demand(shelf.accepted(bearer(heard)) !== undefined, 401);
      return { status: 200 };
    },
  });
  return { server, shelf };
}

const account = { credential: { token: 'barely-mgr' } };

test('a key that is named by its value goes by a fingerprint, in everything that is answered', async () => {
  const { server, shelf } = await startBarely();
  const provider = connectInvented(barely(server.origin), account);
  const { made, listed } = await liveThrough(provider, [server]);
  const ids = made.map(({ providerKeyId }) => providerKeyId);
  for (const key of made) expect(JSON.stringify(ids)).not.toContain(key.fields.KEY?.reveal());
  expect(listed[0]?.masked).toBe(`…${made[0]?.fields.KEY?.reveal().slice(-4)}`);
  expect(shelf.all).toHaveLength(4);
});

test('it is revoked by the value at hand without the list being read', async () => {
  const { server } = await startBarely();
  const provider = connectInvented(barely(server.origin), account);
  const { providerKeyId, fields } = successOf(await provider.create('key-1', asking(), {}));
  const other = successOf(await provider.create('key-2', asking(), {}));
  successOf(await provider.revoke(providerKeyId, {}, fields));
  expect(server.lines.slice(2)).toEqual(['POST /keys/drop']);
  expect(await provider.check(other.fields)).toMatchObject({ value: { outcome: 'valid' } });
});

test('a refusal to revoke is told without the value', async () => {
  const { server, shelf } = await startBarely();
  const provider = connectInvented(barely(server.origin), account);
  const { providerKeyId } = successOf(await provider.create('kept', asking(), {}));
  expect(await provider.revoke(providerKeyId, {})).toMatchObject({
    error: { code: 'provider-refused', message: '[secret] must stay' },
  });
  expect(shelf.all).toHaveLength(1);
});
