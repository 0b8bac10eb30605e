import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented, secretFields, sharedClock } from './connect-invented.ts';
import { type InventedServer, inventServer, type Reply } from './invented-server.ts';

/*
 * Erratica. "Our services grew apart. Problems with rights are {"errors": [{"detail": …}]}, with names {"fault": {"reasons":
 * {"name/0": …}}}, with the account {"error_description": …}, and the oldest service answers with a bare JSON string. Keys are full
 * when the title is `quota`, and an account without a plan gets 403 with `upgrade` set. How long to wait is in one of
 * `retry-after-ms`, `x-ratelimit-reset` (seconds since 1970), `ratelimit-reset` (seconds) and `retry-after`."
 */
const erratica = (origin: string): DefinitionData => ({
  format: 1,
  id: 'erratica',
  name: 'Erratica',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  preconditions: [
    { text: 'Read the terms.' },
    { text: 'A plan is needed.', url: 'https://erratica.example/plans' },
  ],
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'ERRATICA_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: { method: 'POST', path: '/keys', response: { id: '/id', fields: { KEY: '/key' } } },
    list: { method: 'GET', path: '/keys', response: { items: '/keys', id: '/id' } },
    revoke: { method: 'DELETE', path: '/keys/{id}' },
    rotate: { method: 'POST', path: '/keys/{id}/rotate', response: { fields: { KEY: '/key' } } },
    check: {
      method: 'GET',
      path: '/me',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [{ when: { status: [200] }, outcome: 'valid' }],
    },
  },
  errors: {
    messages: ['/errors/0/detail', '/fault/reasons/name~10', '/error_description', ''],
    retryAfter: [
      { header: 'retry-after-ms', unit: 'milliseconds' },
      { header: 'x-ratelimit-reset', unit: 'unix-seconds' },
      { header: 'ratelimit-reset', unit: 'seconds' },
    ],
    meanings: [
      { when: { status: [403], field: { at: '/upgrade' } }, means: 'subscription-needed' },
      { when: { status: [400, 403], field: { at: '/title', is: ['quota'] } }, means: 'key-limit-reached' },
    ],
  },
});

const token = 'erratica-manager-T4';

/** Every operation against a provider that answers one thing, each with what it failed as. */
async function eachOperation(
  reply: Reply,
): Promise<{ failures: Record<string, unknown>; server: InventedServer }> {
  const server = await inventServer({
    'POST /keys': () => reply,
    'GET /keys': () => reply,
    'DELETE /keys/:id': () => reply,
    'POST /keys/:id/rotate': () => reply,
    'GET /me': () => reply,
  });
  const clock = sharedClock();
  const provider = connectInvented(erratica(server.origin), { credential: { token }, clock });
  const created = await provider.create('key-1', asking(), {});
  const rotated = await provider.rotate('1', { expiresInDays: null, graceSeconds: 0 }, {});
  const listed = await provider.list({});
  const revoked = await provider.revoke('1', {});
  const checked = await provider.check(secretFields({ KEY: 'erratica-key-X1' }));
  expect([created, rotated]).toMatchObject([
    { error: { outcome: 'rejected' } },
    { error: { outcome: 'rejected' } },
  ]);
  const failures = {
    create: created.ok || created.error.failure,
    rotate: rotated.ok || rotated.error.failure,
    list: listed.ok || listed.error,
    revoke: revoked.ok || revoked.error,
    check: checked.ok || checked.error,
  };
  return { failures, server };
}

const everywhere = (failure: unknown) => ({
  create: failure,
  rotate: failure,
  list: failure,
  revoke: failure,
  check: failure,
});

test.each([
  [{ errors: [{ detail: 'No rights' }, { detail: 'Second' }] }, 'No rights'],
  [{ fault: { reasons: { 'name/0': 'Too\nlong\u0000' } } }, 'Too long'],
  [{ error_description: 'Account closed', errors: [] }, 'Account closed'],
  ['plain words', 'plain words'],
  [{ errors: [{ detail: { text: 'an object' } }] }, 'HTTP 422'],
  [['not', 'words'], 'HTTP 422'],
  [Buffer.from('<html>'), 'HTTP 422'],
])('of %j the words are told: %s', async (body, message) => {
  const { failures } = await eachOperation({ status: 422, body });
  expect(failures).toMatchObject(everywhere({ code: 'provider-refused', status: 422, message }));
});

test.each([
  [{ 'retry-after-ms': '61500' }, 62],
  [{ 'x-ratelimit-reset': String(Date.parse('2026-03-01T12:01:30Z') / 1000) }, 90],
  [{ 'ratelimit-reset': '77' }, 77],
  [{ 'retry-after': '120' }, 120],
  [{ 'retry-after': 'Sun, 01 Mar 2026 12:02:00 GMT' }, 120],
  [{ 'retry-after-ms': 'soon', 'retry-after': '45' }, 45],
  [{ 'retry-after': '-5' }, null],
])('%j says when to try again, at every operation', async (headers, retryAfterSeconds) => {
  const { failures } = await eachOperation({ status: 429, headers, body: {} });
  // Reads are repeated after a pause when no time is named; that is three requests, and the same in the end.
  expect(failures).toMatchObject(everywhere({ code: 'provider-throttled', retryAfterSeconds }));
});

test('an account that needs a plan is told where it is had', async () => {
  const body = { upgrade: 'pro', errors: [{ detail: 'Not on the free plan' }] };
  const needed = {
    code: 'subscription-needed',
    message: 'Not on the free plan',
    url: 'https://erratica.example/plans',
  };
  const { failures } = await eachOperation({ status: 403, body });
  expect(failures).toMatchObject(everywhere(needed));
  const { failures: paid } = await eachOperation({ status: 402, body });
  expect(paid).toMatchObject(everywhere(needed));
});

test('an account that is full is told as that, and a 403 for another reason is not', async () => {
  const { failures } = await eachOperation({
    status: 403,
    body: { title: 'quota', error_description: '100 keys' },
  });
  expect(failures).toMatchObject(everywhere({ code: 'key-limit-reached', message: '100 keys' }));
  const { failures: other } = await eachOperation({ status: 403, body: { title: 'else', upgrade: null } });
  expect(other).toMatchObject(everywhere({ code: 'permission-lacking' }));
});
