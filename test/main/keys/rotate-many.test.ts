import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newTarget } from '../../../main/keys/new-target.ts';
import { createBatches } from '../../../main/keys/rotate-many.ts';
import type { Vault } from '../../../main/vault/vault.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { type ConnectionId, keyIdSchema } from '../../../shared/domain/ids.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import { type BatchView, batchViewSchema } from '../../../shared/ipc/work.contract.ts';
import { ok } from '../../../shared/result.ts';
import { through } from '../../fakes/power-cut.ts';
import { createKeyWorld, envFile, finished, hourMs, into } from '../../support/key-world.ts';
import { expectWhole } from './power-cut-ends.ts';

/** A vault with so many keys at each of so many connections, and the batches over it. */
async function aWorld({ connections = 1, keysEach = 4 } = {}) {
  const world = createKeyWorld();
  const ids: ConnectionId[] = [world.connectionId];
  const first = world.records.connections.get(world.connectionId);
  while (first !== undefined && ids.length < connections) {
    const id = world.ports.ids.connection();
    await world.records.connections.put({ ...first, id });
    world.items.set(`connection/${id}`, 'credential');
    ids.push(id);
  }
  const keys: KeyRecord[] = [];
  for (const connectionId of ids) {
    for (let nth = 0; nth < keysEach; nth += 1) {
      const work = finished(await world.issue({ connectionId, name: `key ${nth}` }));
      keys.push(world.key(work.keyId));
    }
  }
  const vault: Vault = {
    secrets: world.ports.secrets,
    records: world.ports.records,
    activity: world.ports.activity,
    ports: world.ports,
    works: world.works,
  };
  const told: { view: BatchView; at: number }[] = [];
  const open = { vault: vault as Vault | null };
  const batches = createBatches({
    vault: () => open.vault,
    providerOf: () => undefined,
    changed: (view) => told.push({ view: batchViewSchema.parse(view), at: performance.now() }),
  });
  /** Answers when the batch has come to its end. */
  async function ended(): Promise<BatchView> {
    for (;;) {
      const view = batches.view();
      if (view !== null && view.finishedAt !== null) return batchViewSchema.parse(view);
      await new Promise(setImmediate);
    }
  }
  const rotate = (grace: 'now' | '1-hour' = 'now') =>
    batches.rotate(
      vault,
      keys.map((key) => key.id),
      grace,
    );
  const statesOf = (view: BatchView | null) => view?.keys.map(({ state }) => state);
  return { world, keys, vault, open, batches, told, rotate, ended, statesOf };
}

