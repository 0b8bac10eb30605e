import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
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

const locked = failure('keychain-locked');
const denied = failure('keychain-denied');
const unwritable = failure('file-unwritable', { file: envFile, reason: 'read-only' });

/** A provider with one key that its owner made in the dashboard an hour ago. */
function aWorld() {
  const world = createKeyWorld();
  const byHand = world.server.makeByHand('From the dashboard');
  world.clock.advance(hourMs);
  return { world, byHand, value: byHand.secret };
}

/** Nothing is left behind here, and the provider's key is as it was. */
function expectNothingStored(world: KeyWorld): void {
  expect(world.records.keys.all()).toEqual([]);
  expect([...world.items.keys()]).toEqual(['vault', `connection/${world.connectionId}`]);
  expect(world.envFiles.files.size).toBe(0);
  expect(world.journal.unfinished()).toEqual([]);
  expect(world.ports.unstored.size).toBe(0);
  expect(world.server.alive()).toHaveLength(1);
  expect(world.server.requests.filter((request) => /^(create|revoke|rotate)/.test(request))).toEqual([]);
}

describe('taking in a key that exists already', () => {
  it('stores it, writes it down and into its files, and finds it in the provider’s list', async () => {
    const { world, byHand, value } = aWorld();
    const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
    const work = finished(await world.takeIn(value, { targets }));
    expect(world.stored(work.keyId)).toBe(value);
    expect(world.variable(envFile, 'API_KEY')).toBe(value);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(value);
    expect(world.key(work.keyId)).toMatchObject({
      status: 'active',
      attention: null,
      providerKeyId: byHand.id,
      label: 'From the dashboard',
      issuedAt: start,
      checkedAt: start + hourMs,
      fields: [{ name: 'API_KEY', lastFour: value.slice(-4) }],
    });
    expect(world.events()).toEqual([
      'key-taken-in',
      'target-followed',
      'target-followed',
      'target-writing',
      'target-written',
      'target-writing',
      'target-written',
    ]);
    expect(world.server.requests).toEqual(['check k1 accepted', 'list']);
  });

  it('leaves it sealed from the start: the user has the value anyway', async () => {
    const { world, value } = aWorld();
    const work = finished(await world.takeIn(value));
    expect(world.key(work.keyId).copyOnce).toEqual({ sealed: true, shown: false, copiedFields: [] });
  });

  it('stores the value before anything else learns of the key', async () => {
    const { world, value } = aWorld();
    await world.takeIn(value, { targets: [into(envFile)] });
    const effects = world.power.effects.filter((effect) => effect !== 'journal.write');
    expect(effects.slice(effects.indexOf('secrets.put'))).toEqual([
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
    const { world, value } = aWorld();
    await world.takeIn(value, { targets: [into(envFile)] });
    const { history } = world.journal;
    const written = [history, world.records.keys.all(), world.activity.entries, world.announced];
    expect(JSON.stringify(written)).not.toContain(value);
  });

  it('takes the blanks around a pasted value away', async () => {
    const { world, value } = aWorld();
    const work = finished(await world.takeIn(`  ${value}\n`));
    expect(world.stored(work.keyId)).toBe(value);
  });

  it('takes a key that works with limits', async () => {
    const { world, value } = aWorld();
    world.answers('provider.check', {
      ok: true,
      value: { outcome: 'valid-but-limited', message: 'Read only' },
    });
    finished(await world.takeIn(value));
  });

  it('takes the user’s word for when it was made', async () => {
    const { world, value } = aWorld();
    const work = finished(await world.takeIn(value, { issuedAt: start - 90 * 24 * hourMs }));
    expect(world.key(work.keyId).issuedAt).toBe(start - 90 * 24 * hourMs);
  });

  it('counts it as made now where nobody knows when, and leaves its id open where nobody knows it', async () => {
    const { world, value } = aWorld();
    world.server.behaviour.lacks.add('list').add('check');
    const work = finished(await world.takeIn(value));
    expect(world.key(work.keyId)).toMatchObject({
      issuedAt: start + hourMs,
      providerKeyId: null,
      checkedAt: null,
    });
    expect(world.server.requests).toEqual([]);
  });

  it('takes the key in without its id where the list cannot be read', async () => {
    const { world, value } = aWorld();
    world.server.failNextLists(1);
    const work = finished(await world.takeIn(value));
    expect(world.key(work.keyId).providerKeyId).toBeNull();
  });

  it('keeps a key whose file cannot be written after all, and goes on from there', async () => {
    const { world, value } = aWorld();
    world.fails('envFiles.write', unwritable);
    const work = workOf(await world.takeIn(value, { targets: [into(envFile)] }));
    expect(world.key(work.keyId)).toMatchObject({ attention: 'targets-not-written' });
    finished(await world.goOn(work));
    expect(world.variable(envFile, 'API_KEY')).toBe(value);
    expect(world.key(work.keyId)).toMatchObject({ status: 'active', attention: null });
  });
});

describe('a key is not taken in, and nothing is asked of the provider,', () => {
  it('when a file cannot be written', async () => {
    const { world, value } = aWorld();
    world.fails('envFiles.preflight', unwritable);
    const outcome = await world.takeIn(value, { targets: [into(envFile)] });
    expect(outcome).toEqual({ ok: false, error: unwritable });
    expect(world.server.requests).toEqual([]);
    expectNothingStored(world);
  });

  it.each(['abc$(id)def', 'encrypted:BE9Y', `'"\`$x`])(
    'when no file can carry it, as with %s',
    async (value) => {
      const { world } = aWorld();
      const reason = value.startsWith('encrypted') ? 'encrypted' : 'command';
      expect(await world.takeIn(value, { anyForm: true, targets: [into(envFile)] })).toEqual({
        ok: false,
        error: failure('value-unwritable', { variable: 'API_KEY', reason }),
      });
      expectNothingStored(world);
      expect(world.activity.entries).toEqual([]);
      expect(world.server.requests).toEqual([]);
    },
  );

  it('when the keychain is locked', async () => {
    const { world, value } = aWorld();
    world.secretStore.failWith(locked);
    expect(await world.takeIn(value)).toEqual({ ok: false, error: locked });
    expect(world.server.requests).toEqual([]);
  });

  it('when a living key has the name already', async () => {
    const { world, value } = aWorld();
    finished(await world.takeIn(value));
    const requests = world.server.requests.length;
    const other = world.server.makeByHand('Another');
    expect(await world.takeIn(other.secret)).toEqual({
      ok: false,
      error: failure('name-taken', { name: 'mail' }),
    });
    expect(world.server.requests).toHaveLength(requests);
  });

  it.each([
    ['is missing', '   ', 'field-missing'],
    ['does not look like one', 'ghp_something', 'key-form-unusual'],
    ['bears the mark of the other environment', 'sk_live_something', 'key-of-other-environment'],
  ])('when the value %s', async (_why, value, code) => {
    const { world } = aWorld();
    expect(await world.takeIn(value)).toMatchObject({ ok: false, error: { code, field: 'API_KEY' } });
    expect(world.server.requests).toEqual([]);
    expectNothingStored(world);
  });

  it('when the vault holds it already, in any connection', async () => {
    const { world, value } = aWorld();
    const key = world.key(finished(await world.takeIn(value)).keyId);
    await world.records.keys.put({ ...key, connectionId: world.ports.ids.connection(), name: 'old shop' });
    const requests = world.server.requests.length;
    expect(await world.takeIn(value, { name: 'again' })).toEqual({
      ok: false,
      error: failure('key-known', { name: 'old shop' }),
    });
    expect(world.server.requests).toHaveLength(requests);
  });

  it('when it is not of this environment, even if any form is taken', async () => {
    const { world } = aWorld();
    const outcome = await world.takeIn('sk_live_something', { anyForm: true });
    expect(outcome).toMatchObject({ error: { code: 'key-of-other-environment' } });
    expect(world.server.requests).toEqual([]);
  });
});

describe('a key is not taken in', () => {
  it('when its provider refuses it', async () => {
    const { world, byHand, value } = aWorld();
    world.server.revokeByHand(byHand.id);
    world.server.makeByHand('A living one');
    expect(await world.takeIn(value)).toEqual({
      ok: false,
      error: failure('key-refused', { message: 'No such key' }),
    });
    expectNothingStored(world);
  });

  it('when its provider cannot be asked just now', async () => {
    const { world, value } = aWorld();
    world.server.failNextChecks(1);
    expect(await world.takeIn(value)).toMatchObject({ error: { code: 'provider-unreachable' } });
    expectNothingStored(world);
  });

  it('and is left alone at its provider, when the keychain does not take it', async () => {
    const { world, value } = aWorld();
    world.fails('secrets.put', denied);
    const work = workOf(await world.takeIn(value, { targets: [into(envFile)] }));
    expect(work.state).toEqual({ step: 'finished', outcome: 'failed', reason: denied });
    expectNothingStored(world);
    expect(world.server.works(value)).toBe(true);
  });

  it('when the intent cannot be written down', async () => {
    const { world, value } = aWorld();
    const diskFull = failure('storage-failed', { file: 'journal', reason: 'no space left' });
    world.fails('journal.write', diskFull);
    expect(await world.takeIn(value)).toEqual({ ok: false, error: diskFull });
    expectNothingStored(world);
  });

  it('a second time, when it is sent twice at once', async () => {
    const { world, value } = aWorld();
    const both = await Promise.all([world.takeIn(value), world.takeIn(value, { name: 'twice' })]);
    finished(both[0]);
    expect(both[1]).toEqual({ ok: false, error: failure('key-known', { name: 'mail' }) });
    expect(world.records.keys.all()).toHaveLength(1);
  });
});

describe('a value that does not look like one of the provider', () => {
  it('is taken in when the user says so', async () => {
    const { world } = aWorld();
    world.server.behaviour.lacks.add('check');
    const work = finished(await world.takeIn('ghp_something_else', { anyForm: true }));
    expect(world.stored(work.keyId)).toBe('ghp_something_else');
  });
});

describe('which key of the provider’s list it is', () => {
  it('stays open where two could be it', async () => {
    const { world, byHand, value } = aWorld();
    world.server.keys.push({ ...byHand, id: 'k7', secret: `sk_value_other_${value.slice(-4)}` });
    const work = finished(await world.takeIn(value));
    expect(world.key(work.keyId).providerKeyId).toBeNull();
  });

  it('is never one that the vault holds already', async () => {
    const { world, byHand, value } = aWorld();
    const first = world.key(finished(await world.takeIn(value)).keyId);
    const other = { ...byHand, id: 'k7', secret: `sk_value_other_${value.slice(-4)}` };
    world.server.keys.push(other);
    const second = finished(await world.takeIn(other.secret, { name: 'shop' }));
    expect([first.providerKeyId, world.key(second.keyId).providerKeyId]).toEqual(['k1', 'k7']);
  });

  it('is the stray that the user adopts', async () => {
    const { world, byHand, value } = aWorld();
    world.server.keys.push({ ...byHand, id: 'k7', secret: `sk_value_other_${value.slice(-4)}` });
    const work = finished(await world.takeIn(value, { providerKeyId: 'k1' }));
    expect(world.key(work.keyId)).toMatchObject({ providerKeyId: 'k1', label: 'From the dashboard' });
  });

  it('is not the stray that the user means to adopt, when its list shows another value', async () => {
    const { world, value } = aWorld();
    const other = world.server.makeByHand('Another');
    const work = finished(await world.takeIn(value, { providerKeyId: other.id }));
    expect(world.key(work.keyId).providerKeyId).toBe('k1');
    finished(await world.revoke(world.key(work.keyId)));
    expect(other.active).toBe(true);
  });
});
