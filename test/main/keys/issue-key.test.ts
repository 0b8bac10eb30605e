import { describe, expect, it } from 'vitest';
import { spendCopyOnce } from '../../../main/keys/copy-once.ts';
import { planIssue } from '../../../main/keys/issue-key.ts';
import { freshRun } from '../../../main/keys/works.ts';
import { failure } from '../../../shared/domain/failure.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  into,
  type KeyWorld,
  otherEnvFile,
  start,
  workOf,
} from '../../support/key-world.ts';

const locked = failure('keychain-locked');
const denied = failure('keychain-denied');
const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });
const diskFull = failure('storage-failed', { file: 'activity', reason: 'no space left' });

/** Nothing at the provider was asked, and nothing is left behind here. */
function expectUntouched(world: KeyWorld): void {
  expect(world.server.requests).toEqual([]);
  expect(world.records.keys.all()).toEqual([]);
  expect(world.journal.history).toEqual([]);
  expect([...world.items.keys()]).toEqual(['vault', `connection/${world.connectionId}`]);
  expect(world.envFiles.files.size).toBe(0);
}

describe('issuing a key', () => {
  it('has stored the key, written it down and written its files when it says that it is done', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lifetimeMs = 1_000;
    const work = finished(await world.issue({ targets: [into(envFile), into(otherEnvFile, 'MAIL_KEY')] }));
    const [atServer] = world.server.keys;
    expect(world.stored(work.keyId)).toBe(atServer?.secret);
    expect(world.variable(envFile, 'API_KEY')).toBe(atServer?.secret);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(atServer?.secret);
    expect(world.key(work.keyId)).toMatchObject({
      status: 'active',
      attention: null,
      providerKeyId: 'k1',
      label: atServer?.label,
      issuedAt: start,
      expiresAt: start + 1_000,
      copyOnce: { sealed: false, shown: false, copiedFields: [] },
      fields: [{ name: 'API_KEY', lastFour: '0001' }],
    });
    expect(world.events()).toEqual([
      'key-issued',
      'target-followed',
      'target-followed',
      'target-writing',
      'target-written',
      'target-writing',
      'target-written',
    ]);
  });

  it('stores the value before anything else learns of the key', async () => {
    const world = createKeyWorld();
    await world.issue({ targets: [into(envFile)] });
    const after = world.power.effects.slice(world.power.effects.indexOf('provider.create') + 1);
    expect(after.filter((effect) => effect !== 'journal.write')).toEqual([
      'secrets.put',
      'keys.put',
      'activity.add',
      'activity.add',
      'secrets.get',
      'activity.add',
      'envFiles.write',
      'activity.add',
    ]);
  });

  it('writes no value into the journal, the records or the activity', async () => {
    const world = createKeyWorld();
    await world.issue({ targets: [into(envFile)] });
    const written = JSON.stringify([
      world.journal.history,
      world.records.keys.all(),
      world.activity.entries,
      world.announced,
    ]);
    expect(written).not.toContain(world.server.keys[0]?.secret);
  });

  it('asks nothing of the provider when a file cannot be written', async () => {
    const world = createKeyWorld();
    world.fails('envFiles.preflight', unwritable);
    const outcome = await world.issue({ targets: [into(envFile)] });
    expect(outcome).toEqual({ ok: false, error: unwritable });
    expectUntouched(world);
  });

  it('asks nothing of the provider when the keychain is locked', async () => {
    const world = createKeyWorld();
    world.secretStore.failWith(locked);
    expect(await world.issue()).toEqual({ ok: false, error: locked });
    expectUntouched(world);
  });

  it('asks nothing of the provider when the connection is not known', async () => {
    const world = createKeyWorld();
    await world.records.connections.remove(world.connectionId);
    expect(await world.issue()).toEqual({ ok: false, error: failure('connection-unknown') });
    expectUntouched(world);
  });

  it('asks nothing of the provider when the intent cannot be written down', async () => {
    const world = createKeyWorld();
    world.fails('journal.write', diskFull);
    expect(await world.issue()).toEqual({ ok: false, error: diskFull });
    expectUntouched(world);
    expect(world.works.list()).toEqual([]);
    expect(world.announced).toEqual([]);
  });

  it('asks nothing of the provider when a living key has the name already', async () => {
    const world = createKeyWorld();
    const key = await world.aKey();
    const requests = world.server.requests.length;
    expect(await world.issue()).toEqual({ ok: false, error: failure('name-taken', { name: 'mail' }) });
    expect(world.server.requests).toHaveLength(requests);
    finished(await world.revoke(key));
    finished(await world.issue());
  });

  it('takes a name also for as long as a key with it is being made', async () => {
    const world = createKeyWorld();
    world.fails('secrets.put', denied);
    world.server.failNextRevocations(1);
    await world.issue();
    expect(await world.issue()).toEqual({ ok: false, error: failure('name-taken', { name: 'mail' }) });
    world.server.loseNextAnswer();
    await world.issue({ name: 'shop' });
    expect(await world.issue({ name: 'shop' })).toMatchObject({ ok: false, error: { code: 'name-taken' } });
  });

  it('leaves everything as it was, with the words of the provider, when the provider turns it down', async () => {
    for (const words of [
      failure('credential-rejected', { host: 'keys.example.com', message: 'Token expired' }),
      failure('permission-lacking', { host: 'keys.example.com', message: 'Needs keys:write' }),
      failure('provider-not-found', { host: 'keys.example.com', message: 'No such project' }),
      failure('provider-throttled', { host: 'keys.example.com', retryAfterSeconds: 30 }),
    ]) {
      const world = createKeyWorld();
      world.server.rejectNextCreate(words);
      const work = workOf(await world.issue({ targets: [into(envFile)] }));
      expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason: words });
      expect(world.server.requests).toEqual(['create']);
      expect(world.records.keys.all()).toEqual([]);
      expect(world.items.has(`key/${work.keyId}`)).toBe(false);
      expect(world.envFiles.files.size).toBe(0);
      expect(world.journal.unfinished()).toEqual([]);
    }
  });

  it('keeps a key alive whose file cannot be written after all, and goes on from there', async () => {
    const world = createKeyWorld();
    world.fails('envFiles.write', unwritable);
    const work = workOf(await world.issue({ targets: [into(envFile)] }));
    expect(work).toMatchObject({ state: { step: 'stored' }, blocked: unwritable });
    expect(world.key(work.keyId)).toMatchObject({
      status: 'needs-attention',
      attention: 'targets-not-written',
    });
    finished(await world.goOn(work));
    expect(world.variable(envFile, 'API_KEY')).toBe(world.server.keys[0]?.secret);
    expect(world.key(work.keyId)).toMatchObject({ status: 'active', attention: null });
    expect(world.server.creates()).toBe(1);
  });
});

