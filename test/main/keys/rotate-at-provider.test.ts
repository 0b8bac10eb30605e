import { describe, expect, it } from 'vitest';
import { spendCopyOnce } from '../../../main/keys/copy-once.ts';
import { requestRevocation } from '../../../main/keys/request-revocation.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  hourMs,
  into,
  type KeyWorld,
  otherEnvFile,
  start,
  workOf,
} from '../../support/key-world.ts';

interface Kind {
  readonly keepsId?: boolean;
  readonly graceSeconds?: number;
  readonly asksForGrace?: boolean;
}

/** A provider that replaces keys by itself, and makes none by HTTP. */
async function aWorld({ keepsId = true, graceSeconds = 0, asksForGrace = false }: Kind = {}) {
  const world = createKeyWorld();
  const { behaviour } = world.server;
  behaviour.lacks.add('create').delete('rotate');
  behaviour.rotationKeepsId = keepsId;
  behaviour.rotateGraceSeconds = graceSeconds;
  behaviour.asksForGrace = asksForGrace;
  const { secret } = world.server.makeByHand('Mail');
  const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
  const oldKey = world.key(finished(await world.takeIn(secret, { targets })).keyId);
  world.server.requests.length = 0;
  return { world, oldKey };
}

const replacementOf = (world: KeyWorld, oldKey: KeyRecord): KeyRecord | undefined =>
  world.records.keys.all().find((key) => key.replaces === oldKey.id);

const rotations = (world: KeyWorld) =>
  world.server.requests.filter((request) => request.startsWith('rotate'));

/** The vault holds the value that works, in the keychain and in every file. */
function expectWholeReplacement(world: KeyWorld, oldKey: KeyRecord): void {
  const newKey = replacementOf(world, oldKey);
  const [atServer] = world.server.alive();
  expect(newKey).toMatchObject({ status: 'active', attention: null, providerKeyId: atServer?.id });
  expect(newKey && world.stored(newKey.id)).toBe(atServer?.secret);
  expect(world.variable(envFile, 'API_KEY')).toBe(atServer?.secret);
  expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(atServer?.secret);
  expect(world.journal.unfinished()).toEqual([]);
}

function expectOldKeyInPlace(world: KeyWorld, oldKey: KeyRecord): void {
  expect(world.server.works(world.stored(oldKey.id) ?? '')).toBe(true);
  expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(oldKey.id));
  expect(world.records.keys.all()).toEqual([oldKey]);
  expect(world.journal.unfinished()).toEqual([]);
}

