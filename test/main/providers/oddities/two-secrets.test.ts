import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf, newSecret } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Gemina. "A key is three things: its public number, a read secret and a write secret; both secrets are shown once, in
 * `secrets`, apart from `record`. Numbers have eighteen digits. Lists show `starts` and `ends` of the read secret. The next
 * page is in the Link header, relative to the address that was asked."
 */
const gemina = (origin: string): DefinitionData => ({
  format: 1,
  id: 'gemina',
  name: 'Gemina',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: `${origin}/api/2` } },
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    { name: 'NUMBER', label: 'Number', secret: false, variable: 'GEMINA_NUMBER' },
    { name: 'READ', label: 'Read secret', secret: true, variable: 'GEMINA_READ' },
    { name: 'WRITE', label: 'Write secret', secret: true, variable: 'GEMINA_WRITE' },
  ],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/keys',
      success: [201],
      body: { kind: 'json', value: { name: '{request.name}' } },
      response: {
        id: '/record/number',
        fields: { NUMBER: '/record/number', READ: '/secrets/0/value', WRITE: '/secrets/1/value' },
      },
    },
    list: {
      method: 'GET',
      path: '/keys',
      pager: { kind: 'link', next: 'link-header' },
      response: {
        items: '',
        id: '/number',
        masked: { kind: 'prefix-suffix', prefix: '/starts', suffix: '/ends' },
      },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}', success: [204] },
    check: {
      method: 'GET',
      path: '/ping',
      headers: { 'X-Write': '{key.WRITE}', 'X-Number': '{key.NUMBER}' },
      authentication: { kind: 'bearer', token: '{key.READ}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
});

async function startGemina() {
  const shelf = keyShelf('rd-');
  const managing = ({ headers }: Heard) => demand(headers.authorization === 'Bearer gm-manager-5', 401);
  // Beyond what a double holds: rounding one would revoke another's key.
  const numberOf = (number: number) => `90071992547409930${number}`;
  return inventServer({
    'POST /api/2/keys': (heard) => {
      managing(heard);
      const write = newSecret('wr-');
      const { number, secret } = shelf.make(JSON.parse(heard.text).name, { write });
      const secrets = JSON.stringify([{ value: secret }, { value: write }]);
      const body = Buffer.from(`{"record":{"number":${numberOf(number)}},"secrets":${secrets}}`);
      return { status: 201, body };
    },
    'GET /api/2/keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('from') ?? 0);
      const items = shelf.all.slice(from, from + 2).map(({ number, secret }) => {
        return `{"number":${numberOf(number)},"starts":"${secret.slice(0, 5)}","ends":"${secret.slice(-3)}"}`;
      });
      const link = { link: `<keys?from=${from + 2}&a=,>; title="next, please"; rel="last next"` };
      return {
        status: 200,
        body: Buffer.from(`[${items.join()}]`),
        headers: from + 2 < shelf.all.length ? link : {},
      };
    },
    'DELETE /api/2/keys/:id': (heard) => {
      managing(heard);
      const key = shelf.all.find(({ number }) => numberOf(number) === heard.at.id);
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 204 };
    },
    'GET /api/2/ping': ({ headers }) => {
      const key = shelf.accepted(String(headers.authorization).replace('Bearer ', ''));
      demand(key !== undefined && headers['x-write'] === key.facts.write, 401);
      demand(headers['x-number'] === numberOf(key.number), 401);
      return { status: 200 };
    },
  });
}

test('two secrets and a number of eighteen digits from one answer, shown in lists by both their ends', async () => {
  const server = await startGemina();
  const provider = connectInvented(gemina(server.origin), { credential: { token: 'gm-manager-5' } });
  const { made, listed } = await liveThrough(provider, [server]);
  expect(made.map(({ providerKeyId }) => providerKeyId)).toContain('900719925474099301');
  const { READ, WRITE, NUMBER } = made[0]?.fields ?? {};
  expect([READ?.reveal().slice(0, 3), WRITE?.reveal().slice(0, 3)]).toEqual(['rd-', 'wr-']);
  expect(NUMBER?.reveal()).toBe(made[0]?.providerKeyId);
  const read = READ?.reveal() ?? '';
  expect(listed[0]?.masked).toBe(`${read.slice(0, 1)}…${read.slice(-3)}`);
});
