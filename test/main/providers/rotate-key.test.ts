import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import {
  connect,
  definitionOf,
  json,
  managementToken,
  type Received,
  secrets,
  startServer,
  type TestServer,
} from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const plain = { expiresInDays: null, graceSeconds: 0 };
const value = 'sk-rotated-canary-5Tq1';
type Rotate = NonNullable<NonNullable<DefinitionData['operations']>['rotate']>;

/** A provider that replaces values by itself. */
async function world(
  act: (request: Received, response: ServerResponse) => void,
  part: Partial<Rotate> = {},
  change: Partial<DefinitionData> = {},
) {
  const server = await startServer(act);
  servers.push(server);
  const rotate: Rotate = {
    method: 'POST',
    path: '/keys/{id}/rotate',
    response: { fields: { KEY: '/key' } },
    ...part,
  };
  const definition = definitionOf({ operations: { rotate }, ...change });
  return { ...server, ...connect(server.origin, { definition }) };
}

test('a rotation answers the new value; the id stays where the provider gives no other', async () => {
  const { provider, received } = await world((_request, response) => json(response, 200, { key: value }));
  const rotated = await provider.rotate('k/1', plain, {});
  expect(rotated).toMatchObject({ value: { providerKeyId: 'k/1', issuedAt: null, expiresAt: null } });
  expect(rotated.ok && rotated.value.fields.KEY?.reveal()).toBe(value);
  expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /keys/k%2F1/rotate']);
  expect(received[0]?.headers.authorization).toBe(`Bearer ${managementToken}`);
});

test('an expiry that was asked for is told even when the provider does not repeat it', async () => {
  const { provider } = await world((_request, response) => json(response, 200, { key: value }));
  expect(await provider.rotate('k1', { ...plain, expiresInDays: 10 }, {})).toMatchObject({
    value: { expiresAt: Date.parse('2026-03-11T12:00:00Z') },
  });
});

test.each([
  ['a server error', (response: ServerResponse) => void json(response, 500, { message: 'oops' })],
  ['a dropped answer', (response: ServerResponse) => void response.destroy()],
  ['an answer without the value', (response: ServerResponse) => void json(response, 200, { id: 'k2' })],
  ['an answer that is not JSON', (response: ServerResponse) => void response.end('<html>')],
])('%s may mean a new value, and nothing is sent again', async (_title, act) => {
  const { provider, received } = await world((_request, response) => act(response));
  expect(await provider.rotate('k1', plain, {})).toMatchObject({ error: { outcome: 'unknown' } });
  expect(received).toHaveLength(1);
});

test('a new id that is missing is not taken for the old one', async () => {
  const { provider } = await world((_request, response) => json(response, 200, { key: value }), {
    response: { id: '/id', fields: { KEY: '/key' } },
  });
  const rotated = await provider.rotate('k1', plain, {});
  expect(rotated).toMatchObject({ error: { outcome: 'unknown' } });
  expect(JSON.stringify(rotated)).not.toContain(value);
});

test('a refusal changed nothing and is told without any secret', async () => {
  const { provider } = await world((_request, response) =>
    json(response, 403, { key: value, message: `${managementToken} may not rotate ${value}` }),
  );
  expect(await provider.rotate('k1', plain, {})).toMatchObject({
    error: {
      outcome: 'rejected',
      failure: { code: 'permission-lacking', message: '[secret] may not rotate [secret]' },
    },
  });
});

test('what the provider wants answered is asked for before anything is sent', async () => {
  const { provider, received } = await world(
    (_request, response) => json(response, 200, { key: value }),
    { headers: { otp: '{answer.otp}' } },
    { askedAtCall: [{ name: 'otp', label: 'Code', kind: 'secret', at: ['rotate'] }] },
  );
  expect(await provider.rotate('k1', plain, {})).toMatchObject({
    error: { outcome: 'rejected', failure: { code: 'answer-needed', questions: ['otp'] } },
  });
  expect(received).toEqual([]);
  expect(await provider.rotate('k1', plain, secrets({ otp: '123456' }))).toMatchObject({ ok: true });
  expect(received[0]?.headers.otp).toBe('123456');
});

test('a provider without such a call says so', async () => {
  const server = await startServer((_request, response) => json(response, 500, {}));
  servers.push(server);
  const { provider } = connect(server.origin);
  expect(await provider.rotate('k1', plain, {})).toEqual({
    ok: false,
    error: {
      outcome: 'rejected',
      failure: { code: 'operation-missing', provider: 'Example', operation: 'rotate' },
    },
  });
  expect(server.received).toEqual([]);
});

test.each([
  [3600, 3600, 60],
  [90, 90, 1],
  [1_000_000, 7200, 120],
  [0, 0, 0],
])(
  'a grace of %d seconds is asked for as %d, at most what the provider allows',
  async (asked, seconds, minutes) => {
    const { provider, received } = await world((_request, response) => json(response, 200, { key: value }), {
      grace: { kind: 'asked', maxSeconds: 7200 },
      body: {
        kind: 'json',
        value: {
          seconds: { $value: 'request.graceSeconds', as: 'number' },
          minutes: { $value: 'request.graceMinutes', as: 'number' },
        },
      },
    });
    expect(provider.rotateGraceSeconds).toBe(7200);
    await provider.rotate('k1', { expiresInDays: null, graceSeconds: asked }, {});
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ seconds, minutes });
  },
);
