import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented, sharedClock } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf, newSecret } from './key-shelf.ts';
import { expectNoSecretIn, liveThrough, successOf } from './whole-life.ts';

/*
 * Rotunda. "POST /keys/NUMBER/roll gives a key a new value, which is the answer, as a JSON string; the number stays. The old
 * value works for `grace` seconds more, at most 3600 (422 otherwise), until the next roll at the latest. `days` is optional."
 */
const base = (origin: string, id: string) =>
  ({
    format: 1,
    id,
    name: id,
    environments: ['live'],
    hosts: { api: { kind: 'fixed', url: origin } },
    credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
    authentication: { kind: 'bearer', token: '{credential.token}' },
    fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'KEY' }],
    creation: { nameMaxLength: 64, expiry: { maxDays: 365, whenOmitted: 'It never expires.' } },
    operations: {
      create: {
        method: 'POST',
        path: '/keys',
        body: { kind: 'json', value: { name: '{request.name}' } },
        response: { id: '/number', fields: { KEY: '/secret' } },
      },
      list: {
        method: 'GET',
        path: '/keys',
        pager: { kind: 'offset', parameter: 'from', size: 1 },
        response: { items: '', id: '/number', name: { at: '/name', always: true } },
      },
      revoke: { method: 'DELETE', path: '/keys/{id}' },
      check: {
        method: 'GET',
        path: '/me',
        authentication: { kind: 'bearer', token: '{key.KEY}' },
        verdicts: [
          { when: { status: [200] }, outcome: 'valid' },
          { when: { status: [401] }, outcome: 'refused' },
        ],
      },
    },
    errors: {
      messages: ['/text'],
      meanings: [
        { when: { status: [409], field: { at: '/code', is: ['limit'] } }, means: 'key-limit-reached' },
      ],
    },
  }) as const satisfies DefinitionData;

function rotunda(origin: string): DefinitionData {
  const definition = base(origin, 'rotunda');
  const rotate = {
    method: 'POST',
    path: '/keys/{id}/roll',
    body: {
      kind: 'json',
      value: {
        grace: { $value: 'request.graceSeconds', as: 'number' },
        days: { $value: 'request.expiry', as: 'days' },
      },
    },
    grace: { kind: 'asked', maxSeconds: 3600 },
    response: { fields: { KEY: '' } },
  } as const;
  return { ...definition, operations: { ...definition.operations, rotate } };
}

/*
 * Novum. "An account has two keys at most: the third is 409, `limit`. POST /renew with {"number": N} replaces a key by one with
 * another number; the old one is dead at that moment. Renewing a dead key is theft: every key that came of it dies."
 */
function novum(origin: string): DefinitionData {
  const definition = base(origin, 'novum');
  const rotate = {
    method: 'POST',
    path: '/renew',
    body: { kind: 'json', value: { number: { $value: 'id', as: 'number' } } },
    success: [201] as number[],
    response: {
      id: '/fresh/number',
      fields: { KEY: '/fresh/secret' },
      issuedAt: { at: '/fresh/at', format: 'unix-seconds' },
    },
  } as const;
  return { ...definition, operations: { ...definition.operations, rotate } };
}

async function startServer() {
  const clock = sharedClock();
  const shelf = keyShelf('nat-');
  /** Old values that go on for a while. */
  const lingering = new Map<string, number>();
  const renewed = new Map<number, number>();
  const bearer = ({ headers }: Heard) => String(headers.authorization).replace('Bearer ', '');
  const managing = (heard: Heard) => demand(bearer(heard) === 'nat-manager', 401);
  let cutOff = false;
  const server = await inventServer({
    'POST /keys': (heard) => {
      managing(heard);
      demand(shelf.all.length < 2, 409, { code: 'limit', text: 'Two keys are enough' });
      const { number, secret } = shelf.make(JSON.parse(heard.text).name);
      return { status: 200, body: { number, secret } };
    },
    'GET /keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('from'));
      return {
        status: 200,
        body: shelf.all.slice(from, from + 1).map(({ number, name }) => ({ number, name })),
      };
    },
    'DELETE /keys/:id': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 200 };
    },
    'GET /me': (heard) => {
      const lives = (lingering.get(bearer(heard)) ?? 0) > clock.now();
      demand(lives || shelf.accepted(bearer(heard)) !== undefined, 401);
      return { status: 200 };
    },
    'POST /keys/:id/roll': (heard) => {
      managing(heard);
      const { grace, days = 365 } = JSON.parse(heard.text);
      demand(Number.isInteger(grace) && grace <= 3600 && Number.isInteger(days), 422, { text: heard.text });
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      lingering.clear();
      lingering.set(key.secret, clock.now() + grace * 1000);
      key.secret = newSecret('nat-');
      return cutOff ? { status: 502 } : { status: 200, body: key.secret };
    },
    'POST /renew': (heard) => {
      managing(heard);
      const { number } = JSON.parse(heard.text);
      const child = renewed.get(number);
      if (child !== undefined) shelf.all.splice(0);
      const key = shelf.numbered(number);
      demand(key !== undefined, 410, { text: 'Theft' });
      shelf.remove(key);
      const fresh = shelf.make(key.name);
      renewed.set(number, fresh.number);
      if (cutOff) return { status: 502 };
      const { secret } = fresh;
      return { status: 201, body: { fresh: { number: fresh.number, secret, at: clock.now() / 1000 } } };
    },
  });
  return { server, clock, shelf, cut: () => (cutOff = true) };
}

