import { describe, expect, it } from 'vitest';
import { requestRevocation } from '../../../main/keys/request-revocation.ts';
import { Secret } from '../../../main/secrets/secret.ts';
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

const keyNeeded = failure('key-needed', { provider: 'Example' });
const revocationNeeded = failure('revocation-needed', { provider: 'Example' });
const pasted = (value: string) => ({ API_KEY: new Secret(value) });

/** A provider that makes and revokes keys in its dashboard only, and a key that was taken in. */
async function aWorld() {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('create').add('revoke');
  const { secret } = world.server.makeByHand('Old');
  const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
  const oldKey = world.key(finished(await world.takeIn(secret, { targets })).keyId);
  world.server.requests.length = 0;
  return { world, oldKey };
}

const replacementOf = (world: KeyWorld, oldKey: KeyRecord): KeyRecord | undefined =>
  world.records.keys.all().find((key) => key.replaces === oldKey.id);

/** The old key works, stands in its files, and is as it was; nothing of a new one is here. */
function expectOldKeyInPlace(world: KeyWorld, oldKey: KeyRecord): void {
  expect(world.server.works(world.stored(oldKey.id) ?? '')).toBe(true);
  expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(oldKey.id));
  expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(oldKey.id));
  expect(world.records.keys.all()).toEqual([oldKey]);
  expect([...world.items.keys()].filter((name) => name.startsWith('key/'))).toEqual([`key/${oldKey.id}`]);
  expect(world.ports.unstored.size).toBe(0);
  expect(world.journal.unfinished()).toEqual([]);
}

describe('rotating a key that the user makes', () => {
  it('asks nothing of the provider and waits for the new key; the old one works as before', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    expect(work).toMatchObject({ origin: 'by-hand', state: { step: 'creating' }, blocked: keyNeeded });
    expect(world.server.requests).toEqual([]);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'rotating', attention: null });
    expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(oldKey.id));
  });

  it('stores, verifies and writes the pasted key, and waits until the old one is revoked by hand', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const made = world.server.makeByHand('New');
    const stopped = workOf(await world.goOn(work, { key: pasted(made.secret) }));
    expect(stopped).toMatchObject({ state: { step: 'revoking' }, blocked: revocationNeeded });
    expect(world.variable(envFile, 'API_KEY')).toBe(made.secret);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(made.secret);
    expect(replacementOf(world, oldKey)).toMatchObject({
      status: 'active',
      providerKeyId: made.id,
      label: 'New',
      issuedAt: start,
      copyOnce: { sealed: true, shown: false },
    });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });

    world.server.revokeByHand('k1');
    finished(await world.goOn(stopped, { doneByHand: true }));
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'revoked',
      replacedBy: replacementOf(world, oldKey)?.id,
    });
    expect(world.activity.entries.findLast((entry) => entry.event === 'key-revoked')?.detail).toBe('by-hand');
    expect(world.server.requests.filter((request) => /^(create|revoke|rotate)/.test(request))).toEqual([]);
  });

  it('takes no key that its files cannot carry, and waits for another', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const refused = await world.goOn(work, { key: pasted('abc$(id)def'), anyForm: true });
    expect(refused).toMatchObject({ ok: false, error: { code: 'value-unwritable', reason: 'command' } });
    expect(world.works.get(work.id)).toMatchObject({ state: { step: 'creating' }, blocked: keyNeeded });
    expect([...world.items.keys()].filter((name) => name.startsWith('key/'))).toEqual([`key/${oldKey.id}`]);
    const { secret } = world.server.makeByHand('New');
    expect(workOf(await world.goOn(work, { key: pasted(secret) })).blocked).toEqual(revocationNeeded);
    expect(world.variable(envFile, 'API_KEY')).toBe(secret);
  });

  it('tells the activity that the new key was taken in, not that it was issued', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    await world.goOn(work, { key: pasted(world.server.makeByHand('New').secret) });
    expect(world.events().slice(-6)).toEqual([
      'key-taken-in',
      'target-writing',
      'target-written',
      'target-writing',
      'target-written',
      'work-blocked',
    ]);
  });

  it('revokes the old key by itself where the provider offers that, and the grace is over', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.lacks.delete('revoke');
    const work = workOf(await world.rotate(oldKey, '1-hour'));
    await world.goOn(work, { key: pasted(world.server.makeByHand('New').secret) });
    expect(world.server.alive()).toHaveLength(2);
    world.clock.advance(hourMs);
    await world.tick();
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  });

  it('asks nothing of the user before everything local can succeed', async () => {
    const { world, oldKey } = await aWorld();
    const unwritable = failure('file-unwritable', { file: envFile, reason: 'read-only' });
    world.fails('envFiles.preflight', unwritable);
    expect(await world.rotate(oldKey)).toEqual({ ok: false, error: unwritable });
    world.secretStore.failWith(failure('keychain-locked'));
    expect(await world.rotate(oldKey)).toEqual({ ok: false, error: failure('keychain-locked') });
    world.secretStore.failWith(null);
    expectOldKeyInPlace(world, oldKey);
  });

  it('goes on waiting, as before, over any number of restarts', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const before = world.activity.entries.length;
    for (let nth = 0; nth < 3; nth += 1) {
      world.restart();
      await world.resume();
    }
    expect(world.works.get(work.id)).toMatchObject({ state: { step: 'creating' }, blocked: keyNeeded });
    expect(world.activity.entries).toHaveLength(before);
    const made = world.server.makeByHand('New');
    await world.goOn(work, { key: pasted(made.secret) });
    expect(replacementOf(world, oldKey)?.providerKeyId).toBe(made.id);
  });
});

