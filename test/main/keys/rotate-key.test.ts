import { describe, expect, it } from 'vitest';
import { spendCopyOnce } from '../../../main/keys/copy-once.ts';
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

const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });

async function aWorld() {
  const world = createKeyWorld();
  const oldKey = await world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
  world.server.requests.length = 0;
  return { world, oldKey };
}

const replacementOf = (world: KeyWorld, oldKey: KeyRecord): KeyRecord | undefined =>
  world.records.keys.all().find((key) => key.replaces === oldKey.id);

/** The old key works, stands in its files, and is as it was. */
function expectOldKeyInPlace(world: KeyWorld, oldKey: KeyRecord): void {
  expect(world.server.alive().map((key) => key.id)).toContain(oldKey.providerKeyId);
  expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(oldKey.id));
  expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(oldKey.id));
  expect(world.key(oldKey.id)).toEqual(oldKey);
}

describe('rotating a key', () => {
  it('leaves one living key, in every file, and the old one revoked', async () => {
    const { world, oldKey } = await aWorld();
    finished(await world.rotate(oldKey));
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
    const newKey = replacementOf(world, oldKey);
    expect(newKey).toMatchObject({
      status: 'active',
      name: 'mail',
      targets: oldKey.targets,
      policy: oldKey.policy,
    });
    expect(world.variable(envFile, 'API_KEY')).toBe(world.server.keys[1]?.secret);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.server.keys[1]?.secret);
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'revoked',
      revokedAt: start,
      replacedBy: newKey?.id,
    });
    expect(world.events().slice(-8)).toEqual([
      'rotation-started',
      'key-issued',
      'target-writing',
      'target-written',
      'target-writing',
      'target-written',
      'key-revoked',
      'rotation-finished',
    ]);
  });

  it('asks the provider for the new key, shows it the new key, and only then revokes the old one', async () => {
    const { world, oldKey } = await aWorld();
    finished(await world.rotate(oldKey));
    expect(world.server.requests).toEqual(['create', 'check k2 accepted', 'revoke k1', 'check k1 refused']);
    expect(world.revocations[0]?.files.get(envFile)).toContain(world.server.keys[1]?.secret);
    expect(world.revocations[0]?.files.get(otherEnvFile)).toContain(world.server.keys[1]?.secret);
  });

  it('makes the new key open to be copied once, whatever became of the old one', async () => {
    const { world, oldKey } = await aWorld();
    await world.records.keys.put({
      ...oldKey,
      copyOnce: { sealed: true, shown: true, copiedFields: ['API_KEY'] },
    });
    finished(await world.rotate(world.key(oldKey.id)));
    expect(replacementOf(world, oldKey)?.copyOnce).toEqual({ sealed: false, shown: false, copiedFields: [] });
  });

  it('asks nothing of the provider when a file cannot be written', async () => {
    const { world, oldKey } = await aWorld();
    world.fails('envFiles.preflight', unwritable);
    expect(await world.rotate(oldKey)).toEqual({ ok: false, error: unwritable });
    expect(world.server.requests).toEqual([]);
    expectOldKeyInPlace(world, oldKey);
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('asks nothing of the provider when the keychain is locked', async () => {
    const { world, oldKey } = await aWorld();
    world.secretStore.failWith(failure('keychain-locked'));
    expect(await world.rotate(oldKey)).toEqual({ ok: false, error: failure('keychain-locked') });
    expect(world.server.requests).toEqual([]);
    expectOldKeyInPlace(world, oldKey);
  });

  it('leaves everything as it was when the provider turns the new key down', async () => {
    const { world, oldKey } = await aWorld();
    const words = failure('provider-throttled', { host: 'keys.example.com', retryAfterSeconds: null });
    world.server.rejectNextCreate(words);
    const work = workOf(await world.rotate(oldKey));
    expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason: words });
    expectOldKeyInPlace(world, oldKey);
    expect(world.records.keys.all()).toHaveLength(1);
    expect(world.events().at(-1)).toBe('rotation-undone');
  });

  it('is undone when the provider never accepts the new key: the old one stays, the new one is revoked', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.refusesNewKeyFor = Number.POSITIVE_INFINITY;
    const work = workOf(await world.rotate(oldKey));
    expect(work.state).toEqual({
      step: 'finished',
      outcome: 'undone',
      reason: failure('key-not-verified', { message: 'No such key' }),
    });
    expectOldKeyInPlace(world, oldKey);
    expect(world.server.alive()).toHaveLength(1);
    expect(replacementOf(world, oldKey)).toMatchObject({ status: 'revoked' });
    expect(world.server.requests).not.toContain('revoke k1');
  });

  it('has patience with a provider that takes a while to know its own new key', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.refusesNewKeyFor = 4;
    finished(await world.rotate(oldKey));
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  });

  it('has patience with a provider that takes a while to forget the old key', async () => {
    const { world } = await aWorld();
    world.server.behaviour.acceptsRevokedKeyFor = 5;
    const slow = await world.issue({ name: 'shop' });
    const work = finished(await world.rotate(world.key(workOf(slow).keyId)));
    expect(world.key(work.keyId).status).toBe('revoked');
  });

  it('waits, with both keys alive, when the new key cannot be checked, and goes on when asked', async () => {
    const { world, oldKey } = await aWorld();
    world.server.failNextChecks(1);
    const work = workOf(await world.rotate(oldKey));
    expect(work).toMatchObject({ state: { step: 'stored' }, blocked: { code: 'provider-unreachable' } });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'needs-attention', attention: 'not-verified' });
    expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(oldKey.id));
    finished(await world.goOn(work));
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
    expect(world.server.creates()).toBe(1);
  });

  it('waits, with the old key alive, when a file cannot be written in the middle, and goes on when asked', async () => {
    const { world, oldKey } = await aWorld();
    world.envFiles.failNext('write', unwritable, otherEnvFile);
    const work = workOf(await world.rotate(oldKey));
    expect(work).toMatchObject({ state: { step: 'verified' }, blocked: unwritable });
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'needs-attention',
      attention: 'targets-not-written',
    });
    expect(world.server.alive().map((key) => key.id)).toEqual(['k1', 'k2']);
    expect(world.server.requests).not.toContain('revoke k1');

    finished(await world.goOn(work));
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.server.keys[1]?.secret);
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', attention: null });
  });

  it('says so when the old key cannot be revoked, and revokes it when asked again', async () => {
    const { world, oldKey } = await aWorld();
    world.server.failNextRevocations(1);
    const work = workOf(await world.rotate(oldKey));
    expect(work).toMatchObject({ state: { step: 'revoking' }, blocked: { code: 'provider-unreachable' } });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });
    expect(replacementOf(world, oldKey)).toMatchObject({ status: 'active' });
    finished(await world.goOn(work));
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', attention: null });
  });

  it('makes one key, and leaves the old one alone, when the answer got lost', async () => {
    const { world, oldKey } = await aWorld();
    world.server.loseNextAnswer();
    const work = workOf(await world.rotate(oldKey));
    expect(work.state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'needs-attention', attention: 'outcome-unknown' });
    await world.works.revokeStrays(work.id, {});
    expectOldKeyInPlace(world, oldKey);
    expect(world.server.alive()).toHaveLength(1);
  });

  it('gives the new key back when it cannot be stored, and leaves the old one alone', async () => {
    const { world, oldKey } = await aWorld();
    world.fails('secrets.put', failure('keychain-denied'));
    expect(workOf(await world.rotate(oldKey)).state).toMatchObject({ step: 'finished', outcome: 'failed' });
    expectOldKeyInPlace(world, oldKey);
    expect(world.server.alive()).toHaveLength(1);
    expect(world.records.keys.all()).toHaveLength(1);
  });

  it('goes on from a new key that could be neither stored nor given back', async () => {
    const { world, oldKey } = await aWorld();
    world.fails('secrets.put', failure('keychain-denied'));
    world.server.failNextRevocations(1);
    const work = workOf(await world.rotate(oldKey));
    expect(replacementOf(world, oldKey)).toMatchObject({ attention: 'not-stored' });
    finished(await world.goOn(work));
    expect(replacementOf(world, oldKey)).toMatchObject({ status: 'active', attention: null });
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  });

  it('spends nothing of the copy that the old key still has, even in the middle', async () => {
    const { world, oldKey } = await aWorld();
    const rotating = world.rotate(oldKey, '1-hour');
    while (world.key(oldKey.id).status !== 'rotating') await new Promise(setImmediate);
    const shown = await spendCopyOnce(world.ports, oldKey.id, { purpose: 'show' });
    await rotating;
    expect(shown.ok).toBe(true);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', copyOnce: { shown: true } });
  });
});

