import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../main/sandbox/sandbox.ts';

let folder: string;
let now = Date.parse('2026-03-01T12:00:00Z');
const running: Sandbox[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-'));
  now = Date.parse('2026-03-01T12:00:00Z');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
  await rm(folder, { recursive: true, force: true });
});

const stateFile = () => path.join(folder, 'state.json');

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const started = await startSandbox({
    stateFile: stateFile(),
    clock: () => now,
    random: (bytes) => randomBytes(bytes),
    ...options,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  running.push(started.value);
  return started.value;
}

async function tokenOf(sandbox: Sandbox, environment: 'test' | 'live' = 'test'): Promise<string> {
  const token = await sandbox.issueManagementToken(environment);
  if (!token.ok) throw new Error(JSON.stringify(token.error));
  return token.value.reveal();
}

interface ListedKey {
  readonly id: string;
  readonly last4: string;
  readonly last_used: string | null;
}

interface Answered {
  readonly status: number;
  /** `data` is a new key with its value, or a list; each test knows which. */
  readonly body: {
    readonly has_more: boolean;
    readonly data: ListedKey & { readonly key: string } & readonly ListedKey[];
  };
}

async function ask(
  sandbox: Sandbox,
  method: string,
  where: string,
  token?: string,
  body?: unknown,
): Promise<Answered> {
  const answer = await fetch(sandbox.origin + where, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}

const create = (sandbox: Sandbox, token: string, body: object = { name: 'web' }) =>
  ask(sandbox, 'POST', '/v1/api-keys', token, body);

describe('the key API', () => {
  test('shows a new key once, and only its last four characters from then on', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const { status, body } = await create(sandbox, token);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      success: true,
      data: { name: 'web', prefix: 'sk_test_', created_at: '2026-03-01T12:00:00.000Z', last_used: null },
    });
    expect(body.data.key).toMatch(/^sk_test_[0-9A-Za-z]{32}$/);
    expect(body.data.last4).toBe(body.data.key.slice(-4));
    const listed = await ask(sandbox, 'GET', '/v1/api-keys', token);
    expect(listed).toMatchObject({
      status: 200,
      body: { success: true, data: [{ id: body.data.id, name: 'web' }] },
    });
    expect(JSON.stringify(listed)).not.toContain(body.data.key);
  });

  test('tells by the key who it is, and when it was last used', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const { body } = await create(sandbox, token);
    now += 60_000;
    expect(await ask(sandbox, 'GET', '/v1/me', body.data.key)).toMatchObject({
      status: 200,
      body: { success: true, data: { id: body.data.id, environment: 'test' } },
    });
    expect((await ask(sandbox, 'GET', '/v1/api-keys', token)).body.data[0]?.last_used).toBe(
      '2026-03-01T12:01:00.000Z',
    );
  });

  test('refuses a revoked key at once, and does not list it', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const { body } = await create(sandbox, token);
    const where = `/v1/api-keys/${body.data.id}`;
    expect(await ask(sandbox, 'DELETE', where, token)).toMatchObject({
      status: 200,
      body: { success: true },
    });
    expect(await ask(sandbox, 'GET', '/v1/me', body.data.key)).toMatchObject({
      status: 401,
      body: { success: false },
    });
    expect((await ask(sandbox, 'GET', '/v1/api-keys', token)).body.data).toEqual([]);
    expect((await ask(sandbox, 'DELETE', where, token)).status).toBe(404);
  });

  test('refuses a key from the moment it expires', async () => {
    const sandbox = await start();
    const { body } = await create(sandbox, await tokenOf(sandbox), { name: 'web', expires_in_days: 1 });
    now += 86_399_999;
    expect((await ask(sandbox, 'GET', '/v1/me', body.data.key)).status).toBe(200);
    now += 1;
    expect((await ask(sandbox, 'GET', '/v1/me', body.data.key)).status).toBe(401);
  });

  test.each([
    [{ ips: ['203.0.113.7'] }, 403],
    [{ ips: ['127.0.0.1'] }, 200],
    [{ endpoints: ['/v1/payments'] }, 403],
    [{ endpoints: ['/v1/me'] }, 200],
    [{ referrers: ['https://shop.example'] }, 403],
  ])('holds a key to its restrictions: %o answers %i', async (restrictions, status) => {
    const sandbox = await start();
    const { body } = await create(sandbox, await tokenOf(sandbox), { name: 'web', restrictions });
    expect((await ask(sandbox, 'GET', '/v1/me', body.data.key)).status).toBe(status);
  });

  test('keeps test and live apart by the management token', async () => {
    const sandbox = await start();
    const [testing, live] = [await tokenOf(sandbox, 'test'), await tokenOf(sandbox, 'live')];
    const { body } = await create(sandbox, live);
    expect(body.data.key).toMatch(/^sk_live_/);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', testing)).body.data).toEqual([]);
    expect((await ask(sandbox, 'DELETE', `/v1/api-keys/${body.data.id}`, testing)).status).toBe(404);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', live)).body.data).toHaveLength(1);
  });

  test('pages a long list without losing or repeating a key, though one is revoked in between', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.push((await create(sandbox, token, { name: `k${n}` })).body.data.id);
    const first = await ask(sandbox, 'GET', '/v1/api-keys?limit=3', token);
    expect(first.body.has_more).toBe(true);
    await ask(sandbox, 'DELETE', `/v1/api-keys/${ids[2]}`, token);
    const second = await ask(sandbox, 'GET', `/v1/api-keys?limit=3&starting_after=${ids[2]}`, token);
    const third = await ask(sandbox, 'GET', `/v1/api-keys?limit=3&starting_after=${ids[5]}`, token);
    expect(third.body.has_more).toBe(false);
    const seen = [first, second, third].flatMap(({ body }) => body.data.map(({ id }) => id));
    expect(seen).toEqual(ids);
  });

  test.each([
    [undefined, 401],
    ['rubbish', 401],
  ])('refuses the management token %s', async (token, status) => {
    const sandbox = await start();
    await tokenOf(sandbox);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', token)).status).toBe(status);
    expect((await ask(sandbox, 'POST', '/v1/api-keys', token, { name: 'x' })).status).toBe(status);
    expect((await ask(sandbox, 'DELETE', '/v1/api-keys/key_1', token)).status).toBe(status);
  });

  test('lets no API key manage keys, and no management token pass for a key', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const { body } = await create(sandbox, token);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', body.data.key)).status).toBe(403);
    expect((await ask(sandbox, 'GET', '/v1/me', token)).status).toBe(401);
  });

  test.each([
    {},
    { name: '' },
    { name: 'x', scopes: ['root'] },
    { name: 'x', expires_in_days: 0 },
    { name: 'x', surprise: 1 },
  ])('makes no key from %o', async (body) => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    expect((await create(sandbox, token, body)).status).toBe(400);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', token)).body.data).toEqual([]);
  });
});

