import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { hourMs, workOf } from '../../support/key-world.ts';
import { createConnectionWorld } from './connection-world.ts';

function aWorld() {
  const world = createConnectionWorld();
  return {
    ...world,
    async strays(): Promise<string[]> {
      const found = await world.handlers['connections.strays']({ id: world.id });
      if (!found.ok) throw new Error(found.error.code);
      return found.value.strays.map((stray) => stray.providerKeyId);
    },
    revoke: (providerKeyId: string, confirmName: string) =>
      world.handlers['connections.revokeStray']({ id: world.id, providerKeyId, confirmName, answers: {} }),
    revocations: () => world.server.requests.filter((request) => request.startsWith('revoke')),
  };
}

describe('strays', () => {
  it('are the living keys that the provider lists and the vault does not know', async () => {
    const world = aWorld();
    await world.aKey();
    const byHand = world.server.makeByHand('made by hand');
    const dead = world.server.makeByHand('dead');
    dead.active = false;
    expect(await world.strays()).toEqual([byHand.id]);
  });

  it('are judged by the keys of their own connection: another one may use the same ids', async () => {
    const world = aWorld();
    const key = await world.aKey();
    const other = world.ports().ids.connection();
    await world.records.keys.put({ ...key, connectionId: other });
    expect(await world.strays()).toEqual([key.providerKeyId]);
  });

  it.each([true, false])('are not the key that is just being made (names listed: %s)', async (listsNames) => {
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
    expect(await world.strays()).toEqual([old.id]);
    resolve();
    await issuing;
    expect(await world.strays()).toEqual([old.id]);
  });

  it.each([true, false])(
    'are not what unfinished work may have made: it is offered there (names listed: %s)',
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

  it('are not a key of the vault whose id at the provider never became known', async () => {
    const world = aWorld();
    const key = await world.aKey();
    await world.records.keys.put({ ...key, providerKeyId: null });
    expect(await world.strays()).toEqual([]);
  });

  it('are not looked for where the provider cannot be asked', async () => {
    const world = aWorld();
    world.server.failNextLists(1);
    expect(await world.handlers['connections.strays']({ id: world.id })).toMatchObject({
      ok: false,
      error: { code: 'provider-unreachable' },
    });
  });
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

  it('never touches a key of the vault', async () => {
    const world = aWorld();
    const key = await world.aKey();
    expect(await world.revoke(key.providerKeyId ?? '', key.label)).toEqual({ ok: true, value: {} });
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
