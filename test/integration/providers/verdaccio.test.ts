import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import type { Definition } from '../../../main/providers/definition.ts';
import { originOf } from '../../../main/providers/hosts.ts';
import type { Provider } from '../../../main/providers/provider.ts';
import { connectProvider } from '../../../main/providers/provider-client.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { type Registry, startVerdaccio } from '../../support/verdaccio.ts';

let registry: Registry;
let provider: Provider;
const definition = catalog().find(({ id }) => id === 'npm-registry') as Definition;
const request = {
  scopes: ['read-only'],
  expiresInDays: 30,
  restrictions: { ips: ['127.0.0.1/32'], referrers: [], endpoints: [] },
};

function connect(token: string): Provider {
  const facts = {
    settings: { registry: `${registry.url}/` },
    environment: 'live' as const,
    credential: { token: new Secret(token) },
  };
  const origin = originOf(definition, facts);
  if (!origin.ok) throw new Error(JSON.stringify(origin.error));
  const sleep = async (ms: number) => void (await wait(ms));
  return connectProvider({ ...facts, definition, origin: origin.value, fetch, clock: Date.now, sleep });
}

beforeAll(async () => {
  registry = await startVerdaccio();
  provider = connect(registry.token);
});
afterAll(() => registry?.stop());

test('a token is made, accepted, listed, revoked and refused at a real registry', async () => {
  const password = new Secret(registry.password);
  expect(await provider.checkCredential()).toEqual({ ok: true, value: undefined });
  expect(await provider.list({})).toEqual({ ok: true, value: [] });

  const created = await provider.create('web kt-12345678', request, { password });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  const { providerKeyId, fields, issuedAt } = created.value;
  const token = fields.NPM_TOKEN?.reveal() ?? '';
  expect(token.length).toBeGreaterThan(20);
  expect(Math.abs((issuedAt ?? 0) - Date.now())).toBeLessThan(60_000);

  expect(await provider.check(fields)).toEqual({ ok: true, value: { outcome: 'valid' } });
  const listed = await provider.list({});
  expect(listed).toMatchObject({
    ok: true,
    value: [{ providerKeyId, name: '', createdAt: issuedAt, active: true }],
  });
  expect(JSON.stringify(listed)).not.toContain(token);
  expect(JSON.stringify(listed)).toContain(token.slice(-5));

  expect(await provider.revoke(providerKeyId, {})).toEqual({ ok: true, value: undefined });
  expect(await provider.revoke(providerKeyId, {})).toEqual({ ok: true, value: undefined });
  expect(await provider.check(fields)).toMatchObject({ ok: true, value: { outcome: 'refused' } });
  expect(await provider.list({})).toEqual({ ok: true, value: [] });
});

test('the registry does not list names, and that is known beforehand', () => {
  expect(provider.listsNames).toBe(false);
});

test('no token is made without the password of the account, nor with a wrong one', async () => {
  expect(await provider.create('a', request, {})).toMatchObject({
    error: { outcome: 'rejected', failure: { code: 'answer-needed', questions: ['password'] } },
  });
  const wrong = await provider.create('a', request, { password: new Secret('wrong-canary-password') });
  expect(wrong).toMatchObject({ error: { outcome: 'rejected', failure: { code: 'credential-rejected' } } });
  expect(JSON.stringify(wrong)).not.toContain('wrong-canary-password');
  expect(await provider.list({})).toEqual({ ok: true, value: [] });
});

test('a token that was never issued is refused, as a key and as the credential', async () => {
  expect(await provider.check({ NPM_TOKEN: new Secret('rubbish') })).toMatchObject({
    ok: true,
    value: { outcome: 'refused' },
  });
  expect(await connect('rubbish').checkCredential()).toMatchObject({
    error: { code: 'credential-rejected' },
  });
  expect(await connect('rubbish').list({})).toMatchObject({ error: { code: 'credential-rejected' } });
});

test('a revoked token is refused as the credential too', async () => {
  const created = await provider.create('b', request, { password: new Secret(registry.password) });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  const other = connect(created.value.fields.NPM_TOKEN?.reveal() ?? '');
  expect(await other.checkCredential()).toEqual({ ok: true, value: undefined });
  await provider.revoke(created.value.providerKeyId, {});
  expect(await other.checkCredential()).toMatchObject({ error: { code: 'credential-rejected' } });
});