describe('what is kept', () => {
  test('survives a restart, on the same port, with the same tokens and keys', async () => {
    const first = await start();
    const token = await tokenOf(first);
    const { body } = await create(first, token);
    await first.stop();
    const second = await start();
    expect(second.origin).toBe(first.origin);
    expect((await ask(second, 'GET', '/v1/me', body.data.key)).status).toBe(200);
    expect((await ask(second, 'GET', '/v1/api-keys', token)).body.data).toHaveLength(1);
  });

  test('holds no token and no key, but their hashes', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const { body } = await create(sandbox, token);
    const kept = await readFile(stateFile(), 'utf8');
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(body.data.key);
    expect(kept).not.toContain(body.data.key.slice(8, 24));
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  test('a new management token replaces the one before', async () => {
    const sandbox = await start();
    const before = await tokenOf(sandbox);
    const after = await tokenOf(sandbox);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', before)).status).toBe(401);
    expect((await ask(sandbox, 'GET', '/v1/api-keys', after)).status).toBe(200);
  });

  test('many changes at once are all kept', async () => {
    const first = await start();
    const token = await tokenOf(first);
    await Promise.all(Array.from({ length: 40 }, (_, n) => create(first, token, { name: `k${n}` })));
    await first.stop();
    const second = await start();
    expect((await ask(second, 'GET', '/v1/api-keys', token)).body.data).toHaveLength(40);
  });

  test('is left as it is when it cannot be read', async () => {
    for (const content of [
      '',
      'not json',
      '{"format":2}',
      '{"format":1,"port":1,"systems":{"bearer-rest":{"keys":7}}}',
    ]) {
      await writeFile(stateFile(), content);
      const started = await startSandbox({ stateFile: stateFile(), clock: () => now, random: randomBytes });
      expect(started).toMatchObject({ ok: false, error: { code: 'storage-failed', file: stateFile() } });
      expect(await readFile(stateFile(), 'utf8')).toBe(content);
    }
  });
});

describe('the address', () => {
  test('fails with words when another program has the port, instead of moving to another', async () => {
    const first = await start();
    await first.stop();
    const port = Number(new URL(first.origin).port);
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    const started = await startSandbox({ stateFile: stateFile(), clock: () => now, random: randomBytes });
    expect(started).toMatchObject({
      ok: false,
      error: { code: 'storage-failed', reason: expect.stringContaining(`Port ${port}`) },
    });
    await new Promise((resolve) => squatter.close(resolve));
    expect((await start()).origin).toBe(first.origin);
  });

  test('answers neither web pages nor another name', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    const statusWith = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        const url = `${sandbox.origin}/v1/api-keys`;
        httpRequest(url, { headers: { authorization: `Bearer ${token}`, ...headers } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .once('error', reject)
          .end();
      });
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ origin: 'https://page.example' })).toBe(403);
    expect(await statusWith({ host: 'rebound.example' })).toBe(403);
  });
});

