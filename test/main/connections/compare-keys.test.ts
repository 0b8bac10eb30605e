import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Work } from '../../../shared/domain/work.ts';
import type { Standing } from '../../../shared/ipc/connections.contract.ts';
import { hourMs, workOf } from '../../support/key-world.ts';
import { createConnectionWorld } from './connection-world.ts';

const dropped = failure('provider-unreachable', { host: 'keys.example.com', reason: 'dropped' });

function aWorld() {
  const world = createConnectionWorld();
  const compare = async (): Promise<Standing[]> => {
    const found = await world.handlers['connections.compare']({ id: world.id, answers: {} });
    if (!found.ok) throw new Error(found.error.code);
    return found.value.keys;
  };
  return {
    ...world,
    compare,
    /** Each key as `standing name`. */
    standings: async () => (await compare()).map(({ standing, name }) => `${standing} ${name}`),
    strays: async () =>
      (await compare()).flatMap(({ standing, listed }) =>
        standing === 'stray' ? [listed?.providerKeyId ?? ''] : [],
      ),
    put: (key: KeyRecord, changes: Partial<KeyRecord>) => world.records.keys.put({ ...key, ...changes }),
    unfinished: (work: Pick<Work, 'kind' | 'keyId' | 'state'> & Partial<Work>) =>
      world.journal.write({
        id: world.ports().ids.work(),
        newKey: null,
        grace: 'now',
        origin: 'created',
        startedAt: world.clock.now(),
        updatedAt: world.clock.now(),
        blocked: null,
        ...work,
      }),
    revoke: (providerKeyId: string, confirmName: string) =>
      world.handlers['connections.revokeStray']({ id: world.id, providerKeyId, confirmName, answers: {} }),
    revocations: () => world.server.requests.filter((request) => request.startsWith('revoke')),
  };
}

