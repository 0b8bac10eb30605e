import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import type { Definition } from '../../../main/providers/definition.ts';
import type { Provider } from '../../../main/providers/provider.ts';
import { connectProvider } from '../../../main/providers/provider-client.ts';
import { type Sandbox, startSandbox } from '../../../main/sandbox/sandbox.ts';
import type { Secret } from '../../../main/secrets/secret.ts';

const definition = catalog().find(({ id }) => id === 'sandbox') as Definition;
const request = {
  scopes: ['payments:read'],
  expiresInDays: 90,
  restrictions: { ips: [], referrers: [], endpoints: [] },
};

let folder: string;
let sandbox: Sandbox;
let token: Secret;
let provider: Provider;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-'));
  const stateFile = path.join(folder, 'state.json');
  const started = await startSandbox({ stateFile, clock: Date.now, random: randomBytes, faults: true });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  sandbox = started.value;
  const issued = await sandbox.issueManagementToken('test');
  if (!issued.ok) throw new Error(JSON.stringify(issued.error));
  token = issued.value;
  provider = connectTo(sandbox.origin, token);
});
afterEach(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

function connectTo(origin: string, credential: Secret): Provider {
  return connectProvider({
    definition,
    settings: { url: origin },
    origin,
    environment: 'test',
    credential: { token: credential },
    fetch,
    clock: Date.now,
    sleep: async () => undefined,
    timeLimitMs: 4000,
  });
}

async function control(where: string, body?: unknown): Promise<{ counts: Record<string, number> }> {
  const answer = await fetch(`${sandbox.origin}/__sandbox/${where}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token.reveal()}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as { counts: Record<string, number> };
}

const misbehave = (operation: string, fault: string, more: object = {}) =>
  control('faults', { operation, fault, ...more });
const counts = async () => (await control('log')).counts;

test('a key is made, accepted, listed under its label, revoked and refused', async () => {
  expect(await provider.checkCredential()).toEqual({ ok: true, value: undefined });
  const created = await provider.create('web kt-12345678', request, {});
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  const { fields, providerKeyId, issuedAt, expiresAt } = created.value;
  expect((expiresAt ?? 0) - (issuedAt ?? 0)).toBe(90 * 86_400_000);
  expect(await provider.check(fields)).toEqual({ ok: true, value: { outcome: 'valid' } });
  expect(await provider.list({})).toMatchObject({
    ok: true,
    value: [
      {
        providerKeyId,
        name: 'web kt-12345678',
        masked: `sk_test_…${fields.API_KEY?.reveal().slice(-4)}`,
        createdAt: issuedAt,
        lastUsedAt: expect.any(Number),
        active: true,
      },
    ],
  });
  expect(await provider.revoke(providerKeyId, {})).toEqual({ ok: true, value: undefined });
  expect(await provider.revoke(providerKeyId, {})).toEqual({ ok: true, value: undefined });
  expect(await provider.check(fields)).toEqual({
    ok: true,
    value: { outcome: 'refused', why: 'revoked', message: 'The API key was revoked.' },
  });
});

test('a key that may not be used from here is valid but limited', async () => {
  const restrictions = { ips: ['203.0.113.7'], referrers: [], endpoints: [] };
  const created = await provider.create('a', { ...request, restrictions }, {});
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  expect(await provider.check(created.value.fields)).toEqual({
    ok: true,
    value: { outcome: 'valid-but-limited', message: 'The API key may not be used from 127.0.0.1.' },
  });
});

test('250 keys are listed in full', async () => {
  for (let n = 0; n < 250; n += 1) await provider.create(`k${n}`, request, {});
  const listed = await provider.list({});
  expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(
    Array.from({ length: 250 }, (_, n) => `k${n}`),
  );
  expect(await counts()).toEqual({ 'bearer-rest.create': 250, 'bearer-rest.list': 3 });
});

test.each([
  ['drop-after-acting', 'provider-unreachable', 'unknown', 1],
  ['drop', 'provider-unreachable', 'unknown', 0],
  ['delay', 'provider-unreachable', 'unknown', 1],
  ['500', 'provider-failed', 'unknown', 0],
  ['500-after-acting', 'provider-failed', 'unknown', 1],
  ['not-json', 'provider-answer-unreadable', 'unknown', 1],
  ['huge', 'provider-answer-unreadable', 'unknown', 1],
  ['401', 'credential-rejected', 'rejected', 0],
  ['403', 'permission-lacking', 'rejected', 0],
  ['404', 'provider-not-found', 'rejected', 0],
  ['429', 'provider-throttled', 'rejected', 0],
  ['redirect', 'provider-redirected', 'rejected', 0],
])('create sends one POST when the provider does this: %s', async (fault, code, outcome, made) => {
  await misbehave('create', fault, { ms: 4000, times: 5 });
  const created = await provider.create('web kt-1', request, {});
  expect(created).toMatchObject({ ok: false, error: { outcome, failure: { code } } });
  expect(await counts()).toEqual({ 'bearer-rest.create': 1 });
  const listed = await provider.list({});
  expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(made === 1 ? ['web kt-1'] : []);
});

test('a check that is dropped twice is asked a third time', async () => {
  const created = await provider.create('a', request, {});
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  await misbehave('check', 'drop', { times: 2 });
  expect(await provider.check(created.value.fields)).toEqual({ ok: true, value: { outcome: 'valid' } });
  expect(await counts()).toMatchObject({ 'bearer-rest.check': 3 });
});

test('a revocation whose answer is lost is found done when asked again', async () => {
  const created = await provider.create('a', request, {});
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  await misbehave('revoke', 'drop-after-acting');
  expect(await provider.revoke(created.value.providerKeyId, {})).toMatchObject({ ok: false });
  expect(await provider.revoke(created.value.providerKeyId, {})).toEqual({ ok: true, value: undefined });
});

test('a sandbox that has stopped is refused and not unknown', async () => {
  await sandbox.stop();
  expect(await provider.create('a', request, {})).toMatchObject({
    error: { outcome: 'rejected', failure: { code: 'provider-unreachable', reason: 'refused' } },
  });
});
