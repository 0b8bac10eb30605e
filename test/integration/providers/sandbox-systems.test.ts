import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import type { IssuedKey, Provider } from '../../../main/providers/provider.ts';
import { connectProvider } from '../../../main/providers/provider-client.ts';
import { type Sandbox, startSandbox } from '../../../main/sandbox/sandbox.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { Environment } from '../../../shared/domain/key.ts';
import type { Refusal } from '../../../shared/domain/provider.ts';

interface SystemFacts {
  readonly id: string;
  readonly fields: readonly string[];
  /** What is answered when a key is made that needs something first. */
  readonly start?: string;
  /** What the system says without it. */
  readonly without?: RegExp;
  /** Whether a revoked key is still listed. */
  readonly keepsRevoked?: boolean;
}

const systems: readonly SystemFacts[] = [
  { id: 'sandbox', fields: ['API_KEY'] },
  {
    id: 'sandbox-resmic',
    fields: ['API_KEY', 'USER_ID'],
    start: 'trial',
    without: /20-day trial\. Start the trial, then refresh or sign in again/,
  },
  { id: 'sandbox-coinbarpay', fields: ['SERVICE_CLIENT_ID', 'SERVICE_SECRET_KEY'] },
  { id: 'sandbox-paygentic', fields: ['API_KEY'] },
  {
    id: 'sandbox-channex',
    fields: ['API_KEY'],
    start: 'subscription',
    without: /needs an active subscription\. Subscribe, then refresh/,
    keepsRevoked: true,
  },
];

const request = {
  scopes: null,
  expiresInDays: null,
  restrictions: { ips: [], referrers: [], endpoints: [] },
};