describe('comparing the provider with the vault', () => {
  it('tells every standing apart, and says first what needs a look', async () => {
    const world = aWorld();
    const own = world.server.makeByHand('management');
    world.catalog.ownKeyId = own.id;
    const ended = world.server.makeByHand('ended');
    ended.active = false;
    world.server.makeByHand('a stray');
    await world.issue({ name: 'in step' });
    const vanished = await world.aKey();
    await world.put(vanished, { name: 'vanished' });
    world.server.removeByHand(vanished.providerKeyId ?? '');
    expect(await world.standings()).toEqual([
      'stray a stray',
      'vanished vanished',
      'in-step in step',
      'ended ended',
      'own management',
    ]);
    const byName = new Map((await world.compare()).map((each) => [each.name, each]));
    expect(byName.get('vanished')).toMatchObject({ listed: null, keyId: vanished.id });
    expect(byName.get('a stray')).toMatchObject({ listed: { name: 'a stray' }, keyId: null });
    expect(byName.get('in step')?.keyId).not.toBeNull();
  });

  it('changes nothing: no record, no activity, no key', async () => {
    const world = aWorld();
    const key = await world.aKey();
    world.server.removeByHand(key.providerKeyId ?? '');
    world.server.makeByHand('a stray');
    const before = [...world.power.effects];
    await world.compare();
    expect(world.power.effects.slice(before.length)).toEqual(['secrets.get']);
    expect(world.key(key.id)).toEqual(key);
  });

  it('says of a key that is disabled at the provider that it has vanished', async () => {
    const world = aWorld();
    const key = await world.aKey();
    const there = world.server.alive()[0];
    if (there !== undefined) there.active = false;
    expect(await world.compare()).toMatchObject([
      { standing: 'vanished', keyId: key.id, listed: { active: false } },
    ]);
  });

  it('shows a key that the vault took for revoked and that is alive as what has to be revoked', async () => {
    const world = aWorld();
    const key = await world.aKey();
    await world.put(key, { status: 'revoked', revokedAt: world.clock.now() });
    world.clock.advance(1);
    expect(await world.compare()).toMatchObject([{ standing: 'stray', keyId: key.id, name: 'mail' }]);
    expect(await world.revoke(key.providerKeyId ?? '', 'mail')).toEqual({ ok: true, value: {} });
    expect(world.server.alive()).toEqual([]);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'stray-revoked', keyId: key.id });
    expect(await world.standings()).toEqual(['ended mail']);
  });

  it('lays no stray on a key that is revoked while the provider answers', async () => {
    const world = aWorld();
    const key = await world.aKey();
    const { list } = world.server.provider;
    world.listsBy(async () => {
      const listed = await list({});
      await world.put(key, { status: 'revoked', revokedAt: world.clock.now() });
      return listed;
    });
    expect(await world.standings()).toEqual(['ended mail']);
  });

  it('misses no key that was made while the provider answered', async () => {
    const world = aWorld();
    const { list } = world.server.provider;
    world.listsBy(async () => {
      const listed = await list({});
      await world.issue();
      return listed;
    });
    expect(await world.compare()).toEqual([]);
  });

  it('counts the successor of a rotation that kept the provider’s id', async () => {
    const world = aWorld();
    const key = await world.aKey();
    const successor = { ...key, id: world.ports().ids.key(), name: 'new', replaces: key.id };
    await world.records.keys.put(successor);
    await world.put(key, { status: 'revoked', revokedAt: 1, replacedBy: successor.id });
    expect(await world.compare()).toMatchObject([{ standing: 'in-step', keyId: successor.id, name: 'new' }]);
  });

  it('is as good without knowing which key is the management credential', async () => {
    const world = aWorld();
    world.catalog.ownKeyId = dropped;
    world.server.makeByHand('management');
    expect(await world.standings()).toEqual(['stray management']);
  });

  it('recognises a key by its label where its id never became known, and never misses it', async () => {
    const world = aWorld();
    const key = await world.aKey();
    await world.put(key, { providerKeyId: null });
    expect(await world.standings()).toEqual(['in-step mail']);
    world.server.behaviour.listsNames = false;
    expect(await world.standings()).toEqual(['stray k1']);
    world.server.removeByHand('k1');
    expect(await world.standings()).toEqual([]);
  });

  it('judges by the keys of the connection: another one may use the same ids', async () => {
    const world = aWorld();
    const key = await world.aKey();
    await world.put(key, { connectionId: world.ports().ids.connection() });
    expect(await world.strays()).toEqual([key.providerKeyId]);
  });

  it('passes what the user was asked for to the list', async () => {
    const world = aWorld();
    const asked: (string | undefined)[] = [];
    world.listsBy(async (answers) => {
      asked.push(answers.otp?.reveal());
      return { ok: true, value: [] };
    });
    await world.handlers['connections.compare']({ id: world.id, answers: { otp: '123456' } });
    expect(asked).toEqual(['123456']);
  });

  it('does not miss a key that is being revoked just now', async () => {
    const world = aWorld();
    const key = await world.aKey();
    await world.unfinished({ kind: 'revoke', keyId: key.id, state: { step: 'revoking' } });
    const there = world.server.alive()[0];
    if (there !== undefined) there.active = false;
    expect(await world.standings()).toEqual(['ended mail']);
    world.server.removeByHand(key.providerKeyId ?? '');
    expect(await world.standings()).toEqual([]);
  });

  it('does not miss a key that was made just now and is not listed yet', async () => {
    const world = aWorld();
    const key = await world.aKey();
    await world.unfinished({ kind: 'issue', keyId: key.id, newKey: key, state: { step: 'stored' } });
    world.server.removeByHand(key.providerKeyId ?? '');
    expect(await world.standings()).toEqual([]);
  });

  it('says so where the provider cannot be asked', async () => {
    const world = aWorld();
    world.server.failNextLists(1);
    expect(await world.handlers['connections.compare']({ id: world.id, answers: {} })).toMatchObject({
      ok: false,
      error: { code: 'provider-unreachable' },
    });
  });
});

