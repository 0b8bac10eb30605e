import { describe, expect, it } from 'vitest';
import { requestRevocation } from '../../../main/keys/request-revocation.ts';
import { addTarget } from '../../../main/keys/targets.ts';
import { canUndo } from '../../../main/keys/undo-rotation.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Grace, Work } from '../../../shared/domain/work.ts';
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
import { expectWhole } from './power-cut-ends.ts';

const thirdEnvFile = '/projects/third/.env';
const dayMs = 24 * hourMs;
const tooLate = { ok: false, error: failure('undo-too-late') };
const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });

/** A key in two files whose replacement is in place, while the old one lives on. */
async function inGrace(grace: Grace = '24-hours') {
  const world = createKeyWorld();
  const oldKey = await world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
  const filesBefore = new Map(world.envFiles.files);
  const work = workOf(await world.rotate(oldKey, grace));
  const newKey = world.key(work.newKey?.id ?? oldKey.id);
  return { world, oldKey, newKey, work, filesBefore };
}

function expectOldBack(world: KeyWorld, oldKey: KeyRecord, filesBefore: ReadonlyMap<string, string>): void {
  expectWhole(world);
  expect(world.key(oldKey.id)).toEqual(oldKey);
  expect(world.envFiles.files).toEqual(filesBefore);
  expect(world.server.alive().map((key) => key.id)).toEqual(['k1']);
}

describe('undoing a rotation', () => {
  it('puts the old key back, in the record and in every file, and then revokes the new one', async () => {
    const { world, oldKey, newKey, work, filesBefore } = await inGrace();
    const undone = workOf(await world.undo(work));
    expect(undone).toMatchObject({ id: work.id, state: { outcome: 'undone', reason: null }, blocked: null });
    expectOldBack(world, oldKey, filesBefore);
    expect(world.key(newKey.id)).toMatchObject({
      status: 'revoked',
      targets: [],
      copyOnce: { sealed: true },
    });
    expect(world.revocations.map((one) => [one.key.id, one.files])).toEqual([['k2', filesBefore]]);
    expect(world.events().slice(-6)).toEqual([
      'target-writing',
      'target-written',
      'target-writing',
      'target-written',
      'key-revoked',
      'rotation-undone',
    ]);
  });

  it('leaves the old key alone when its grace would have ended', async () => {
    const { world, oldKey, work, filesBefore } = await inGrace('1-hour');
    await world.undo(work);
    world.clock.advance(2 * hourMs);
    await world.tick();
    world.restart();
    await world.resume();
    expectOldBack(world, oldKey, filesBefore);
  });

  it('lets the old key be rotated again', async () => {
    const { world, oldKey, work } = await inGrace();
    await world.undo(work);
    finished(await world.rotate(world.key(oldKey.id)));
    expectWhole(world);
  });

  it('also takes back a file that was added since, with its variables', async () => {
    const { world, oldKey, newKey, work } = await inGrace();
    const added = await addTarget(world.ports, world.works, newKey.id, into(thirdEnvFile, 'THIRD'));
    expect(added).toMatchObject({ ok: true });
    await world.undo(work);
    expect(world.variable(thirdEnvFile, 'THIRD')).toBe(world.stored(oldKey.id));
    expect(world.key(oldKey.id).targets.map(({ file, variables }) => [file, variables.API_KEY])).toEqual([
      [envFile, 'API_KEY'],
      [otherEnvFile, 'MAIL_KEY'],
      [thirdEnvFile, 'THIRD'],
    ]);
    expectWhole(world);
  });

  it.each<[string, (world: KeyWorld) => void, string]>([
    ['whose new key could not be verified', (world) => world.server.failNextChecks(1), 'stored'],
    [
      'whose second file could not be written',
      (world) =>
        world.failsWhen('envFiles.write', unwritable, () => world.events().at(-2) === 'target-written'),
      'verified',
    ],
    [
      'whose end of writing could not be written down',
      (world) => failJournalAt(world, 'verified'),
      'delivered',
    ],
  ])('%s works as well', async (_title, trouble, step) => {
    const world = createKeyWorld();
    const oldKey = await world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
    const filesBefore = new Map(world.envFiles.files);
    trouble(world);
    const stopped = workOf(await world.rotate(oldKey));
    expect(stopped).toMatchObject({ state: { step } });
    expect(stopped.blocked).not.toBeNull();
    expect(workOf(await world.undo(stopped)).state).toMatchObject({ outcome: 'undone' });
    expectOldBack(world, oldKey, filesBefore);
  });

  it('leaves nothing of a new key that could never be stored', async () => {
    const world = createKeyWorld();
    const oldKey = await world.aKey([into(envFile)]);
    failJournalAt(world, 'created');
    const stopped = workOf(await world.rotate(oldKey));
    expect(world.journal.unfinished()[0]?.state.step).toBe('created');
    await world.undo(stopped);
    expectWhole(world);
    expect(world.key(oldKey.id)).toEqual(oldKey);
    expect(world.records.keys.all()).toHaveLength(1);
  });
});