describe('rotating many keys', () => {
  it('replaces each of them, and says of each how it ended', async () => {
    const { world, keys, rotate, ended } = await aWorld();
    const begun = rotate();
    expect(begun).toMatchObject({ ok: true, value: { finishedAt: null, cancelled: false } });
    const view = await ended();
    expect(view.keys).toEqual(
      keys.map((key) =>
        expect.objectContaining({ keyId: key.id, name: key.name, state: 'done', failure: null }),
      ),
    );
    expectWhole(world);
    expect(world.server.alive().map((key) => key.id)).toEqual(['k5', 'k6', 'k7', 'k8']);
  });

  it('makes three calls at a time to a connection’s provider, and twelve altogether', async () => {
    const { world, keys, vault, rotate, ended } = await aWorld({ connections: 6, keysEach: 8 });
    const busy = new Map<ConnectionId, number>();
    const peaks: number[] = [];
    const totals: number[] = [];
    const { openProvider } = vault.ports;
    Object.assign(vault.ports, {
      openProvider: async (id: ConnectionId) => {
        const opened = await openProvider(id);
        const count = (change: 1 | -1) => {
          busy.set(id, (busy.get(id) ?? 0) + change);
          peaks.push(busy.get(id) ?? 0);
          totals.push([...busy.values()].reduce((sum, one) => sum + one, 0));
        };
        const around = async <R>(_effect: string, act: () => Promise<R>): Promise<R> => {
          count(1);
          const result = await act();
          count(-1);
          return result;
        };
        return opened.ok ? ok(through('call', opened.value, ['create', 'check', 'revoke'], around)) : opened;
      },
    });
    rotate();
    const view = await ended();
    expect(Math.max(...peaks)).toBe(3);
    expect(Math.max(...totals)).toBe(12);
    expect(view.keys.every((key) => key.state === 'done')).toBe(true);
    expect(world.server.alive()).toHaveLength(keys.length);
  });

  it('has no more than six rotations of a connection under way, and twenty-four altogether', async () => {
    const { world, keys, rotate, ended, batches } = await aWorld({ connections: 6, keysEach: 8 });
    const peaks: number[] = [];
    const totals: number[] = [];
    const sample = (): boolean => {
      const running = batches.view()?.keys.filter((key) => key.state === 'running') ?? [];
      const each = Map.groupBy(running, ({ keyId }) => keys.find((key) => key.id === keyId)?.connectionId);
      peaks.push(Math.max(0, ...[...each.values()].map((group) => group.length)));
      totals.push(running.length);
      return false;
    };
    world.failsWhen('journal.write', null, sample);
    rotate();
    await ended();
    expect(Math.max(...peaks)).toBe(6);
    expect(Math.max(...totals)).toBe(24);
  });

  it('one failure stops only its own key', async () => {
    const { world, keys, rotate, ended } = await aWorld();
    const [, second, third] = keys;
    if (second === undefined || third === undefined) throw new Error('No keys');
    await world.records.keys.put({
      ...second,
      targets: [newTarget(world.ports.ids.target(), into(envFile), second.name)],
    });
    world.envFiles.failNext('preflight', failure('file-unwritable', { file: envFile, reason: 'read-only' }));
    finished(await world.revoke(third));
    const view = await endOf(rotate, ended);
    expect(view.keys.map(({ state, failure: why }) => [state, why?.code ?? null])).toEqual([
      ['done', null],
      ['attention', 'file-unwritable'],
      ['attention', 'key-not-active'],
      ['done', null],
    ]);
    expect(world.key(second.id)).toMatchObject({ status: 'active', revokedAt: null });
  });

  it('says of a key what stopped its rotation, and later what became of it', async () => {
    const { world, rotate, ended, batches, statesOf } = await aWorld({ keysEach: 1 });
    world.server.failNextChecks(1);
    const view = await endOf(rotate, ended);
    expect(view.keys[0]).toMatchObject({ state: 'attention', failure: { code: 'provider-unreachable' } });
    const [work] = world.journal.unfinished();
    if (work === undefined) throw new Error('No work');
    await world.goOn(work);
    expect(statesOf(batches.view())).toEqual(['done']);
  });

  it('has ended when the old keys are in their grace, which is told until it is over', async () => {
    const { world, rotate, ended, batches, statesOf } = await aWorld({ keysEach: 2 });
    const view = await endOf(() => rotate('1-hour'), ended);
    expect(statesOf(view)).toEqual(['in-grace', 'in-grace']);
    world.clock.advance(hourMs);
    await world.tick();
    expect(statesOf(batches.view())).toEqual(['done', 'done']);
  });

  it('an outcome that is unknown needs a person', async () => {
    const { world, rotate, ended } = await aWorld({ keysEach: 1 });
    world.server.loseNextAnswer();
    const view = await endOf(rotate, ended);
    expect(view.keys[0]).toMatchObject({
      state: 'attention',
      failure: { code: 'outcome-unknown', strays: 1 },
    });
  });

  it('ends no old key at the moment of its rotation: that needs a word for each', async () => {
    const { world, rotate, ended } = await aWorld({ keysEach: 1 });
    world.server.behaviour.lacks.add('create').delete('rotate');
    const view = await endOf(rotate, ended);
    expect(view.keys[0]).toMatchObject({ state: 'attention', failure: { code: 'overlap-impossible' } });
    expect(world.server.requests).not.toContain('rotate k1');
  });

  it('says so of a key that is not there, and rotates one that is named twice only once', async () => {
    const { world, vault, keys, batches, ended } = await aWorld({ keysEach: 1 });
    const nobody = keyIdSchema.parse(`key_${'0'.repeat(20)}`);
    const twice = keys.flatMap(({ id }) => [id, id]);
    batches.rotate(vault, [...twice, nobody], 'now');
    const view = await ended();
    expect(view.keys.map(({ state, failure: why }) => [state, why])).toEqual([
      ['done', null],
      ['attention', failure('key-unknown')],
    ]);
    expect(world.server.creates()).toBe(2);
  });

  it('begins no second batch beside the first', async () => {
    const { rotate, ended } = await aWorld();
    rotate();
    expect(rotate()).toEqual({ ok: false, error: failure('batch-running') });
    await ended();
    expect(rotate()).toMatchObject({ ok: true });
    await ended();
  });
});

/** Begins and answers the end. */
async function endOf(begin: () => unknown, ended: () => Promise<BatchView>): Promise<BatchView> {
  begin();
  return ended();
}

describe('cancelling', () => {
  it('begins no more rotations, and lets those that have begun finish', async () => {
    const { world, rotate, ended, batches, statesOf } = await aWorld({ keysEach: 12 });
    rotate();
    while (world.server.creates() < 13) await new Promise(setImmediate);
    expect(batches.cancel()).toMatchObject({ cancelled: true, finishedAt: null });
    const view = await ended();
    expect(view.cancelled).toBe(true);
    expect(statesOf(view)).toEqual([...Array(6).fill('done'), ...Array(6).fill('skipped')]);
    expectWhole(world);
    expect(world.server.creates()).toBe(18);
  });

  it('changes nothing of a batch that has ended, and nothing where there was none', async () => {
    const { rotate, ended, batches } = await aWorld({ keysEach: 1 });
    expect(batches.cancel()).toBeNull();
    const view = await endOf(rotate, ended);
    expect(batches.cancel()).toEqual(view);
  });

  it('happens by itself when the vault is locked', async () => {
    const { world, open, rotate, ended, statesOf } = await aWorld({ keysEach: 12 });
    rotate();
    while (world.server.creates() < 13) await new Promise(setImmediate);
    open.vault = null;
    const view = await ended();
    expect(view.cancelled).toBe(true);
    expect(statesOf(view)?.filter((state) => state === 'skipped')).toHaveLength(6);
  });
});

describe('what the page is told', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('comes at most ten times a second, and ends with the end', async () => {
    const { told, rotate, ended } = await aWorld({ keysEach: 20 });
    rotate();
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise(setImmediate);
      vi.advanceTimersByTime(5);
    }
    const end = await ended();
    vi.advanceTimersByTime(100);
    const gaps = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
    expect(told.length).toBeGreaterThan(2);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
    expect(told.at(-1)?.view).toEqual(end);
  });
});