describe('an issued key that cannot be stored', () => {
  it('is revoked again', async () => {
    const world = createKeyWorld();
    world.fails('secrets.put', denied);
    const work = workOf(await world.issue());
    expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason: denied });
    expect(world.server.alive()).toEqual([]);
    expect(world.records.keys.all()).toEqual([]);
    expect(world.ports.unstored.size).toBe(0);
    expect(world.journal.unfinished()).toEqual([]);
  });

  async function neitherStoredNorRevoked() {
    const world = createKeyWorld();
    world.fails('secrets.put', denied);
    world.server.failNextRevocations(1);
    const work = workOf(await world.issue({ targets: [into(envFile)] }));
    return { world, work, value: world.server.keys[0]?.secret };
  }

  it('is offered to the user when even revoking fails', async () => {
    const { world, work, value } = await neitherStoredNorRevoked();
    expect(work).toMatchObject({ state: { step: 'created' }, blocked: denied });
    expect(world.key(work.keyId)).toMatchObject({ status: 'needs-attention', attention: 'not-stored' });
    const shown = await spendCopyOnce(world.ports, work.keyId, { purpose: 'show' });
    expect(shown.ok && shown.value.API_KEY?.reveal()).toBe(value);
  });

  it('is stored when the user goes on, and is still shown only once', async () => {
    const { world, work, value } = await neitherStoredNorRevoked();
    await spendCopyOnce(world.ports, work.keyId, { purpose: 'show' });
    finished(await world.goOn(work));
    expect(world.stored(work.keyId)).toBe(value);
    expect(world.variable(envFile, 'API_KEY')).toBe(value);
    expect(world.key(work.keyId)).toMatchObject({ status: 'active', copyOnce: { shown: true } });
    expect(world.server.creates()).toBe(1);
    expect(world.ports.unstored.size).toBe(0);
  });

  it('is still shown only once when it could not be stored a second time', async () => {
    const { world, work } = await neitherStoredNorRevoked();
    await spendCopyOnce(world.ports, work.keyId, { purpose: 'show' });
    world.fails('secrets.put', denied);
    world.server.failNextRevocations(1);
    expect(workOf(await world.goOn(work)).blocked).toEqual(denied);
    expect(await spendCopyOnce(world.ports, work.keyId, { purpose: 'show' })).toEqual({
      ok: false,
      error: failure('already-shown'),
    });
  });

  it('is listed as revoked when it could be revoked at the second try', async () => {
    const { world, work } = await neitherStoredNorRevoked();
    world.fails('secrets.put', denied);
    expect(workOf(await world.goOn(work)).state).toMatchObject({ step: 'finished', outcome: 'failed' });
    expect(world.server.alive()).toEqual([]);
    expect(world.key(work.keyId)).toMatchObject({ status: 'revoked', attention: null });
  });

  it('is replaced by a whole one when the app was closed before it could be stored', async () => {
    const { world, work } = await neitherStoredNorRevoked();
    world.restart();
    await world.resume();
    const alive = world.server.alive();
    expect(alive.map((key) => key.id)).toEqual(['k2']);
    expect(world.key(work.keyId)).toMatchObject({ status: 'active', providerKeyId: 'k2' });
    expect(world.key(work.keyId).fields[0]?.lastFour).toBe('0002');
    expect(world.stored(work.keyId)).toBe(alive[0]?.secret);
    expect(world.variable(envFile, 'API_KEY')).toBe(alive[0]?.secret);
  });

  it('never comes back to life from what a failed write left in the keychain', async () => {
    const world = createKeyWorld();
    world.fails('secrets.put', denied);
    const how = freshRun({});
    const planned = await planIssue(world.ports, world.wish(), how);
    if (!planned.ok) throw new Error(planned.error.code);
    world.items.set(`key/${planned.value.keyId}`, '{"API_KEY":"half of"}');
    const started = await world.works.start(planned.value, how);
    if (started.ok) await started.value.ended;
    expect(world.items.has(`key/${planned.value.keyId}`)).toBe(false);
  });
});