describe('misbehaviour', () => {
  test('cannot be asked for in the product', async () => {
    const sandbox = await start();
    const token = await tokenOf(sandbox);
    expect((await ask(sandbox, 'GET', '/__sandbox/log', token)).status).toBe(404);
    expect(
      (await ask(sandbox, 'POST', '/__sandbox/faults', token, { operation: 'create', fault: '500' })).status,
    ).toBe(404);
    expect((await create(sandbox, token)).status).toBe(201);
  });

  test('cannot be asked for without a management token', async () => {
    const sandbox = await start({ faults: true });
    const { body } = await create(sandbox, await tokenOf(sandbox));
    for (const token of [undefined, 'rubbish', body.data.key]) {
      expect(
        (await ask(sandbox, 'POST', '/__sandbox/faults', token, { operation: 'create', fault: '500' }))
          .status,
      ).toBe(401);
      expect((await ask(sandbox, 'GET', '/__sandbox/log', token)).status).toBe(401);
    }
  });

  test('happens as often as asked, and the log counts calls without what was in them', async () => {
    const sandbox = await start({ faults: true });
    const token = await tokenOf(sandbox);
    await ask(sandbox, 'POST', '/__sandbox/faults', token, {
      operation: 'create',
      fault: '429',
      times: 2,
      retryAfterSeconds: 7,
    });
    expect((await create(sandbox, token)).status).toBe(429);
    expect((await create(sandbox, token)).status).toBe(429);
    const { status, body } = await create(sandbox, token, { name: 'third' });
    expect(status).toBe(201);
    const log = await ask(sandbox, 'GET', '/__sandbox/log', token);
    expect(log.body).toEqual({
      success: true,
      calls: ['429', '429', null].map((fault) => ({ system: 'bearer-rest', operation: 'create', fault })),
      counts: { 'bearer-rest.create': 3 },
    });
    expect(JSON.stringify(log)).not.toContain(body.data.key);
  });

  test('that comes after acting has acted; the rest has not', async () => {
    const sandbox = await start({ faults: true });
    const token = await tokenOf(sandbox);
    for (const [fault, keys] of [
      ['drop', 0],
      ['500', 0],
      ['redirect', 0],
      ['drop-after-acting', 1],
      ['500-after-acting', 2],
      ['not-json', 3],
    ] as const) {
      await ask(sandbox, 'POST', '/__sandbox/faults', token, { operation: 'create', fault });
      await create(sandbox, token).catch(() => undefined);
      expect((await ask(sandbox, 'GET', '/v1/api-keys', token)).body.data, fault).toHaveLength(keys);
    }
  });

  test.each([{ operation: 'create', fault: 'explode' }, {}, { operation: 'create', fault: '500', times: 0 }])(
    'is refused when it is not known: %o',
    async (fault) => {
      const sandbox = await start({ faults: true });
      expect((await ask(sandbox, 'POST', '/__sandbox/faults', await tokenOf(sandbox), fault)).status).toBe(
        400,
      );
    },
  );
});