describe('the grace of an old key', () => {
  it('keeps it alive until it ends, and not longer', async () => {
    const { world, oldKey } = await aWorld();
    const work = workOf(await world.rotate(oldKey, '1-hour'));
    expect(work).toMatchObject({ state: { step: 'retiring', until: start + hourMs }, blocked: null });
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'retiring',
      retiresAt: start + hourMs,
      targets: [],
    });
    world.clock.advance(hourMs - 1);
    await world.tick();
    expect(world.server.alive()).toHaveLength(2);
    world.clock.advance(1);
    await world.tick();
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', revokedAt: start + hourMs });
  });

  it('ends at the next start when the app was closed meanwhile', async () => {
    const { world, oldKey } = await aWorld();
    await world.rotate(oldKey, '7-days');
    world.clock.advance(100 * 24 * hourMs);
    world.restart();
    await world.resume();
    expect(world.key(oldKey.id).status).toBe('revoked');
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  });

  it('is not begun anew by a restart', async () => {
    const { world, oldKey } = await aWorld();
    await world.rotate(oldKey, '1-hour');
    world.clock.advance(hourMs / 2);
    world.restart();
    await world.resume();
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', retiresAt: start + hourMs });
    expect(world.server.alive()).toHaveLength(2);
  });

  it('is not begun anew when the power went just as it began', async () => {
    const { world, oldKey } = await aWorld();
    world.failsWhen('journal.write', null, () => {
      const isAboutToBegin = world.key(oldKey.id).status === 'retiring';
      if (isAboutToBegin) world.power.cutNow();
      return isAboutToBegin;
    });
    expect(await world.rotate(oldKey, '1-hour')).toBe('power cut');
    expect(world.journal.unfinished()[0]?.state.step).toBe('delivered');
    world.clock.advance(hourMs / 2);
    world.restart();
    await world.resume();
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', retiresAt: start + hourMs });
  });

  it('never outlasts the key itself', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lifetimeMs = 2 * hourMs;
    const oldKey = await world.aKey();
    world.clock.advance(hourMs);
    const work = workOf(await world.rotate(oldKey, '24-hours'));
    expect(work.state).toEqual({ step: 'retiring', until: start + 2 * hourMs });
  });

  it('ends on time also after its beginning could not be written down', async () => {
    const { world, oldKey } = await aWorld();
    const diskFull = failure('storage-failed', { file: 'journal', reason: 'no space left' });
    world.failsWhen('journal.write', diskFull, () => world.key(oldKey.id).status === 'retiring');
    const work = workOf(await world.rotate(oldKey, '1-hour'));
    expect(work.blocked).toEqual(diskFull);
    await world.goOn(work);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'retiring', attention: null });
    world.clock.advance(hourMs);
    await world.tick();
    expect(world.key(oldKey.id).status).toBe('revoked');
    expect(world.journal.unfinished()).toEqual([]);
  });
});