function failJournalAt(world: KeyWorld, reached: string): void {
  const full = failure('storage-failed', { file: 'journal', reason: 'full' });
  world.failsWhen('journal.write', full, () => world.journal.history.at(-1)?.state.step === reached);
}

describe('an undoing is refused, and changes nothing,', () => {
  async function refused(world: KeyWorld, work: Work) {
    const before = { keys: world.records.keys.all(), files: new Map(world.envFiles.files) };
    const answer = await world.undo(work);
    expect({ keys: world.records.keys.all(), files: world.envFiles.files }).toEqual(before);
    return answer;
  }

  it('when the old key has been revoked', async () => {
    const { world, work } = await inGrace('now');
    expect(await refused(world, work)).toEqual(tooLate);
  });

  it('when the revocation has begun and only its answer is missing', async () => {
    const world = createKeyWorld();
    const oldKey = await world.aKey([into(envFile)]);
    world.server.failNextRevocations(1);
    const work = workOf(await world.rotate(oldKey));
    expect(work).toMatchObject({ state: { step: 'revoking' } });
    expect(await refused(world, work)).toEqual(tooLate);
    expect(canUndo(work, world.records.keys)).toBe(false);
  });

  it('when the provider does not accept the old key any more', async () => {
    const { world, work } = await inGrace();
    world.server.revokeByHand('k1');
    expect(await refused(world, work)).toEqual(tooLate);
    expect(world.works.get(work.id)?.state.step).toBe('retiring');
  });

  it('when the old key has reached its own end', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lifetimeMs = dayMs;
    const oldKey = await world.aKey();
    world.clock.advance(dayMs - hourMs);
    const work = workOf(await world.rotate(oldKey, '7-days'));
    expect(work.state).toEqual({ step: 'retiring', until: start + dayMs });
    world.clock.advance(hourMs);
    expect(await refused(world, work)).toEqual(tooLate);
  });

  it('when the new key has been replaced itself', async () => {
    const { world, newKey, work } = await inGrace();
    await world.rotate(world.key(newKey.id), '24-hours');
    expect(await refused(world, work)).toEqual(tooLate);
  });

  it('when the new key is in other work just now', async () => {
    const { world, newKey, work } = await inGrace();
    world.server.failNextChecks(1);
    await world.rotate(world.key(newKey.id));
    expect(await refused(world, work)).toEqual({ ok: false, error: failure('work-running') });
  });

  it('when the value of the old key is gone', async () => {
    const { world, oldKey, work } = await inGrace();
    world.items.delete(`key/${oldKey.id}`);
    expect(await refused(world, work)).toEqual(tooLate);
  });

  it('when the provider has replaced the key by itself', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('create').delete('rotate');
    world.server.behaviour.rotateGraceSeconds = 3_600;
    const { secret } = world.server.makeByHand('Mail');
    const oldKey = world.key(finished(await world.takeIn(secret)).keyId);
    const work = workOf(await world.rotate(oldKey, '1-hour'));
    expect(work.state.step).toBe('retiring');
    expect(await refused(world, work)).toEqual(tooLate);
  });

  it('before it is known whether there is a new key', async () => {
    const world = createKeyWorld();
    const oldKey = await world.aKey();
    world.server.loseNextAnswer();
    const work = workOf(await world.rotate(oldKey));
    expect(await refused(world, work)).toEqual({ ok: false, error: failure('work-running') });
  });

  it('when it cannot be written down', async () => {
    const { world, work } = await inGrace();
    const full = failure('storage-failed', { file: 'journal', reason: 'full' });
    world.fails('journal.write', full);
    expect(await refused(world, work)).toEqual({ ok: false, error: full });
    expect(world.works.get(work.id)?.state.step).toBe('retiring');
  });

  it('where there is nothing of the kind', async () => {
    const world = createKeyWorld();
    const work = finished(await world.issue());
    expect(await refused(world, work)).toEqual({ ok: false, error: failure('work-unknown') });
  });
});

