import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented, secretFields } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough, successOf } from './whole-life.ts';

/*
 * Verita. "Whether a key is good is asked with your own credential: POST /keys/verify with {"key": VALUE} answers 200 and
 * {"valid": true | false, "code": "FORBIDDEN" | "EXPIRED" | "DISABLED" | "NOT_FOUND"}; FORBIDDEN is a good key with too few rights."
 */
const verita: Check = {
  method: 'POST',
  path: '/keys/verify',
  authentication: { kind: 'headers', headers: { 'X-Root': '{credential.token}' } },
  body: { kind: 'json', value: { key: '{key.KEY}' } },
  verdicts: [
    { when: { status: [200], field: { at: '/valid', is: [true] } }, outcome: 'valid' },
    { when: { status: [200], field: { at: '/code', is: ['FORBIDDEN'] } }, outcome: 'valid-but-limited' },
    { when: { status: [200], field: { at: '/code', is: ['EXPIRED'] } }, outcome: 'refused', why: 'expired' },
    { when: { status: [200], field: { at: '/code', is: ['DISABLED'] } }, outcome: 'refused', why: 'revoked' },
    { when: { status: [200], field: { at: '/valid', is: [false] } }, outcome: 'refused' },
  ],
};

/*
 * Limes. "GET /reports with the key in X-Key. Both a key with too few rights (`scope`) and one that does not exist are 403; the
 * latter says so in `reasons`, or in the header X-Reason when it is long dead."
 */
const limes: Check = {
  method: 'GET',
  path: '/reports',
  authentication: { kind: 'headers', headers: { 'X-Key': '{key.KEY}' } },
  verdicts: [
    { when: { status: [200, 204] }, outcome: 'valid' },
    { when: { status: [403], field: { at: '/reasons/0', is: ['scope'] } }, outcome: 'valid-but-limited' },
    { when: { status: [403], field: { at: '/reasons/0', is: ['unknown'] } }, outcome: 'refused' },
    {
      when: { status: [403], header: { name: 'x-reason', contains: 'dead' } },
      outcome: 'refused',
      why: 'revoked',
    },
  ],
};

type Check = NonNullable<NonNullable<DefinitionData['operations']>['check']>;

const definitionOf = (origin: string, check: Check): DefinitionData => ({
  format: 1,
  id: 'verita',
  name: 'Verita',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'headers', headers: { 'X-Root': '{credential.token}' } },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'KEY', pattern: 've-[0-9a-f]{36}' }],
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
      pager: { kind: 'cursor', in: 'query', parameter: 'c', next: '/c' },
      response: { items: '/keys', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}', success: [204] },
    check,
  },
  errors: { messages: ['/text', '/reasons/0'] },
});

async function startVerita() {
  const shelf = keyShelf('ve-');
  const managing = ({ headers }: Heard) => demand(headers['x-root'] === 've-root', 401);
  const limited = new Set<string>();
  const server = await inventServer({
    'POST /keys': (heard) => {
      managing(heard);
      const { number, secret } = shelf.make(JSON.parse(heard.text).name);
      return { status: 200, body: { number, secret } };
    },
    'GET /keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('c') ?? 0);
      const c = from + 2 < shelf.all.length ? { c: from + 2 } : {};
      return { status: 200, body: { keys: shelf.all.slice(from, from + 2), ...c } };
    },
    'DELETE /keys/:id': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 204 };
    },
    'POST /keys/verify': (heard) => {
      managing(heard);
      const { key } = JSON.parse(heard.text);
      demand(!['EXPIRED', 'DISABLED'].includes(key), 200, { valid: false, code: key });
      demand(!limited.has(key), 200, { valid: false, code: 'FORBIDDEN', text: `${key} may not` });
      demand(shelf.accepted(key) !== undefined, 200, { valid: false, code: 'NOT_FOUND' });
      return { status: 200, body: { valid: true } };
    },
    'GET /reports': ({ headers }) => {
      demand(headers['x-root'] === undefined, 400);
      const key = String(headers['x-key']);
      if (key === 'ancient') return { status: 403, headers: { 'x-reason': 'long-DEAD' } };
      demand(!limited.has(key), 403, { reasons: ['scope', key] });
      demand(shelf.accepted(key) !== undefined, 403, { reasons: ['unknown'] });
      return { status: 204 };
    },
  });
  return { server, limited };
}

const credential = { token: 've-root' };

test.each([
  ['with the management credential, the key in the body', verita],
  ['by what a 403 says', limes],
] as const)('a key is checked %s', async (_title, check) => {
  const { server, limited } = await startVerita();
  const provider = connectInvented(definitionOf(server.origin, check), { credential });
  await liveThrough(provider, [server]);
  const { fields } = successOf(await provider.create('key-6', asking(), {}));
  const value = fields.KEY?.reveal() ?? '';
  limited.add(value);
  const checked = successOf(await provider.check(fields));
  expect(checked).toMatchObject({ outcome: 'valid-but-limited' });
  expect(JSON.stringify(checked)).not.toContain(value);
});

test.each([
  ['EXPIRED', verita, 'expired'],
  ['DISABLED', verita, 'revoked'],
  [`ve-${'0'.repeat(36)}`, verita, 'not-accepted'],
  ['ve-short', verita, 'mistyped'],
  ['ancient', limes, 'revoked'],
  ['ve-short', limes, 'mistyped'],
] as const)('why %s is refused is told as far as the answer and the form tell', async (value, check, why) => {
  const { server } = await startVerita();
  const provider = connectInvented(definitionOf(server.origin, check), { credential });
  const refused = { value: { outcome: 'refused', why } };
  expect(await provider.check(secretFields({ KEY: value }))).toMatchObject(refused);
});

test('a wrong management credential says nothing about the key', async () => {
  const { server } = await startVerita();
  const provider = connectInvented(definitionOf(server.origin, verita), { credential: { token: 'other' } });
  expect(await provider.check(secretFields({ KEY: 'any' }))).toMatchObject({
    error: { code: 'credential-rejected' },
  });
});
