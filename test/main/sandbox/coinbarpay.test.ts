import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SandboxTestWorld, startSandboxWorld } from './sandbox-world.ts';

interface Pair {
  readonly service_client_id: string;
  readonly service_secret_key: string;
}

let world: SandboxTestWorld;
let pair: Pair;
beforeEach(async () => {
  world = await startSandboxWorld();
  pair = await generate();
});
afterEach(() => world.end());

const keys = '/coinbarpay/test/service/keys';

async function generate(): Promise<Pair> {
  const { body } = await world.manage('POST', keys, { name: 'shop' });
  return body.data as Pair;
}

const bodyOf = (facts: object = {}) =>
  JSON.stringify({ service_client_id: pair.service_client_id, timestamp: world.now, ...facts });
const signatureOf = (body: string) =>
  createHmac('sha256', pair.service_secret_key).update(body).digest('hex');

interface Sending {
  readonly body?: string;
  readonly signature?: string;
  readonly clientId?: string;
  readonly environment?: string;
}

function verify({ body = bodyOf(), signature, clientId, environment = 'test' }: Sending = {}) {
  const headers = {
    'content-type': 'application/json',
    'CBPAY-API-KEY': clientId ?? pair.service_client_id,
    SIGNATURE: signature ?? signatureOf(body),
  };
  return world.ask('POST', `/coinbarpay/${environment}/coinbar/api/v2/pay/gateway/verify`, headers, body);
}

test('accepts the lower-case hex HMAC-SHA256 of the exact body, however that is written', async () => {
  expect(await verify()).toMatchObject({ status: 200, body: { success: true } });
  const spaced = JSON.stringify(JSON.parse(bodyOf({ note: 'é' })), null, 2);
  expect((await verify({ body: spaced })).status).toBe(200);
});

test('refuses every other signature, and says which one it wants', async () => {
  const right = signatureOf(bodyOf());
  const other = await generate();
  const foreign = createHmac('sha256', other.service_secret_key).update(bodyOf()).digest('hex');
  for (const signature of [
    right.toUpperCase(),
    Buffer.from(right, 'hex').toString('base64'),
    signatureOf(` ${bodyOf()}`),
    foreign,
    '',
  ]) {
    expect(await verify({ signature })).toMatchObject({
      status: 401,
      body: { error_code: 'invalid_signature', message: expect.stringContaining('HMAC-SHA256') },
    });
  }
});

test('refuses a body that was changed after it was signed', async () => {
  const signature = signatureOf(bodyOf());
  expect((await verify({ body: bodyOf({ amount: 1 }), signature })).status).toBe(401);
});

test('refuses a request that is repeated later than five minutes, or comes from the future', async () => {
  const body = bodyOf();
  const start = world.now;
  world.now = start + 5 * 60_000;
  expect((await verify({ body })).status).toBe(200);
  for (const now of [start + 5 * 60_000 + 1, start - 5 * 60_000 - 1]) {
    world.now = now;
    expect(await verify({ body })).toMatchObject({ status: 401, body: { error_code: 'stale_timestamp' } });
  }
});

test('wants the client id in the body too, and a time', async () => {
  expect((await verify({ body: bodyOf({ service_client_id: 'svc_other' }) })).status).toBe(400);
  expect((await verify({ body: bodyOf({ timestamp: undefined }) })).status).toBe(400);
});

test('refuses an unknown client id, and tells a key of the other environment as such', async () => {
  expect((await verify({ clientId: 'svc_nobody' })).status).toBe(401);
  expect(await verify({ environment: 'live' })).toMatchObject({
    status: 401,
    body: { message: 'This is a test key, and this address is for live keys.' },
  });
});

test('refuses a revoked key, and does not list it', async () => {
  expect((await world.manage('DELETE', `${keys}/${pair.service_client_id}`)).status).toBe(200);
  expect(await verify()).toMatchObject({ status: 401, body: { message: 'The API key was revoked.' } });
  expect((await world.manage('GET', keys)).body.data).toEqual([]);
});

test('verifies signatures after a restart without having kept the secret', async () => {
  await world.restart();
  expect((await verify()).status).toBe(200);
  const kept = await world.stateFile();
  expect(kept).toContain(pair.service_client_id);
  expect(kept).not.toContain(pair.service_secret_key.slice(6, 24));
});