let folder: string;
let sandbox: Sandbox;
let tokens: Readonly<Record<Environment, Secret>>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-'));
  const stateFile = path.join(folder, 'state.json');
  const started = await startSandbox({ stateFile, clock: Date.now, random: randomBytes });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  sandbox = started.value;
  tokens = { test: await issue('test'), live: await issue('live') };
});
afterEach(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

async function issue(environment: Environment): Promise<Secret> {
  const issued = await sandbox.issueManagementToken(environment);
  if (!issued.ok) throw new Error(JSON.stringify(issued.error));
  return issued.value;
}

interface Connecting {
  readonly environment?: Environment;
  readonly token?: Secret;
  /** How many days the client's clock is off. */
  readonly daysOff?: number;
}

function connect(id: string, { environment = 'test', token, daysOff = 0 }: Connecting = {}): Provider {
  const definition = catalog().find((one) => one.id === id);
  if (definition === undefined) throw new Error(`There is no definition ${id}.`);
  return connectProvider({
    definition,
    settings: { url: sandbox.origin },
    origin: sandbox.origin,
    environment,
    credential: { token: token ?? tokens[environment] },
    fetch,
    clock: () => Date.now() + daysOff * 86_400_000,
    sleep: async () => undefined,
  });
}

async function create(provider: Provider, label: string, { start }: SystemFacts): Promise<IssuedKey> {
  const answers = start === undefined ? {} : { start: new Secret(start) };
  const created = await provider.create(label, request, answers);
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  return created.value;
}

const valid = { ok: true, value: { outcome: 'valid' } };
const refused = (why: Refusal, message: RegExp | string) => ({
  ok: true,
  value: { outcome: 'refused', why, message: expect.stringMatching(message) },
});

describe.each(systems)('$id', (system) => {
  test('makes a key, accepts it, lists it without its value, and refuses it once it is revoked', async () => {
    const provider = connect(system.id);
    expect(await provider.checkCredential()).toEqual({ ok: true, value: undefined });
    const { providerKeyId, fields, issuedAt } = await create(provider, 'web kt-12345678', system);
    expect(Object.keys(fields).sort()).toEqual([...system.fields].sort());
    expect(issuedAt).toEqual(expect.any(Number));
    expect(await provider.check(fields)).toEqual(valid);

    const listed = await provider.list({});
    const named = { providerKeyId, name: 'web kt-12345678' };
    const facts = { masked: expect.stringContaining('…'), createdAt: issuedAt };
    expect(listed).toMatchObject({
      ok: true,
      value: [{ ...named, ...facts, lastUsedAt: expect.any(Number), active: true }],
    });
    for (const name of system.fields.filter((one) => one !== 'SERVICE_CLIENT_ID')) {
      expect(JSON.stringify(listed)).not.toContain(fields[name]?.reveal());
    }

    for (let times = 0; times < 2; times += 1) {
      expect(await provider.revoke(providerKeyId, {})).toEqual({ ok: true, value: undefined });
    }
    expect(await provider.check(fields)).toEqual(refused('revoked', 'The API key was revoked.'));
    const after = system.keepsRevoked === true ? [{ ...named, active: false }] : [];
    expect(await provider.list({})).toMatchObject({ ok: true, value: after });
  });

  test('replaces a key: the new one works before the old one ends, and goes on after', async () => {
    const provider = connect(system.id);
    const before = await create(provider, 'web kt-1', system);
    // What had to be started has been started.
    const after = await create(provider, 'web kt-2', { id: system.id, fields: system.fields });
    expect(await provider.check(before.fields)).toEqual(valid);
    expect(await provider.check(after.fields)).toEqual(valid);
    expect(await provider.revoke(before.providerKeyId, {})).toMatchObject({ ok: true });
    expect(await provider.check(before.fields)).toMatchObject({ value: { outcome: 'refused' } });
    expect(await provider.check(after.fields)).toEqual(valid);
    const listed = await provider.list({});
    expect(listed.ok && listed.value.filter(({ active }) => active).map(({ name }) => name)).toEqual([
      'web kt-2',
    ]);
  });

  test('refuses a key of the other environment, lists none of its keys, and says which one it is', async () => {
    const { fields } = await create(connect(system.id, { environment: 'live' }), 'web', system);
    const testing = connect(system.id);
    expect(await testing.check(fields)).toEqual(
      refused('wrong-environment', /^This is a live key, and .* for test keys\.$/),
    );
    expect(await testing.list({})).toEqual({ ok: true, value: [] });
  });

  test('refuses a value that it never issued', async () => {
    const { fields } = await create(connect(system.id), 'web', system);
    const made = Object.entries(fields).map(([name, value]) => {
      const text = value.reveal();
      const changed = text.slice(0, -1) + (text.endsWith('x') ? 'y' : 'x');
      return [name, { ...fields, [name]: new Secret(changed) }] as const;
    });
    for (const [name, changed] of made) {
      expect(await connect(system.id).check(changed), name).toMatchObject({ value: { outcome: 'refused' } });
    }
  });

  test('refuses a management token that it does not know', async () => {
    const provider = connect(system.id, { token: new Secret('mgmt_test_nobody') });
    expect(await provider.checkCredential()).toMatchObject({
      ok: false,
      error: { code: 'credential-rejected', message: 'The management token is not valid.' },
    });
  });
});

test.each(systems.filter(({ without }) => without !== undefined))(
  '$id says what is missing before a key can be made, and that none was made',
  async (system) => {
    const provider = connect(system.id);
    expect(await provider.create('web', request, {})).toMatchObject({
      ok: false,
      error: {
        outcome: 'rejected',
        failure: {
          code: 'subscription-needed',
          message: expect.stringMatching(system.without ?? ''),
        },
      },
    });
    expect(await provider.list({})).toEqual({ ok: true, value: [] });
  },
);

test.each(systems.filter(({ id }) => id !== 'sandbox'))(
  '$id says of a management token that it is for the other environment',
  async ({ id }) => {
    const provider = connect(id, { environment: 'live', token: tokens.test });
    expect(await provider.checkCredential()).toMatchObject({
      ok: false,
      error: {
        code: 'permission-lacking',
        message: 'The management token is for test keys, and this address is for live keys.',
      },
    });
  },
);

test('a signature of yesterday is refused, and the reason is told', async () => {
  const facts = { id: 'sandbox-coinbarpay', fields: [] };
  const { fields } = await create(connect(facts.id), 'shop', facts);
  const late = connect(facts.id, { daysOff: -1 });
  expect(await late.check(fields)).toEqual(refused('not-accepted', /more than five minutes off/));
});

test('one management token manages all that the sandbox plays, each with keys of its own', async () => {
  for (const system of systems) await create(connect(system.id), system.id, system);
  for (const { id } of systems) {
    expect(await connect(id).list({})).toMatchObject({ ok: true, value: [{ name: id }] });
  }
});

test('every sandbox system of the catalogue is among these', () => {
  const ids = catalog()
    .map(({ id }) => id)
    .filter((id) => id.startsWith('sandbox'));
  expect(ids.sort()).toEqual(systems.map(({ id }) => id).sort());
});