const credential = { token: 'nat-manager' };

test('a value that the provider replaces under the same number lives on as long as was asked for', async () => {
  const { server, clock } = await startServer();
  const provider = connectInvented(rotunda(server.origin), { credential, clock });
  expect(provider.offers.rotate).toBe(true);
  expect(provider.rotateGraceSeconds).toBe(3600);
  const { made } = await liveThrough(provider, [server], { keys: 2 });
  const old = made[1];
  if (old === undefined) throw new Error('There is no second key');
  const wish = { expiresInDays: 30, graceSeconds: 900 };
  const fresh = successOf(await provider.rotate(old.providerKeyId, wish, {}));
  expect(fresh).toMatchObject({ providerKeyId: old.providerKeyId, expiresAt: clock.now() + 30 * 86_400_000 });
  clock.pass(899_000);
  expect(await provider.check(old.fields)).toMatchObject({ value: { outcome: 'valid' } });
  clock.pass(2000);
  expect(await provider.check(old.fields)).toMatchObject({ value: { outcome: 'refused' } });
  expect(await provider.check(fresh.fields)).toMatchObject({ value: { outcome: 'valid' } });
  expectNoSecretIn([await provider.list({}), server.lines], [old, fresh]);
});

test('a longer life of the old value than the provider allows is not asked for', async () => {
  const { server, clock } = await startServer();
  const provider = connectInvented(rotunda(server.origin), { credential, clock });
  const { providerKeyId } = successOf(await provider.create('key-1', asking(), {}));
  const wish = { expiresInDays: null, graceSeconds: 86_400 };
  expect(await provider.rotate(providerKeyId, wish, {})).toMatchObject({ ok: true });
  expect(server.heard.at(-1)?.text).toBe('{"grace":3600}');
});

test('a key that is replaced by one with another number is dead at that moment', async () => {
  const { server, clock } = await startServer();
  const provider = connectInvented(novum(server.origin), { credential, clock });
  expect(provider.rotateGraceSeconds).toBe(0);
  await liveThrough(provider, [server], { keys: 2 });
  const old = successOf(await provider.create('key-3', asking(), {}));
  const fresh = successOf(
    await provider.rotate(old.providerKeyId, { expiresInDays: null, graceSeconds: 0 }, {}),
  );
  expect(fresh).toMatchObject({ issuedAt: clock.now() });
  expect(fresh.providerKeyId).not.toBe(old.providerKeyId);
  expect(await provider.check(old.fields)).toMatchObject({ value: { outcome: 'refused' } });
  expect(await provider.check(fresh.fields)).toMatchObject({ value: { outcome: 'valid' } });
});

test('a key more than the account may have is told as that, and none was made', async () => {
  const { server, clock, shelf } = await startServer();
  const provider = connectInvented(novum(server.origin), { credential, clock });
  for (const name of ['key-1', 'key-2']) successOf(await provider.create(name, asking(), {}));
  expect(await provider.create('key-3', asking(), {})).toMatchObject({
    error: { outcome: 'rejected', failure: { code: 'key-limit-reached', message: 'Two keys are enough' } },
  });
  expect(shelf.all).toHaveLength(2);
});

test.each([rotunda, novum])(
  'a replacement whose answer is lost is not asked for again',
  async (definition) => {
    const { server, clock, shelf, cut } = await startServer();
    const provider = connectInvented(definition(server.origin), { credential, clock });
    const { providerKeyId } = successOf(await provider.create('key-1', asking(), {}));
    cut();
    const sent = server.lines.length;
    const wish = { expiresInDays: null, graceSeconds: 0 };
    expect(await provider.rotate(providerKeyId, wish, {})).toMatchObject({ error: { outcome: 'unknown' } });
    expect(server.lines).toHaveLength(sent + 1);
    expect(shelf.all).toHaveLength(1);
  },
);