describe('an answer that got lost', () => {
  it('means one create, an unknown outcome, and the stray found by its label', async () => {
    const world = createKeyWorld();
    world.server.makeByHand('mail');
    world.server.loseNextAnswer();
    const work = workOf(await world.issue());
    expect(work.state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
    expect(world.server.creates()).toBe(1);
    expect(world.server.alive().map((key) => key.id)).toEqual(['k1', 'k2']);
    expect(world.events()).toContain('outcome-unknown');
  });

  it('waits for the user, also over a restart', async () => {
    const world = createKeyWorld();
    world.server.loseNextAnswer();
    const work = workOf(await world.issue());
    world.restart();
    await world.resume();
    await world.goOn(work);
    expect(world.works.get(work.id)?.state).toEqual({ step: 'outcome-unknown', strays: ['k1'] });
    expect(world.server.creates()).toBe(1);
  });

  it('is settled by revoking the stray', async () => {
    const world = createKeyWorld();
    world.server.loseNextAnswer();
    const work = workOf(await world.issue());
    const ended = await world.works.revokeStrays(work.id, {});
    expect(ended).toMatchObject({ ok: true, value: { state: { step: 'finished', outcome: 'failed' } } });
    expect(world.server.alive()).toEqual([]);
    expect(world.journal.unfinished()).toEqual([]);
    finished(await world.issue());
    expect(world.server.alive()).toHaveLength(1);
  });

  it('ends the work where the list shows that nothing was made', async () => {
    const world = createKeyWorld();
    world.server.loseNextAnswer(false);
    expect(workOf(await world.issue()).state).toMatchObject({
      step: 'finished',
      outcome: 'failed',
      reason: { code: 'provider-unreachable' },
    });
    expect(world.server.creates()).toBe(1);
  });

  it('is looked into later when the list cannot be read now', async () => {
    const world = createKeyWorld();
    world.server.loseNextAnswer();
    world.server.failNextLists(2);
    const work = workOf(await world.issue());
    expect(work.state).toEqual({ step: 'outcome-unknown', strays: null });
    expect(workOf(await world.goOn(work)).blocked).toMatchObject({ code: 'provider-unreachable' });
    expect(workOf(await world.goOn(work))).toMatchObject({ state: { strays: ['k1'] }, blocked: null });
    expect(world.server.creates()).toBe(1);
  });

  it('revokes no stray that it could not look for before it has named it', async () => {
    const world = createKeyWorld();
    world.server.loseNextAnswer();
    world.server.failNextLists(2);
    const work = workOf(await world.issue());
    expect(await world.works.revokeStrays(work.id, {})).toMatchObject({ ok: false });
    expect(world.journal.unfinished()).toHaveLength(1);
    expect(await world.works.revokeStrays(work.id, {})).toMatchObject({
      value: { state: { step: 'outcome-unknown', strays: ['k1'] } },
    });
    expect(world.server.alive()).toHaveLength(1);
    expect(await world.works.revokeStrays(work.id, {})).toMatchObject({ ok: true });
    expect(world.server.alive()).toEqual([]);
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('is told apart from a key of another connection that happens to have the same id', async () => {
    const world = createKeyWorld();
    const other = world.ports.ids.connection();
    const key = await world.aKey();
    await world.records.keys.put({ ...key, connectionId: other, providerKeyId: 'k2' });
    world.server.loseNextAnswer();
    expect(workOf(await world.issue()).state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
  });

  it('offers what was made since, where the provider lists no names, and revokes none of it by itself', async () => {
    const world = createKeyWorld();
    world.server.behaviour.listsNames = false;
    const known = await world.aKey();
    world.server.loseNextAnswer();
    const work = workOf(await world.issue({ name: 'shop' }));
    expect(work.state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
    world.restart();
    await world.resume();
    expect(world.server.alive().map((key) => key.id)).toEqual([known.providerKeyId, 'k2']);
  });

  it('does not offer the key that another issue has just made', async () => {
    const world = createKeyWorld();
    world.server.behaviour.listsNames = false;
    world.fails('secrets.put', denied);
    world.server.failNextRevocations(1);
    await world.issue({ name: 'shop' });
    world.server.loseNextAnswer();
    expect(workOf(await world.issue()).state).toEqual({ step: 'outcome-unknown', strays: ['k2'] });
  });
});

describe('a power cut while a key is made', () => {
  /** The value is stored, but the journal, which could not be written, says only that a create was begun. */
  async function storedOnly(listsNames: boolean) {
    const world = createKeyWorld();
    world.server.behaviour.listsNames = listsNames;
    world.failsWhen('journal.write', diskFull, () => world.server.creates() === 1);
    const work = workOf(await world.issue({ targets: [into(envFile)] }));
    world.fails('journal.write', diskFull);
    await world.goOn(work);
    expect(world.journal.history.map((line) => line.state.step)).toEqual(['creating']);
    expect(world.stored(work.keyId)).toBe(world.server.keys[0]?.secret);
    world.restart();
    return { world, id: work.keyId };
  }

  it('loses no key whose value is in the keychain already', async () => {
    for (const listsNames of [true, false]) {
      const { world, id } = await storedOnly(listsNames);
      await world.resume();
      expect(world.key(id)).toMatchObject({ status: 'active', providerKeyId: 'k1' });
      expect(world.variable(envFile, 'API_KEY')).toBe(world.server.keys[0]?.secret);
      expect(world.server.creates()).toBe(1);
      expect(world.server.alive()).toHaveLength(1);
      expect(world.journal.unfinished()).toEqual([]);
    }
  });

  it('never takes a stranger for the key, where several could be it', async () => {
    const { world, id } = await storedOnly(false);
    const stranger = world.server.makeByHand('');
    await world.resume();
    expect(workOf(await world.revoke(world.key(id))).blocked).toMatchObject({ code: 'revocation-needed' });
    expect(stranger.active).toBe(true);
  });

  it('asks the user where the provider lists no names, instead of guessing', async () => {
    const world = createKeyWorld();
    world.server.behaviour.listsNames = false;
    const byHand = world.server.makeByHand('');
    world.power.cutAfter(3);
    await world.issue();
    expect(world.power.effects.at(-1)).toBe('provider.create');
    world.restart();
    await world.resume();
    expect(world.works.list()[0]?.state).toEqual({ step: 'outcome-unknown', strays: [byHand.id, 'k2'] });
    expect(world.server.alive()).toHaveLength(2);
    expect(world.server.creates()).toBe(1);
  });

  it('makes the work wait for answers that only the user can give', async () => {
    const world = createKeyWorld();
    world.power.cutBefore(3);
    await world.issue();
    world.restart();
    const asked = failure('answer-needed', { questions: ['otp'] });
    world.server.rejectNextCreate(asked);
    await world.resume();
    const [work] = world.works.list();
    expect(work).toMatchObject({ state: { step: 'creating' }, blocked: asked });
    if (work !== undefined) finished(await world.goOn(work));
    expect(world.server.alive()).toHaveLength(1);
  });
});

describe('a provider that does not offer everything by HTTP', () => {
  it('is asked for no key where it makes none', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('create');
    const missing = failure('operation-missing', { provider: 'Example', operation: 'create' });
    expect(await world.issue()).toEqual({ ok: false, error: missing });
    expectUntouched(world);
  });

  it('leaves it to the user what a lost answer came to where it lists nothing', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('list');
    world.power.cutAfter(3);
    await world.issue();
    expect(world.power.effects.at(-1)).toBe('provider.create');
    world.restart();
    await world.resume();
    const [work] = world.works.list();
    expect(work?.state).toEqual({ step: 'outcome-unknown', strays: null });
    if (work !== undefined) expect(workOf(await world.goOn(work)).blocked).toBeNull();
    expect(world.server.creates()).toBe(1);
    if (work !== undefined) expect(await world.works.giveUp(work.id)).toMatchObject({ ok: true });
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('waits until the user has revoked the key whose value got lost, and makes another one then', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('revoke');
    world.power.cutAfter(3);
    await world.issue();
    world.restart();
    await world.resume();
    const [work] = world.works.list();
    expect(work).toMatchObject({ state: { step: 'creating' }, blocked: { code: 'revocation-needed' } });
    expect(world.server.creates()).toBe(1);
    world.server.revokeByHand('k1');
    if (work !== undefined) finished(await world.goOn(work, { doneByHand: true }));
    expect(world.server.alive().map((key) => key.id)).toEqual(['k2']);
  });

  it('has the user revoke the stray of a lost answer, and believes its list', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('revoke');
    world.server.loseNextAnswer();
    const work = workOf(await world.issue());
    expect(work.state).toEqual({ step: 'outcome-unknown', strays: ['k1'] });
    expect(await world.works.revokeStrays(work.id, {})).toMatchObject({
      error: { code: 'operation-missing' },
    });
    const still = workOf(await world.goOn(work, { doneByHand: true }));
    expect(still.state).toEqual({ step: 'outcome-unknown', strays: ['k1'] });
    world.server.revokeByHand('k1');
    expect(workOf(await world.goOn(still, { doneByHand: true })).state).toMatchObject({ outcome: 'failed' });
    expect(world.journal.unfinished()).toEqual([]);
  });
});
