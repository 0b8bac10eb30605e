import { expect, it } from 'vitest';
import { deleteKey } from '../../../../main/keys/delete-key.ts';
import { requestRevocation } from '../../../../main/keys/request-revocation.ts';
import { failure } from '../../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, hourMs, into, workOf } from '../../../support/key-world.ts';

/** The shortest lives that once broke a promise, as the random ones found them. */

it.each([
  ['lists', []],
  ['lists nothing', ['list'] as const],
])(
  'a new key that a provider which %s never accepts is not called revoked where only the user can',
  async (_what, lacks) => {
    const world = createKeyWorld();
    for (const operation of ['revoke', ...lacks] as const) world.server.behaviour.lacks.add(operation);
    const oldKey = await world.aKey([into(envFile)]);
    world.server.behaviour.refusesNewKeyFor = Number.POSITIVE_INFINITY;
    const work = workOf(await world.rotate(oldKey));
    expect(work).toMatchObject({ state: { step: 'undoing' }, blocked: { code: 'revocation-needed' } });
    expect(world.server.alive().map((key) => key.id)).toEqual(['k1', 'k2']);
    expect(world.records.keys.all().every((key) => key.revokedAt === null)).toBe(true);
    world.server.revokeByHand('k2');
    await world.goOn(work, { doneByHand: true });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'active', attention: null });
    expect(world.journal.unfinished()).toEqual([]);
  },
);

it('a rotation that comes to nothing does not leave its key as rotating when the disk is full at its end', async () => {
  const world = createKeyWorld();
  const oldKey = await world.aKey();
  world.server.rejectNextCreate(failure('key-limit-reached', { host: 'keys.example.com', message: 'Full' }));
  const full = failure('storage-failed', { file: 'keys.json', reason: 'ENOSPC' });
  world.failsWhen('keys.put', full, () => world.key(oldKey.id).status === 'rotating');
  expect(workOf(await world.rotate(oldKey))).toMatchObject({ blocked: full });
  world.server.behaviour.keyLimit = 1;
  world.restart();
  await world.resume();
  expect(world.key(oldKey.id)).toMatchObject({ status: 'active', attention: null });
  expect(world.journal.unfinished()).toEqual([]);
});