describe('keys that are being made', () => {
  it.each([true, false])('are left out (names listed: %s)', async (listsNames) => {
    const world = aWorld();
    world.server.behaviour.listsNames = listsNames;
    const old = world.server.makeByHand('older');
    world.clock.advance(hourMs);
    const { promise, resolve } = Promise.withResolvers<void>();
    const stored = Promise.withResolvers<void>();
    world.delays('secrets.put', () => {
      stored.resolve();
      return promise;
    });
    const issuing = world.issue();
    await stored.promise;
    expect(world.server.alive()).toHaveLength(2);
    expect((await world.compare()).map((each) => each.listed?.providerKeyId)).toEqual([old.id]);
    resolve();
    await issuing;
    expect(await world.strays()).toEqual([old.id]);
  });

  it.each([true, false])(
    'are offered at their work, not as strays, when its answer was lost (names listed: %s)',
    async (listsNames) => {
      const world = aWorld();
      world.server.behaviour.listsNames = listsNames;
      const old = world.server.makeByHand('older');
      world.clock.advance(hourMs);
      world.server.loseNextAnswer();
      const work = workOf(await world.issue());
      const made = world.server.alive()[1]?.id ?? '';
      expect(work.state).toEqual({ step: 'outcome-unknown', strays: [made] });
      expect(await world.strays()).toEqual([old.id]);
      expect(await world.revoke(made, work.newKey?.label ?? '')).toEqual({
        ok: false,
        error: failure('work-running'),
      });
      expect(world.revocations()).toEqual([]);
    },
  );
});

describe('revoking a stray', () => {
  it('needs its name', async () => {
    const world = aWorld();
    const stray = world.server.makeByHand('made by hand');
    expect(await world.revoke(stray.id, 'made by')).toEqual({
      ok: false,
      error: failure('confirmation-needed', { name: 'made by hand' }),
    });
    expect(world.revocations()).toEqual([]);
    expect(await world.revoke(stray.id, 'made by hand')).toEqual({ ok: true, value: {} });
    expect(stray.active).toBe(false);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'stray-revoked', subject: 'made by hand' });
  });

  it('needs its id where the provider lists no names', async () => {
    const world = aWorld();
    world.server.behaviour.listsNames = false;
    const stray = world.server.makeByHand('made by hand');
    expect(await world.revoke(stray.id, '')).toMatchObject({ error: { name: stray.id } });
    expect(await world.revoke(stray.id, stray.id)).toEqual({ ok: true, value: {} });
  });

  it('leaves the management credential alone unless its name is typed', async () => {
    const world = aWorld();
    const own = world.server.makeByHand('management');
    world.catalog.ownKeyId = own.id;
    expect(await world.revoke(own.id, '')).toEqual({
      ok: false,
      error: failure('confirmation-needed', { name: 'management' }),
    });
    expect(world.revocations()).toEqual([]);
    expect(await world.revoke(own.id, 'management')).toEqual({ ok: true, value: {} });
    expect(own.active).toBe(false);
  });

  it('never touches a living key of the vault', async () => {
    const world = aWorld();
    const key = await world.aKey();
    expect(await world.revoke(key.providerKeyId ?? '', 'mail')).toEqual({ ok: true, value: {} });
    expect(world.revocations()).toEqual([]);
    expect(world.server.alive()).toHaveLength(1);
  });

  it('says that the provider could not be asked, and claims nothing', async () => {
    const world = aWorld();
    const stray = world.server.makeByHand('made by hand');
    world.server.failNextRevocations(1);
    expect(await world.revoke(stray.id, 'made by hand')).toMatchObject({
      error: { code: 'provider-unreachable' },
    });
    expect(world.activity.entries).toEqual([]);
    expect(await world.strays()).toEqual([stray.id]);
  });
});
