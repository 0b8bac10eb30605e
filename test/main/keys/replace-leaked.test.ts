import { describe, expect, it } from 'vitest';
import { requestRevocation } from '../../../main/keys/request-revocation.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  into,
  type KeyWorld,
  otherEnvFile,
  workOf,
} from '../../support/key-world.ts';
import { expectWhole } from './power-cut-ends.ts';

const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
const needsName = { ok: false, error: failure('confirmation-needed', { name: 'mail' }) };

async function aWorld() {
  const world = createKeyWorld();
  const oldKey = await world.aKey(targets);
  return { world, oldKey };
}

async function makeLive(world: KeyWorld, key: KeyRecord): Promise<void> {
  await world.records.keys.put({ ...world.key(key.id), environment: 'live' });
}

const changes = (world: KeyWorld) =>
  world.server.requests.filter((request) => /^(create|revoke)/.test(request));

describe('replacing a key that has leaked', () => {
  it('gives the old key no grace, and revokes it as soon as the new one is in place', async () => {
    const { world, oldKey } = await aWorld();
    const work = finished(await world.replaceLeaked(oldKey));
    expect(work).toMatchObject({ kind: 'rotate', grace: 'now', leaked: true });
    expect(changes(world)).toEqual(['create', 'create', 'revoke k1']);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', replacedBy: work.newKey?.id });
    expectWhole(world);
  });

  it('ends it at once, before there is a new one, when the user says so', async () => {
    const { world, oldKey } = await aWorld();
    const files: (string | undefined)[] = [];
    world.delays('provider.create', async () => {
      files.push(world.variable(envFile, 'API_KEY'), world.variable(otherEnvFile, 'MAIL_KEY'));
    });
    const work = finished(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(changes(world)).toEqual(['create', 'revoke k1', 'create']);
    // Until the new one is there, the files keep the dead value.
    expect(files).toEqual([world.stored(oldKey.id), world.stored(oldKey.id)]);
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'revoked',
      targets: [],
      replacedBy: work.newKey?.id,
    });
    expect(world.key(work.newKey?.id ?? oldKey.id)).toMatchObject({ status: 'active', replaces: oldKey.id });
    expectWhole(world);
  });

  it('keeps name, request, policy and targets', async () => {
    for (const revokeFirst of [false, true]) {
      const { world, oldKey } = await aWorld();
      const { newKey } = finished(await world.replaceLeaked(oldKey, { revokeFirst }));
      const { name, request, policy, targets: kept } = world.key(newKey?.id ?? oldKey.id);
      expect({ name, request, policy, targets: kept }).toEqual({
        name: oldKey.name,
        request: oldKey.request,
        policy: oldKey.policy,
        targets: oldKey.targets,
      });
    }
  });

  it('needs the name of a live key that is to end at once, and asks nobody without it', async () => {
    const { world, oldKey } = await aWorld();
    await makeLive(world, oldKey);
    const asked = world.server.requests.length;
    expect(await world.replaceLeaked(oldKey, { revokeFirst: true, confirmName: 'mial' })).toEqual(needsName);
    expect(world.server.requests).toHaveLength(asked);
    expect(world.journal.unfinished()).toEqual([]);
    finished(await world.replaceLeaked(oldKey, { revokeFirst: true, confirmName: 'mail' }));
  });

  it('needs no name where the new key comes first', async () => {
    const { world, oldKey } = await aWorld();
    await makeLive(world, oldKey);
    finished(await world.replaceLeaked(oldKey));
  });

  it('leaves out the files that the user names: they are not written, and followed no more', async () => {
    const { world, oldKey } = await aWorld();
    const [first] = oldKey.targets;
    const before = world.envFiles.files.get(envFile);
    const { newKey } = finished(
      await world.replaceLeaked(oldKey, { without: oldKey.targets.slice(0, 1).map(({ id }) => id) }),
    );
    expect(world.envFiles.files.get(envFile)).toBe(before);
    expect(world.key(newKey?.id ?? oldKey.id).targets.map(({ file }) => file)).toEqual([otherEnvFile]);
    expect(world.key(oldKey.id)).toMatchObject({ status: 'revoked', targets: [] });
    const noted = world.activity.entries.filter(({ event }) => event === 'target-unlinked');
    expect(noted.map(({ detail }) => detail)).toEqual([first?.file]);
  });

  it('keeps a live key out of a tracked file unless its name is typed or the file is left out', async () => {
    const tracked = { ok: false, error: failure('file-tracked', { file: envFile }) };
    for (const allowed of ['by-name', 'left-out']) {
      const { world, oldKey } = await aWorld();
      await makeLive(world, oldKey);
      world.git.states.set(envFile, 'tracked');
      expect(await world.replaceLeaked(oldKey, { confirmName: 'mail' })).toEqual(tracked);
      expect(await world.replaceLeaked(oldKey, { confirmTracked: 'mial' })).toEqual(tracked);
      const without = oldKey.targets.slice(0, 1).map(({ id }) => id);
      finished(
        await world.replaceLeaked(oldKey, allowed === 'by-name' ? { confirmTracked: 'mail' } : { without }),
      );
    }
  });

  it('ends it first also where its provider has no room for two, and needs the name of a live key then', async () => {
    const { world, oldKey } = await aWorld();
    await makeLive(world, oldKey);
    Object.assign(world.server.behaviour, { keyLimit: 1, saysLimit: true });
    expect(await world.replaceLeaked(oldKey)).toEqual(needsName);
    finished(await world.replaceLeaked(oldKey, { confirmName: 'mail' }));
    expect(changes(world)).toEqual(['create', 'revoke k1', 'create']);
  });

  it('leaves the key revoked and says why where no new one is made', async () => {
    const { world, oldKey } = await aWorld();
    const refusal = failure('provider-refused', { host: 'keys.example.com', status: 422, message: 'No' });
    world.server.rejectNextCreate(refusal);
    const work = workOf(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason: refusal });
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'revoked',
      replacedBy: null,
      targets: oldKey.targets,
    });
    expect(world.server.alive()).toEqual([]);
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('asks for no new key while the old one could not be ended', async () => {
    const { world, oldKey } = await aWorld();
    world.server.failNextRevocations(1);
    const stopped = workOf(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(stopped).toMatchObject({
      state: { step: 'revoking-first' },
      blocked: { code: 'provider-unreachable' },
    });
    expect(world.key(oldKey.id)).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });
    expect(world.server.creates()).toBe(1);
    const asked = { confirmName: '', answers: {} };
    const revoked = await requestRevocation(world.ports, world.works, oldKey.id, asked);
    expect(revoked).toMatchObject({ value: { id: stopped.id, state: { outcome: 'done' } } });
    expectWhole(world);
  });

  it('cannot be undone once the old key was ended first', async () => {
    const { world, oldKey } = await aWorld();
    world.server.failNextRevocations(1);
    const stopped = workOf(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(await world.undo(stopped)).toEqual({ ok: false, error: failure('undo-too-late') });
  });

  it('holds on to a new key that the provider does not accept yet: there is nothing to go back to', async () => {
    const { world, oldKey } = await aWorld();
    world.server.behaviour.refusesNewKeyFor = 20;
    const stopped = workOf(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(stopped).toMatchObject({ state: { step: 'stored' }, blocked: { code: 'key-not-verified' } });
    expect(world.key(stopped.newKey?.id ?? oldKey.id)).toMatchObject({ attention: 'not-verified' });
    for (let nth = 0; nth < 6 && world.journal.unfinished().length > 0; nth += 1) await world.goOn(stopped);
    expectWhole(world);
  });

  it('never takes the word that the old key is gone for another one that has to go', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('revoke');
    const oldKey = await world.aKey(targets);
    const stopped = workOf(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(stopped.blocked).toEqual(failure('revocation-needed', { provider: 'Example' }));
    world.server.revokeByHand('k1');
    // The new key cannot be stored, so it has to be revoked by hand too, or be shown.
    world.fails('secrets.put', failure('keychain-locked'));
    const next = workOf(await world.goOn(stopped, { doneByHand: true }));
    expect(next).toMatchObject({ state: { step: 'created' }, blocked: { code: 'keychain-locked' } });
    expect(world.records.keys.get(next.newKey?.id ?? oldKey.id)).toMatchObject({ attention: 'not-stored' });
    finished(await world.goOn(next));
    expectWhole(world);
  });

  it('is the provider’s own rotation where that ends the old value anyway', async () => {
    const world = createKeyWorld();
    world.server.behaviour.lacks.add('create').delete('rotate');
    const { secret } = world.server.makeByHand('Mail');
    const oldKey = world.key(finished(await world.takeIn(secret, { targets })).keyId);
    const work = finished(await world.replaceLeaked(oldKey, { revokeFirst: true }));
    expect(work).toMatchObject({ origin: 'rotated', leaked: true });
    expect(world.server.requests.filter((request) => request.startsWith('revoke'))).toEqual([]);
    expect(world.server.works(secret)).toBe(false);
  });

  it('is refused for a key that is being worked on, was replaced or is revoked', async () => {
    const { world, oldKey } = await aWorld();
    await world.rotate(oldKey, '24-hours');
    expect(await world.replaceLeaked(oldKey)).toEqual({ ok: false, error: failure('work-running') });
    const gone = await createKeyWorldWithRevoked();
    expect(await gone.world.replaceLeaked(gone.key)).toEqual({
      ok: false,
      error: failure('key-not-active', { status: 'revoked' }),
    });
  });
});

async function createKeyWorldWithRevoked() {
  const world = createKeyWorld();
  const key = await world.aKey();
  finished(await world.revoke(key));
  return { world, key };
}