describe('two works on one key', () => {
  it('are refused, also when both begin at once', async () => {
    const { world, oldKey } = await aWorld();
    const [first, second] = await Promise.all([world.rotate(oldKey), world.rotate(oldKey)]);
    finished(first);
    expect(second).toEqual({ ok: false, error: failure('work-running') });
    expect(world.server.creates()).toBe(1);
    expect(world.server.alive()).toHaveLength(1);
  });

  it('are refused when a revocation ends while a rotation is still looking at the files', async () => {
    const { world, oldKey } = await aWorld();
    const revoked = new Promise<void>((resolve) => {
      world.delays('envFiles.preflight', async () => {
        finished(await world.revoke(oldKey));
        resolve();
      });
    });
    const rotated = await world.rotate(oldKey);
    await revoked;
    expect(rotated).toEqual({ ok: false, error: failure('key-not-active', { status: 'revoked' }) });
    expect(world.server.creates()).toBe(0);
  });

  it('are refused while the first is stopped', async () => {
    const { world, oldKey } = await aWorld();
    world.server.failNextChecks(1);
    await world.rotate(oldKey);
    expect(await world.rotate(oldKey)).toEqual({ ok: false, error: failure('work-running') });
    expect(await world.revoke(oldKey)).toEqual({ ok: false, error: failure('work-running') });
  });

  it('are refused for the old key in its grace, and the new key is free', async () => {
    const { world, oldKey } = await aWorld();
    await world.rotate(oldKey, '7-days');
    expect(await world.rotate(world.key(oldKey.id))).toMatchObject({ error: { code: 'key-not-active' } });
    expect(await world.revoke(oldKey)).toEqual({ ok: false, error: failure('work-running') });
    const newKey = replacementOf(world, oldKey);
    if (newKey !== undefined) finished(await world.rotate(newKey));
    expect(world.server.alive().map((key) => key.id)).toEqual(['k1', 'k3']);
    world.clock.advance(7 * 24 * hourMs);
    await world.tick();
    expect(world.server.alive().map((key) => key.id)).toEqual(['k3']);
  });

  it('never make two keys, when someone asks to go on before the beginning is written down', async () => {
    const { world, oldKey } = await aWorld();
    let hasEnded = false;
    const rotating = world.rotate(oldKey).finally(() => {
      hasEnded = true;
    });
    while (!hasEnded) {
      for (const work of world.works.list().filter((one) => one.kind === 'rotate')) void world.goOn(work);
      await new Promise(setImmediate);
    }
    finished(await rotating);
    expect(world.server.creates()).toBe(1);
  });
});