describe('the pasted key of a rotation', () => {
  it.each([
    ['is missing', '', 'field-missing'],
    ['does not look like one', 'ghp_something', 'key-form-unusual'],
    ['is of the other environment', 'sk_live_something', 'key-of-other-environment'],
  ])('that %s is answered with words, and the rotation goes on waiting', async (_what, value, code) => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    expect(await world.goOn(work, { key: pasted(value) })).toMatchObject({ ok: false, error: { code } });
    expect(world.works.get(work.id)).toMatchObject({ state: { step: 'creating' }, blocked: keyNeeded });
    expect(world.server.requests).toEqual([]);
  });

  it('cannot be the old key again', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const outcome = await world.goOn(work, { key: pasted(world.stored(oldKey.id) ?? '') });
    expect(outcome).toEqual({ ok: false, error: failure('key-known', { name: 'mail' }) });
  });

  it('is taken in any form when the user says so', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.lacks.add('check');
    const work = workOf(await world.rotate(oldKey));
    await world.goOn(work, { key: pasted('ghp_something_else'), anyForm: true });
    expect(world.variable(envFile, 'API_KEY')).toBe('ghp_something_else');
  });

  it('is never revoked by Keyturn, and nothing of it stays, when the provider refuses it', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.lacks.delete('revoke');
    const work = workOf(await world.rotate(oldKey));
    const stranger = 'sk_value_of_another_account';
    const ended = workOf(await world.goOn(work, { key: pasted(stranger) }));
    expect(ended.state).toEqual({
      step: 'finished',
      outcome: 'undone',
      reason: failure('key-not-verified', { message: 'No such key' }),
    });
    expectOldKeyInPlace(world, oldKey);
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
  });

  it('is kept in memory while the keychain does not take it, and stored when the user goes on', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const made = world.server.makeByHand('New');
    world.fails('secrets.put', failure('keychain-denied'));
    const stopped = workOf(await world.goOn(work, { key: pasted(made.secret) }));
    expect(stopped).toMatchObject({ state: { step: 'created' }, blocked: failure('keychain-denied') });
    expect(made.active).toBe(true);
    await world.goOn(stopped);
    expect(world.variable(envFile, 'API_KEY')).toBe(made.secret);
  });

  it('is asked for again when the app was closed before it could be stored', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const made = world.server.makeByHand('New');
    world.fails('secrets.put', failure('keychain-denied'));
    await world.goOn(work, { key: pasted(made.secret) });
    world.restart();
    await world.resume();
    expect(world.works.get(work.id)).toMatchObject({ state: { step: 'creating' }, blocked: keyNeeded });
    expect(made.active).toBe(true);
    await world.goOn(work, { key: pasted(made.secret) });
    expect(world.variable(envFile, 'API_KEY')).toBe(made.secret);
  });

  it('waits while the credential cannot be read, and is not stored meanwhile', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const made = world.server.makeByHand('New');
    world.secretStore.failWith(failure('keychain-locked'));
    const stopped = workOf(await world.goOn(work, { key: pasted(made.secret) }));
    expect(stopped).toMatchObject({ state: { step: 'creating' }, blocked: failure('keychain-locked') });
    world.secretStore.failWith(null);
    await world.goOn(stopped, { key: pasted(made.secret) });
    expect(world.variable(envFile, 'API_KEY')).toBe(made.secret);
  });
});

