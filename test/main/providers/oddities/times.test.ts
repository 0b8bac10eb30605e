import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import type { TimeFormat } from '../../../../main/providers/times.ts';
import { connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough } from './whole-life.ts';

/*
 * Chronos. "Instants are written as you asked for when you signed up; where there is none, there is an empty string, null, 0
 * years or nothing at all. Two keys a page; `next` is relative to the list."
 */
const chronos = (origin: string, format: TimeFormat): DefinitionData => ({
  format: 1,
  id: 'chronos',
  name: 'Chronos',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'CHRONOS_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/time/keys',
      body: { kind: 'json', value: { name: '{request.name}' } },
      response: {
        id: '/number',
        fields: { KEY: '/secret' },
        issuedAt: { at: '/born', format },
        expiresAt: { at: '/dies', format },
      },
    },
    list: {
      method: 'GET',
      path: '/time/keys',
      pager: { kind: 'link', next: '/next' },
      response: {
        items: '/keys',
        id: '/number',
        name: { at: '/name', always: true },
        createdAt: { at: '/born', format },
        lastUsedAt: { at: '/used', format },
      },
    },
    revoke: { method: 'DELETE', path: '/time/keys/{id}' },
    check: {
      method: 'GET',
      path: '/time/me',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
});

async function startChronos(born: unknown, dies: unknown) {
  const shelf = keyShelf('ch-');
  const bearer = ({ headers }: Heard) => String(headers.authorization).replace('Bearer ', '');
  const managing = (heard: Heard) => demand(bearer(heard) === 'ch-manager', 401);
  const nothing = ['', null, '0000-00-00 00:00:00', undefined, 'never'];
  return inventServer({
    'POST /time/keys': (heard) => {
      managing(heard);
      const { number, secret } = shelf.make(JSON.parse(heard.text).name);
      return { status: 200, body: { number, secret, born, dies } };
    },
    'GET /time/keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('from') ?? 0);
      const keys = shelf.all.slice(from, from + 2).map(({ number, name }) => {
        return { number, name, born, used: nothing[number - 1] };
      });
      return {
        status: 200,
        body: { keys, ...(from + 2 < shelf.all.length ? { next: `keys?from=${from + 2}` } : {}) },
      };
    },
    'DELETE /time/keys/:id': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 200 };
    },
    'GET /time/me': (heard) => {
      demand(shelf.accepted(bearer(heard)) !== undefined, 401);
      return { status: 200 };
    },
  });
}

const at = Date.parse('2026-03-01T10:30:15Z');
const end = Date.parse('2026-08-31T22:00:00Z');

test.each<[TimeFormat, unknown, unknown, number, number]>([
  ['rfc2822', 'Sun, 01 Mar 2026 11:30:15 +0100', 'Mon, 31 Aug 2026 22:00:00 GMT', at, end],
  ['sql', '2026-03-01 10:30:15.25+00', '2026-09-01 03:30:00+0530', at + 250, end],
  ['utc-without-zone', '2026-03-01T10:30:15', '2026-08-31 22:00:00.000', at, end],
  ['unix-milliseconds', at, String(end), at, end],
  ['unix-seconds', at / 1000, `${end / 1000}.0`, at, end],
  ['rfc3339', '2026-03-01T05:30:15-05:00', '2026-08-31t22:00:00z', at, end],
  [
    'date',
    '2026-03-01',
    '2026-08-31',
    Date.parse('2026-03-01T00:00:00Z'),
    Date.parse('2026-08-31T00:00:00Z'),
  ],
])(
  'an instant as %s is the same instant everywhere, and none is none',
  async (format, born, dies, issued, expires) => {
    const server = await startChronos(born, dies);
    const provider = connectInvented(chronos(server.origin, format), { credential: { token: 'ch-manager' } });
    const { made, listed } = await liveThrough(provider, [server]);
    expect(made[0]).toMatchObject({ issuedAt: issued, expiresAt: expires });
    expect(listed.every(({ createdAt, lastUsedAt }) => createdAt === issued && lastUsedAt === null)).toBe(
      true,
    );
  },
);