describe('rotating a key that its provider replaces by itself', () => {
  it('asks first, because the old key dies at that moment', async () => {
    const { world, oldKey } = await aWorld();
    const impossible = failure('overlap-impossible', { provider: 'Example', why: 'native' });
    expect(await world.rotate(oldKey)).toEqual({ ok: false, error: impossible });
    expect(world.server.requests).toEqual([]);
    expectOldKeyInPlace(world, oldKey);
  });

  it.each([
    ['keeps its id', true],
    ['gets another id', false],
  ])('leaves one whole key, in every file, where the key %s', async (_what, keepsId) => {
    const { world, oldKey } = await aWorld({ keepsId });
    const work = finished(await world.rotate(oldKey, 'now', true));
    expect(work.origin).toBe('rotated');
    expectWholeReplacement(world, oldKey);
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'revoked',
      replacedBy: replacementOf(world, oldKey)?.id,
      targets: [],
    });
    expect(replacementOf(world, oldKey)).toMatchObject({ label: 'Mail', copyOnce: { sealed: false } });
  });

  it('sends one rotation and never a revocation, which could end the new value', async () => {
    for (const keepsId of [true, false]) {
      const { world, oldKey } = await aWorld({ keepsId });
      finished(await world.rotate(oldKey, 'now', true));
      const id = keepsId ? 'k1' : 'k2';
      expect(world.server.requests).toEqual(['rotate k1', `check ${id} accepted`, 'check k1 before refused']);
    }
  });

  it('asks nothing of the provider before everything local can succeed', async () => {
    const { world, oldKey } = await aWorld();
    const unwritable = failure('file-unwritable', { file: envFile, reason: 'read-only' });
    world.fails('envFiles.preflight', unwritable);
    expect(await world.rotate(oldKey, 'now', true)).toEqual({ ok: false, error: unwritable });
    world.secretStore.failWith(failure('keychain-locked'));
    expect(await world.rotate(oldKey, 'now', true)).toMatchObject({ error: { code: 'keychain-locked' } });
    world.secretStore.failWith(null);
    expect(world.server.requests).toEqual([]);
    expectOldKeyInPlace(world, oldKey);
  });

  it('leaves everything as it was when the provider turns it down', async () => {
    const { world, oldKey } = await aWorld();
    const words = failure('permission-lacking', { host: 'keys.example.com', message: 'Needs keys:write' });
    world.server.rejectNextCreate(words);
    const work = workOf(await world.rotate(oldKey, 'now', true));
    expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason: words });
    expectOldKeyInPlace(world, oldKey);
  });

  it('is done by hand for a key whose id nobody knows', async () => {
    const { world, oldKey } = await aWorld();
    await world.records.keys.put({ ...oldKey, providerKeyId: null });
    const work = workOf(await world.rotate(world.key(oldKey.id), 'now', true));
    expect(work).toMatchObject({ origin: 'by-hand', blocked: { code: 'key-needed' } });
    expect(world.server.requests).toEqual([]);
  });

  it('goes on, and is not undone, when a file cannot be written: the old value is dead', async () => {
    const { world, oldKey } = await aWorld();
    const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });
    world.envFiles.failNext('write', unwritable, otherEnvFile);
    const work = workOf(await world.rotate(oldKey, 'now', true));
    expect(work).toMatchObject({ state: { step: 'verified' }, blocked: unwritable });
    expect(world.key(oldKey.id).attention).toBe('targets-not-written');
    finished(await world.goOn(work));
    expectWholeReplacement(world, oldKey);
    expect(rotations(world)).toHaveLength(1);
  });

  it('stops, and is not undone, while the provider does not accept the new value', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.refusesNewKeyFor = 5;
    const work = workOf(await world.rotate(oldKey, 'now', true));
    expect(work).toMatchObject({ state: { step: 'stored' }, blocked: { code: 'key-not-verified' } });
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
    finished(await world.goOn(work));
    expectWholeReplacement(world, oldKey);
  });

  it('offers the new value to the user when it cannot be stored, and revokes nothing', async () => {
    const { world, oldKey } = await aWorld();
    world.fails('secrets.put', failure('keychain-denied'));
    const work = workOf(await world.rotate(oldKey, 'now', true));
    expect(work).toMatchObject({ state: { step: 'created' }, blocked: { code: 'keychain-denied' } });
    const newKey = replacementOf(world, oldKey);
    expect(newKey).toMatchObject({ status: 'needs-attention', attention: 'not-stored' });
    const shown = newKey && (await spendCopyOnce(world.ports, newKey.id, { purpose: 'show' }));
    expect(shown?.ok && shown.value.API_KEY?.reveal()).toBe(world.server.keys[0]?.secret);
    finished(await world.goOn(work));
    expectWholeReplacement(world, oldKey);
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
  });

  it('keeps the fields that the provider’s answer leaves out', async () => {
    const { world, oldKey } = await aWorld();
    const item = JSON.parse(world.items.get(`key/${oldKey.id}`) ?? '{}');
    world.items.set(`key/${oldKey.id}`, JSON.stringify({ ...item, USER_ID: 'user-7' }));
    finished(await world.rotate(oldKey, 'now', true));
    const newKey = replacementOf(world, oldKey) ?? oldKey;
    expect(JSON.parse(world.items.get(`key/${newKey.id}`) ?? '{}')).toEqual({
      USER_ID: 'user-7',
      API_KEY: world.server.keys[0]?.secret,
    });
    expect(newKey.fields.map((field) => field.name).sort()).toEqual(['API_KEY', 'USER_ID']);
  });
});

describe('the grace that a provider gives the old value', () => {
  it('needs no confirmation, and the old key says until when it lives', async () => {
    const { world, oldKey } = await aWorld({ graceSeconds: 3_600 });
    const work = workOf(await world.rotate(oldKey, '24-hours'));
    expect(work.state).toEqual({ step: 'retiring', until: start + hourMs });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', retiresAt: start + hourMs });
    expect(world.server.works(world.stored(oldKey.id) ?? '')).toBe(true);
    world.clock.advance(hourMs);
    await world.tick();
    expectWholeReplacement(world, oldKey);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', revokedAt: start + hourMs });
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
  });

  it('is as short as the user chose where the provider does as it is asked', async () => {
    const { world, oldKey } = await aWorld({ graceSeconds: 86_400, asksForGrace: true });
    await world.rotate(oldKey, '1-hour');
    world.clock.advance(hourMs);
    await world.tick();
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', revokedAt: start + hourMs });
  });

  it('is long enough to write the files, even when the user wants none', async () => {
    const { world, oldKey } = await aWorld({ graceSeconds: 86_400, asksForGrace: true });
    const works: boolean[] = [];
    world.delays('envFiles.write', async () => {
      works.push(world.server.works(world.stored(oldKey.id) ?? ''));
    });
    await world.rotate(oldKey, 'now');
    expect(works).toEqual([true]);
    world.clock.advance(60_000);
    await world.tick();
    expect(world.key(oldKey.id).status).toBe('revoked');
  });

  it('goes on, and says so, where the provider gives more than was asked', async () => {
    const { world, oldKey } = await aWorld({ graceSeconds: 86_400 });
    await world.rotate(oldKey, '1-hour');
    world.clock.advance(hourMs);
    await world.tick();
    const end = start + 24 * hourMs;
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', attention: null, retiresAt: end });
    world.clock.set(end);
    await world.tick();
    expect(world.key(oldKey.id).status).toBe('revoked');
  });

  it('is waited for to its end where the provider cannot be asked about a key', async () => {
    const { world, oldKey } = await aWorld({ graceSeconds: 86_400 });
    world.server.behaviour.lacks.add('check');
    await world.rotate(oldKey, '1-hour');
    world.clock.advance(23 * hourMs);
    await world.tick();
    expect(world.key(oldKey.id).status).toBe('retiring');
    world.clock.advance(hourMs);
    await world.tick();
    expect(world.key(oldKey.id).status).toBe('revoked');
  });

  it('is not ended by revoking, which could end the new value: the old key stays alive until it is over', async () => {
    const { world, oldKey } = await aWorld({ graceSeconds: 86_400 });
    await world.rotate(oldKey, '24-hours');
    const wish = { confirmName: oldKey.name, answers: {} };
    const asked = await requestRevocation(world.ports, world.works, oldKey.id, wish);
    expect(asked).toMatchObject({ value: { state: { step: 'retiring', until: start + 24 * hourMs } } });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', revokedAt: null });
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
  });
});