describe('an undoing that meets an obstacle', () => {
  it('stops at a value that somebody else has written, and puts the old one there when the user goes on', async () => {
    const { world, oldKey, work } = await inGrace();
    world.envFiles.files.set(otherEnvFile, 'MAIL_KEY=somebody_elses\n');
    const stopped = workOf(await world.undo(work));
    expect(stopped).toMatchObject({
      state: { step: 'restoring' },
      blocked: failure('file-changed', { file: otherEnvFile }),
    });
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe('somebody_elses');
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'needs-attention',
      attention: 'targets-not-written',
    });
    expect(world.server.alive()).toHaveLength(2);
    expect(workOf(await world.goOn(stopped)).state).toMatchObject({ outcome: 'undone' });
    expectWhole(world);
  });

  it('never overwrites it by itself at the next start', async () => {
    const { world, work } = await inGrace();
    world.envFiles.files.set(otherEnvFile, 'MAIL_KEY=somebody_elses\n');
    await world.undo(work);
    world.restart();
    await world.resume();
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe('somebody_elses');
    expect(world.server.alive()).toHaveLength(2);
  });

  it('makes no file that somebody has removed, until the user goes on', async () => {
    const { world, oldKey, work } = await inGrace();
    world.envFiles.files.delete(otherEnvFile);
    const stopped = workOf(await world.undo(work));
    expect(stopped.blocked).toEqual(failure('file-gone', { file: otherEnvFile }));
    expect(world.envFiles.files.has(otherEnvFile)).toBe(false);
    await world.goOn(stopped);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(oldKey.id));
    expectWhole(world);
  });

  it('asks no provider while a file cannot be written', async () => {
    const { world, work } = await inGrace();
    world.server.requests.length = 0;
    world.fails('envFiles.preflight', unwritable, 2);
    expect(workOf(await world.undo(work)).blocked).toEqual(unwritable);
    expect(world.server.requests).toEqual([]);
    await world.undo(work);
    expectWhole(world);
  });

  it('writes nothing while nobody can say whether the old key still works', async () => {
    const { world, work } = await inGrace();
    const files = new Map(world.envFiles.files);
    world.server.failNextChecks(2);
    expect(workOf(await world.undo(work)).blocked).toMatchObject({ code: 'provider-unreachable' });
    expect(world.envFiles.files).toEqual(files);
    await world.undo(work);
    expectWhole(world);
  });

  it('keeps the new key where the old one dies before it is back', async () => {
    const { world, oldKey, newKey, work } = await inGrace();
    const isFirstBack = () => world.variable(envFile, 'API_KEY') === world.stored(oldKey.id);
    world.failsWhen('envFiles.write', unwritable, isFirstBack);
    const stopped = workOf(await world.undo(work));
    expect(stopped.state.step).toBe('restoring');
    expect(isFirstBack()).toBe(true);
    world.server.revokeByHand('k1');
    await world.goOn(stopped);
    world.clock.advance(dayMs);
    await world.tick();
    expectWhole(world);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', replacedBy: newKey.id });
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  });

  it('shows the new key as alive until it can be revoked, and the old one in its place', async () => {
    const { world, oldKey, newKey, work } = await inGrace();
    world.server.failNextRevocations(1);
    const stopped = workOf(await world.undo(work));
    expect(stopped).toMatchObject({ state: { step: 'withdrawing' } });
    expect(world.key(oldKey.id)).toEqual(oldKey);
    expect(world.key(newKey.id)).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });
    expect(world.works.ofKey(oldKey.id)).toBeUndefined();
    const asked = { confirmName: newKey.name, answers: {} };
    const revoked = await requestRevocation(world.ports, world.works, newKey.id, asked);
    expect(revoked).toMatchObject({ value: { id: work.id, state: { outcome: 'undone' } } });
    expectWhole(world);
  });

  it('leaves an old key alone that is in other work by then', async () => {
    const { world, oldKey, work } = await inGrace();
    world.server.failNextRevocations(1);
    const stopped = workOf(await world.undo(work));
    world.server.failNextChecks(1);
    await world.rotate(world.key(oldKey.id));
    const before = world.key(oldKey.id);
    expect(before.status).toBe('needs-attention');
    await world.goOn(stopped);
    expect(world.key(oldKey.id)).toEqual(before);
  });
});

it('a new key that the user has made is theirs to revoke when its rotation is undone', async () => {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('create');
  const { secret } = world.server.makeByHand('Old');
  const oldKey = world.key(finished(await world.takeIn(secret, { targets: [into(envFile)] })).keyId);
  const waits = workOf(await world.rotate(oldKey, '1-hour'));
  const made = world.server.makeByHand('New');
  const work = workOf(await world.goOn(waits, { key: { API_KEY: new Secret(made.secret) } }));
  expect(work.state.step).toBe('retiring');
  const stopped = workOf(await world.undo(work));
  expect(stopped).toMatchObject({
    state: { step: 'withdrawing' },
    blocked: failure('revocation-needed', { provider: 'Example' }),
  });
  expect(world.variable(envFile, 'API_KEY')).toBe(secret);
  expect(workOf(await world.goOn(stopped, { doneByHand: true })).blocked).toEqual(failure('key-still-alive'));
  world.server.revokeByHand(made.id);
  expect(workOf(await world.goOn(stopped, { doneByHand: true })).state).toMatchObject({ outcome: 'undone' });
  expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
  expectWhole(world);
});
