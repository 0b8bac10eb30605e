import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SandboxTestWorld, startSandboxWorld } from './sandbox-world.ts';

interface Listed {
  readonly id: string;
  readonly attributes: { readonly title: string; readonly is_active: boolean };
}

let world: SandboxTestWorld;
beforeEach(async () => {
  world = await startSandboxWorld();
});
afterEach(() => world.end());

const keys = '/channex/test/api/v1/api_keys';

async function create(title = 'hotel'): Promise<{ id: string; key: string }> {
  const sent = { api_key: { title, start: 'subscription' } };
  const { body } = await world.manage('POST', keys, sent);
  const { id, attributes } = body.data as { id: string; attributes: { key: string } };
  return { id, key: attributes.key };
}

const properties = (key: string, environment = 'test') =>
  world.ask('GET', `/channex/${environment}/api/v1/properties`, { 'user-api-key': key });
const list = async (query = '') => (await world.manage('GET', keys + query)).body.data as readonly Listed[];

test('makes no key without a subscription, and says what to do', async () => {
  const sent = { api_key: { title: 'hotel' } };
  expect(await world.manage('POST', keys, sent)).toMatchObject({
    status: 402,
    body: {
      errors: {
        code: 'subscription_required',
        title:
          'Creating an API key needs an active subscription. Subscribe, then refresh or sign out and in again.',
      },
    },
  });
  const asItIs = { api_key: { title: 'hotel', start: 'as-it-is' } };
  expect((await world.manage('POST', keys, asItIs)).status).toBe(402);
  expect(await list()).toEqual([]);
  expect((await world.manage('POST', '/channex/test/api/v1/subscription')).status).toBe(200);
  expect((await world.manage('POST', keys, sent)).status).toBe(201);
});

test('makes a key of 64 base64 characters, which opens its environment alone', async () => {
  const { key } = await create();
  expect(key).toMatch(/^[A-Za-z0-9+/]{64}$/);
  expect(await properties(key)).toMatchObject({ status: 200, body: { data: [] } });
  expect(await properties(key, 'live')).toMatchObject({
    status: 401,
    body: {
      errors: {
        code: 'wrong_environment',
        title: 'This is a test key, and this address is for live keys.',
      },
    },
  });
  expect((await properties('nonsense')).status).toBe(401);
  expect((await properties('')).status).toBe(401);
});

test('a withdrawn key is refused and stays in the list, not active', async () => {
  const [gone, kept] = [await create('gone'), await create('kept')];
  for (let times = 0; times < 2; times += 1) {
    expect(await world.manage('POST', `${keys}/${gone.id}/withdraw`)).toMatchObject({
      status: 200,
      body: { data: { id: gone.id, attributes: { is_active: false } } },
    });
  }
  expect(await properties(gone.key)).toMatchObject({
    status: 401,
    body: { errors: { code: 'revoked', title: 'The API key was revoked.' } },
  });
  expect((await properties(kept.key)).status).toBe(200);
  const states = (await list()).map(({ attributes }) => [attributes.title, attributes.is_active]);
  expect(states).toEqual([
    ['gone', false],
    ['kept', true],
  ]);
  expect((await world.manage('POST', `${keys}/nobody/withdraw`)).status).toBe(404);
});

test('lists a hundred keys on a page', async () => {
  for (let n = 0; n < 101; n += 1) await create(`k${n}`);
  expect(await list()).toHaveLength(100);
  expect((await list('?page=2')).map(({ attributes }) => attributes.title)).toEqual(['k100']);
  expect((await world.manage('GET', `${keys}?page=0`)).status).toBe(422);
});

test('wants what is written wrapped in its name', async () => {
  await create();
  expect((await world.manage('POST', keys, { title: 'hotel' })).status).toBe(422);
});

test('survives a restart with its subscription, without having kept a key', async () => {
  const { key } = await create();
  await world.restart();
  expect((await properties(key)).status).toBe(200);
  expect((await world.manage('POST', keys, { api_key: { title: 'second' } })).status).toBe(201);
  expect(await world.stateFile()).not.toContain(key.slice(0, 16));
});