describe('a rotation whose answer got lost', () => {
  async function lost(kind: Kind & { readonly acted?: boolean } = {}) {
    const { world, oldKey } = await aWorld(kind);
    world.server.loseNextAnswer(kind.acted ?? true);
    const work = workOf(await world.rotate(oldKey, 'now', true));
    return { world, oldKey, work };
  }

  it('was sent once, and its outcome is unknown', async () => {
    const { world, oldKey, work } = await lost();
    expect(work.state).toEqual({ step: 'outcome-unknown', strays: null });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'needs-attention', attention: 'outcome-unknown' });
    expect(world.server.requests).toEqual(['rotate k1']);
    expect(world.events()).toContain('outcome-unknown');
  });

  it('ends, with the old key in place, when the old value still works', async () => {
    const { world, oldKey, work } = await lost({ acted: false });
    expect(workOf(await world.goOn(work)).state).toEqual({
      step: 'finished',
      outcome: 'failed',
      reason: null,
    });
    expectOldKeyInPlace(world, oldKey);
    expect(rotations(world)).toHaveLength(1);
  });

  it('is known to have killed the key when the old value is refused, and a new rotation makes it whole', async () => {
    const { world, oldKey, work } = await lost();
    const known = workOf(await world.goOn(work));
    expect(known.state).toEqual({ step: 'outcome-unknown', strays: [] });
    const ended = await world.works.giveUp(known.id);
    expect(ended).toMatchObject({
      value: { state: { outcome: 'failed', reason: { code: 'outcome-unknown' } } },
    });
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'needs-attention',
      attention: 'refused-by-provider',
    });
    finished(await world.rotate(world.key(oldKey.id), 'now', true));
    expectWholeReplacement(world, oldKey);
    expect(rotations(world)).toHaveLength(2);
  });

  it('shows the key with another id that nobody has the value of, and revokes it when told to', async () => {
    const { world, oldKey, work } = await lost({ keepsId: false });
    const known = workOf(await world.goOn(work));
    expect(known.state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
    expect(await world.works.giveUp(work.id)).toEqual({ ok: false, error: failure('work-running') });
    expect(await world.works.revokeStrays(work.id, {})).toMatchObject({ ok: true });
    expect(world.server.alive()).toEqual([]);
    expect(world.key(oldKey.id).attention).toBe('refused-by-provider');
  });

  it('never takes the key itself for a stray', async () => {
    const { world, work } = await lost();
    expect(await world.works.revokeStrays(work.id, {})).toMatchObject({ ok: true });
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
    expect(world.server.alive()).toHaveLength(1);
  });

  it('stays unknown while the old value may live in the provider’s grace', async () => {
    const { world, oldKey, work } = await lost({ graceSeconds: 3_600 });
    const still = workOf(await world.goOn(work));
    expect(still.state).toEqual({ step: 'outcome-unknown', strays: null });
    world.clock.advance(hourMs);
    expect(workOf(await world.goOn(still)).state).toEqual({ step: 'outcome-unknown', strays: [] });
    expect(world.key(oldKey.id).attention).toBe('outcome-unknown');
  });

  it('can be given up where nobody can find out', async () => {
    const { world, oldKey, work } = await lost();
    world.server.behaviour.lacks.add('check').add('list');
    expect(workOf(await world.goOn(work)).state).toEqual({ step: 'outcome-unknown', strays: null });
    expect(await world.works.giveUp(work.id)).toMatchObject({ ok: true });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'active', attention: null });
  });

  it('is looked into at the next start', async () => {
    const { world, work } = await lost({ keepsId: false });
    world.restart();
    await world.resume();
    expect(world.works.get(work.id)?.state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
    expect(rotations(world)).toHaveLength(1);
  });
});

it('a rotation that the provider has no room for ends, with its words, and leaves the old key untouched', async () => {
  const world = createKeyWorld();
  const oldKey = await world.aKey([into(envFile)]);
  world.server.behaviour.keyLimit = 1;
  const work = workOf(await world.rotate(oldKey));
  const reason = failure('key-limit-reached', { host: 'keys.example.com', message: 'No more keys' });
  expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason });
  expect(world.key(oldKey.id)).toEqual(oldKey);
  expect(world.server.alive().map((key) => key.id)).toEqual(['k1']);
  expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(oldKey.id));
});