describe('giving a rotation up', () => {
  it('that waits for its new key leaves the old one as it was', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    const ended = await world.works.giveUp(work.id);
    expect(ended).toMatchObject({ ok: true, value: { state: { outcome: 'undone', reason: null } } });
    expectOldKeyInPlace(world, oldKey);
    expect(world.events().at(-1)).toBe('rotation-undone');
    expect(workOf(await world.rotate(oldKey)).blocked).toEqual(keyNeeded);
  });

  it('whose pasted key cannot be stored leaves nothing of it here', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    world.fails('secrets.put', failure('keychain-denied'));
    await world.goOn(work, { key: pasted(world.server.makeByHand('New').secret) });
    expect(await world.works.giveUp(work.id)).toMatchObject({ ok: true });
    expectOldKeyInPlace(world, oldKey);
  });

  it('is refused when the new key is stored already', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    world.server.failNextChecks(1);
    await world.goOn(work, { key: pasted(world.server.makeByHand('New').secret) });
    expect(await world.works.giveUp(work.id)).toEqual({ ok: false, error: failure('work-running') });
  });

  it('that is not written down has not happened', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey));
    world.fails('journal.write', failure('storage-failed', { file: 'journal', reason: 'no space left' }));
    expect(await world.works.giveUp(work.id)).toMatchObject({ error: { code: 'storage-failed' } });
    world.restart();
    await world.resume();
    expect(world.works.get(work.id)).toMatchObject({ state: { step: 'creating' }, blocked: keyNeeded });
  });
});

describe('revoking by hand', () => {
  const revoke = (world: KeyWorld, key: KeyRecord, doneByHand: boolean) =>
    requestRevocation(world.ports, world.works, key.id, { confirmName: key.name, answers: {}, doneByHand });

  it('counts the key as alive until the user has revoked it', async () => {
    const { world, oldKey } = await aWorld();
    expect(await revoke(world, oldKey, false)).toMatchObject({ value: { blocked: revocationNeeded } });
    expect(world.key(oldKey.id)).toMatchObject({ attention: 'not-revoked', revokedAt: null });
  });

  it('does not take the user’s word while the provider still accepts the key', async () => {
    const { world, oldKey } = await aWorld();
    expect(await revoke(world, oldKey, true)).toMatchObject({
      value: { blocked: { code: 'key-still-alive' } },
    });
    expect(world.key(oldKey.id).revokedAt).toBeNull();
    world.server.revokeByHand('k1');
    expect(await revoke(world, oldKey, true)).toMatchObject({ value: { state: { outcome: 'done' } } });
    expect(world.key(oldKey.id).status).toBe('revoked');
  });

  it('has patience with a provider that is slow to refuse it', async () => {
    const { world, oldKey } = await aWorld();
    const atServer = world.server.keys[0];
    if (atServer !== undefined) atServer.lingering = 4;
    world.server.revokeByHand('k1');
    expect(await revoke(world, oldKey, true)).toMatchObject({ value: { state: { outcome: 'done' } } });
  });

  it('needs nobody’s word where the provider refuses the key already', async () => {
    const { world, oldKey } = await aWorld();
    world.clock.advance(hourMs);
    world.server.revokeByHand('k1');
    expect(await revoke(world, oldKey, false)).toMatchObject({ value: { state: { outcome: 'done' } } });
  });

  it('takes the user’s word where the provider cannot be asked about a key', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.lacks.add('check');
    expect(await revoke(world, oldKey, false)).toMatchObject({ value: { blocked: revocationNeeded } });
    expect(await revoke(world, oldKey, true)).toMatchObject({ value: { state: { outcome: 'done' } } });
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'key-revoked', detail: 'by-hand' });
  });

  it('is needed for a key whose id nobody knows, even where the provider revokes keys', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.lacks.delete('revoke');
    world.server.behaviour.lacks.add('check');
    await world.records.keys.put({ ...oldKey, providerKeyId: null });
    expect(await revoke(world, oldKey, false)).toMatchObject({ value: { blocked: revocationNeeded } });
    expect(world.key(oldKey.id).revokedAt).toBeNull();
    expect(await revoke(world, oldKey, true)).toMatchObject({ value: { state: { outcome: 'done' } } });
  });

  it('needs the user’s word for a key so young that its provider may not know it everywhere', async () => {
    const { world, oldKey } = await aWorld();
    const atServer = world.server.keys[0];
    if (atServer !== undefined) atServer.unheardOf = 1;
    expect(await revoke(world, oldKey, false)).toMatchObject({ value: { blocked: revocationNeeded } });
    expect(world.key(oldKey.id).revokedAt).toBeNull();
  });

  it('is noticed at the next start', async () => {
    const { world, oldKey } = await aWorld();
    world.clock.advance(hourMs);
    await revoke(world, oldKey, false);
    world.server.revokeByHand('k1');
    world.restart();
    await world.resume();
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', attention: null });
  });
});