it('a key that was taken in without its id is not named as a stray of work that was cut short', async () => {
  const world = createKeyWorld();
  world.server.behaviour.listsNames = false;
  const { secret } = world.server.makeByHand('Mail');
  world.server.failNextLists(1);
  finished(await world.takeIn(secret, { name: 'taken in' }));
  world.power.cutBefore(4);
  await world.issue({ name: 'shop' });
  world.restart();
  await world.resume();
  const [work] = world.works.list();
  expect(work?.state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
});

it('a rotation by the provider whose new value was ended there can be given up, and both keys say that they are dead', async () => {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('create').delete('rotate');
  world.server.behaviour.rotationKeepsId = false;
  const { secret } = world.server.makeByHand('Mail');
  const oldKey = world.key(finished(await world.takeIn(secret)).keyId);
  world.server.failNextChecks(1);
  const work = workOf(await world.rotate(oldKey, 'now', true));
  world.server.revokeByHand('k2');
  expect(workOf(await world.goOn(work)).blocked?.code).toBe('key-not-verified');
  expect(await world.works.giveUp(work.id)).toMatchObject({ value: { state: { outcome: 'failed' } } });
  expect(world.records.keys.all().map((key) => key.attention)).toEqual([
    'refused-by-provider',
    'refused-by-provider',
  ]);
});

it('a value that was stored is whole also where the journal fell behind and the provider lists nothing', async () => {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('list');
  const full = failure('storage-failed', { file: 'journal.jsonl', reason: 'ENOSPC' });
  world.failsWhen('journal.write', full, () => world.server.creates() > 0);
  const work = workOf(await world.issue());
  expect(work).toMatchObject({ state: { step: 'created' }, blocked: full });
  world.power.cutAfter(1);
  await world.goOn(work);
  world.restart();
  await world.resume();
  expect(world.key(work.keyId)).toMatchObject({ status: 'active', attention: null });
  expect(world.journal.unfinished()).toEqual([]);
});

it('a replacement stays as it is when only the end of its old key cannot be written down', async () => {
  const world = createKeyWorld();
  const oldKey = await world.aKey();
  const full = failure('storage-failed', { file: 'journal.jsonl', reason: 'ENOSPC' });
  world.failsWhen('journal.write', full, () => world.key(oldKey.id).revokedAt !== null);
  const work = workOf(await world.rotate(oldKey));
  expect(work).toMatchObject({ state: { step: 'revoking' }, blocked: full });
  const newKey = world.records.keys.all().find((key) => key.replaces === oldKey.id);
  expect(newKey).toMatchObject({ status: 'active', attention: null });
});

it('the word that one key was revoked by hand does not count for the next one', async () => {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('revoke');
  world.power.cutBefore(4);
  await world.issue();
  world.restart();
  await world.resume();
  const [work] = world.journal.unfinished();
  if (work === undefined) throw new Error('Nothing is left to do');
  expect(work.blocked?.code).toBe('revocation-needed');
  world.server.revokeByHand('k1');
  const denied = failure('keychain-denied');
  world.fails('secrets.put', denied);
  expect(workOf(await world.goOn(work, { doneByHand: true }))).toMatchObject({ blocked: denied });
  expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  expect(world.key(work.keyId)).toMatchObject({ revokedAt: null, attention: 'not-stored' });
});

it('a new key that was never on the list does not leave its mark on the old one that was put back', async () => {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('revoke');
  const oldKey = await world.aKey();
  const full = failure('storage-failed', { file: 'journal.jsonl', reason: 'ENOSPC' });
  world.failsWhen('journal.write', full, () => world.server.creates() > 1);
  const work = workOf(await world.rotate(oldKey));
  expect(work).toMatchObject({ state: { step: 'created' }, blocked: full });
  expect(await world.works.undo(work.id, {})).toMatchObject({
    value: { blocked: { code: 'revocation-needed' } },
  });
  expect(world.key(oldKey.id)).toMatchObject({ status: 'active', attention: null });
});

it.each([
  ['is young, where nobody lists it', 0, ['list'] as const],
  ['is listed as active', 24, []],
])('a refused key that %s is not called revoked until somebody says so', async (_what, hours, lacks) => {
  const world = createKeyWorld();
  for (const operation of ['revoke', ...lacks] as const) world.server.behaviour.lacks.add(operation);
  world.server.behaviour.refusesNewKeyFor = Number.POSITIVE_INFINITY;
  const key = await world.aKey();
  world.clock.advance(hours * hourMs);
  expect(workOf(await world.revoke(key)).blocked?.code).toBe('revocation-needed');
  expect(world.key(key.id).revokedAt).toBeNull();
});

it('a replacement whose rotation could not be written down to its end is not deleted, and not brought back as an empty record', async () => {
  const world = createKeyWorld();
  const oldKey = await world.aKey([into(envFile)]);
  const full = failure('storage-failed', { file: 'journal.jsonl', reason: 'ENOSPC' });
  world.failsWhen('journal.write', full, () => world.key(oldKey.id).replacedBy !== null);
  const work = workOf(await world.rotate(oldKey));
  expect(work).toMatchObject({ state: { step: 'retiring' }, blocked: full });
  const newKey = world.key(oldKey.id).replacedBy ?? oldKey.id;
  expect(await deleteKey(world.ports, world.works, newKey, { atProvider: 'leave-alive' })).toEqual({
    ok: false,
    error: failure('work-running'),
  });
  world.restart();
  await world.resume();
  expect(world.key(newKey)).toMatchObject({ status: 'active', attention: null });
  expect(world.stored(newKey)).not.toBeNull();
});

it('a wish to revoke a replacement does not end the grace of the key that it replaced', async () => {
  const world = createKeyWorld();
  const oldKey = await world.aKey([into(envFile)]);
  const full = failure('storage-failed', { file: 'journal.jsonl', reason: 'ENOSPC' });
  world.failsWhen('journal.write', full, () => world.key(oldKey.id).replacedBy !== null);
  expect(workOf(await world.rotate(oldKey, '7-days')).blocked).toEqual(full);
  const newKey = world.key(oldKey.id).replacedBy ?? oldKey.id;
  const wish = { confirmName: '', answers: {} };
  expect(await requestRevocation(world.ports, world.works, newKey, wish)).toEqual({
    ok: false,
    error: failure('work-running'),
  });
  expect(world.server.alive().map((key) => key.id)).toEqual(['k1', 'k2']);
});
