import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SandboxTestWorld, startSandboxWorld } from './sandbox-world.ts';

interface Pair {
  readonly id: string;
  readonly API_KEY: string;
  readonly User_id: string;
}

let world: SandboxTestWorld;
beforeEach(async () => {
  world = await startSandboxWorld();
});
afterEach(() => world.end());

const keys = '/resmic/test/developer/keys';
const dayMs = 86_400_000;

async function generate(body: object = { name: 'shop', start: 'plan' }): Promise<Pair> {
  const { status, body: answer } = await world.manage('POST', keys, body);
  if (status !== 201) throw new Error(JSON.stringify(answer));
  return answer.data as Pair;
}

const check = (key: string, user: string, environment = 'test', session = 'sandbox-session') =>
  world.ask('GET', `/resmic/${environment}/api/v1/makepayment/payment-status?session_id=${session}`, {
    'x-api-key': key,
    'x-user-id': user,
  });

describe('without a plan', () => {
  test('no key is generated, and the answer says what to do', async () => {
    expect(await world.manage('POST', keys, { name: 'shop' })).toMatchObject({
      status: 402,
      body: {
        success: false,
        message:
          'Generating a key needs an active plan or the 20-day trial. Start the trial, then refresh or sign in again.',
      },
    });
    expect((await world.manage('GET', keys)).body.data).toEqual([]);
  });

  test('the trial lasts twenty days, is there once, and a plan takes over', async () => {
    expect(await world.manage('POST', '/resmic/test/developer/trial')).toMatchObject({
      status: 200,
      body: { data: { trial_ends_at_utc: '2026-03-21T12:00:00.000Z' } },
    });
    world.now += 20 * dayMs - 1;
    const made = await generate({ name: 'last day' });
    world.now += 1;
    expect(await world.manage('POST', keys, { name: 'too late' })).toMatchObject({
      status: 402,
      body: { message: expect.stringContaining('trial has ended') },
    });
    expect((await world.manage('POST', '/resmic/test/developer/trial')).status).toBe(409);
    expect((await check(made.API_KEY, made.User_id)).status).toBe(200);
    expect((await world.manage('POST', '/resmic/test/developer/plan')).status).toBe(200);
    await generate({ name: 'paid' });
  });

  test('an account that is to stay as it is gets no key either', async () => {
    const asked = { name: 'shop', start: 'as-it-is' };
    expect(await world.manage('POST', keys, asked)).toMatchObject({
      status: 402,
      body: { code: 'plan_required' },
    });
  });

  test('the trial can be started together with the first key', async () => {
    await generate({ name: 'shop', start: 'trial' });
    expect((await world.manage('POST', keys, { name: 'second' })).status).toBe(201);
  });

  test('the plan of one environment is not the plan of the other', async () => {
    await generate();
    const live = await world.manage('POST', '/resmic/live/developer/keys', { name: 'shop' }, 'live');
    expect(live.status).toBe(402);
  });
});

describe('a pair', () => {
  test('is accepted as a pair only', async () => {
    const [one, other] = [await generate(), await generate()];
    expect(await check(one.API_KEY, one.User_id)).toMatchObject({
      status: 200,
      body: { success: true, data: { session_id: 'sandbox-session', payment_status: 'Completed' } },
    });
    expect((await check(one.API_KEY, other.User_id)).status).toBe(401);
    expect((await check(one.API_KEY, '')).status).toBe(401);
    expect((await check('', '')).status).toBe(401);
    expect((await check(one.User_id, one.API_KEY)).status).toBe(401);
    expect((await check(one.API_KEY, one.User_id, 'test', 'other')).status).toBe(404);
  });

  test('of the other environment is told as such', async () => {
    const { API_KEY, User_id } = await generate();
    expect(await check(API_KEY, User_id, 'live')).toMatchObject({
      status: 401,
      body: { message: 'This is a test key, and this address is for live keys.' },
    });
  });

  test('is refused as soon as it is revoked, and not listed', async () => {
    const { id, API_KEY, User_id } = await generate();
    expect((await world.manage('DELETE', `${keys}/${id}`)).status).toBe(200);
    expect(await check(API_KEY, User_id)).toMatchObject({
      status: 401,
      body: { message: 'The API key was revoked.' },
    });
    expect((await world.manage('GET', keys)).body.data).toEqual([]);
    expect((await world.manage('DELETE', `${keys}/${id}`)).status).toBe(404);
  });

  test('survives a restart, though neither half of it is kept', async () => {
    const { API_KEY, User_id } = await generate();
    await world.restart();
    expect((await check(API_KEY, User_id)).status).toBe(200);
    const kept = await world.stateFile();
    expect(kept).toContain('"resmic"');
    for (const half of [API_KEY, User_id]) expect(kept).not.toContain(half.slice(0, 12));
  });
});
