import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Environment } from '../../../shared/domain/key.ts';
import { type SandboxTestWorld, startSandboxWorld } from './sandbox-world.ts';

let world: SandboxTestWorld;
beforeEach(async () => {
  world = await startSandboxWorld();
});
afterEach(() => world.end());

async function create(environment: Environment = 'test'): Promise<{ id: string; key: string }> {
  const where = `/paygentic/${environment}/v0/api-keys`;
  const { body } = await world.manage('POST', where, { name: 'billing' }, environment);
  return body as { id: string; key: string };
}

const me = (key: string, environment: Environment = 'test') =>
  world.ask('GET', `/paygentic/${environment}/v0/me`, { authorization: `Bearer ${key}` });
const list = async () => (await world.manage('GET', '/paygentic/test/v0/api-keys')).body;

test.each(['test', 'live'] as const)('makes a %s key that begins accordingly', async (environment) => {
  const { key } = await create(environment);
  expect(key).toMatch(new RegExp(`^sk_${environment}_[0-9A-Za-z]{40}$`));
  expect((await me(key, environment)).status).toBe(200);
});

test('tells a key of the other environment as such', async () => {
  const { key } = await create('live');
  expect(await me(key, 'test')).toMatchObject({
    status: 401,
    body: {
      error: {
        code: 'wrong_environment',
        message: 'This is a live key, and this address is for test keys.',
      },
    },
  });
});

test('lists when a key was made and last used, and its last four characters only', async () => {
  const { id, key } = await create();
  world.now += 60_000;
  await me(key);
  const listed = await list();
  expect(listed).toMatchObject({
    data: [
      {
        id,
        name: 'billing',
        lastFour: key.slice(-4),
        createdAt: '2026-03-01T12:00:00.000Z',
        lastUsedAt: '2026-03-01T12:01:00.000Z',
      },
    ],
  });
  expect(JSON.stringify(listed)).not.toContain(key);
});

test('refuses a key from the moment it is revoked, and lists it no more', async () => {
  const { id, key } = await create();
  expect((await world.manage('DELETE', `/paygentic/test/v0/api-keys/${id}`)).status).toBe(200);
  expect(await me(key)).toMatchObject({ status: 401, body: { error: { code: 'revoked' } } });
  expect(await list()).toMatchObject({ data: [] });
});

test('is managed with the management token of the environment alone', async () => {
  const { key } = await create();
  const where = '/paygentic/test/v0/api-keys';
  expect((await world.ask('GET', where)).status).toBe(401);
  expect((await world.ask('GET', where, { authorization: `Bearer ${key}` })).status).toBe(401);
  expect(await world.manage('GET', where, undefined, 'live')).toMatchObject({
    status: 403,
    body: { error: { message: 'The management token is for live keys, and this address is for test keys.' } },
  });
  expect((await me(world.tokens.test)).status).toBe(401);
});

test.each([{}, { name: ' ' }, { name: 'x'.repeat(101) }, { name: 'x', role: 'admin' }])(
  'makes no key from %o',
  async (body) => {
    expect((await world.manage('POST', '/paygentic/test/v0/api-keys', body)).status).toBe(400);
    expect(await list()).toMatchObject({ data: [] });
  },
);

test('answers in its own shape where there is nothing', async () => {
  expect(await world.manage('GET', '/paygentic/test/v9/nothing')).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found' } },
  });
});

test('survives a restart without having kept a key', async () => {
  const { key } = await create();
  await world.restart();
  expect((await me(key)).status).toBe(200);
  expect(await world.stateFile()).not.toContain(key.slice(8, 24));
});
