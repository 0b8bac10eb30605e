import { describe, expect, it } from 'vitest';
import { planIssue } from '../../../main/keys/issue-key.ts';
import { requestRevocation } from '../../../main/keys/request-revocation.ts';
import { freshRun } from '../../../main/keys/works.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { workIdSchema } from '../../../shared/domain/ids.ts';
import { createKeyWorld, envFile, finished, hourMs, into, start, workOf } from '../../support/key-world.ts';

const diskFull = failure('storage-failed', { file: 'journal', reason: 'no space left' });
const nobody = workIdSchema.parse('wrk_00000000000000000000');

describe('work in hand', () => {
  it('is listed newest first, and with what finished since the start', async () => {
    const world = createKeyWorld();
    const first = workOf(await world.issue({ name: 'mail' }));
    world.clock.advance(1_000);
    world.server.loseNextAnswer();
    const second = workOf(await world.issue({ name: 'shop' }));
    expect(world.works.list().map((work) => work.id)).toEqual([second.id, first.id]);
    world.restart();
    expect(world.works.list().map((work) => work.id)).toEqual([second.id]);
  });

  it('keeps no more than fifty finished works in memory', async () => {
    const world = createKeyWorld();
    for (let nth = 0; nth < 60; nth += 1) await world.issue({ name: `key ${nth}` });
    expect(world.works.list().length).toBeLessThanOrEqual(51);
    expect(world.records.keys.all()).toHaveLength(60);
  });

  it('is told to the page at every step, once it is written down', async () => {
    const world = createKeyWorld();
    await world.issue();
    expect(world.announced.map((work) => work.state.step)).toEqual([
      'creating',
      'created',
      'stored',
      'finished',
    ]);
    expect(world.announced).toEqual(world.journal.history);
  });

  it('that is not known is answered with words', async () => {
    const world = createKeyWorld();
    const unknown = { ok: false, error: failure('work-unknown') };
    expect(await world.works.goOn(nobody, { answers: {} })).toEqual(unknown);
    expect(await world.works.revokeStrays(nobody, {})).toEqual(unknown);
    expect(await world.works.giveUp(nobody)).toEqual(unknown);
  });

  it('that runs is neither gone on with nor given up', async () => {
    const world = createKeyWorld();
    const how = freshRun({});
    const planned = await planIssue(world.ports, world.wish(), how);
    const begun = planned.ok ? await world.works.start(planned.value, how) : planned;
    if (!planned.ok || !begun.ok) throw new Error('Refused');
    const running = { ok: false, error: failure('work-running') };
    expect(await world.works.goOn(planned.value.id, { answers: {} })).toEqual(running);
    expect(await world.works.giveUp(planned.value.id)).toEqual(running);
    await world.works.settled();
    finished({ ok: true, value: await begun.value.ended });
  });

  it('that has finished cannot be given up any more', async () => {
    const world = createKeyWorld();
    const work = finished(await world.issue());
    expect(await world.works.giveUp(work.id)).toEqual({ ok: false, error: failure('work-unknown') });
    expect(world.works.get(work.id)?.state).toMatchObject({ outcome: 'done' });
  });

  it('goes on from every step at which the journal could not be written', async () => {
    for (const step of ['created', 'stored', 'verified', 'delivered', 'retiring', 'revoking', 'finished']) {
      const world = createKeyWorld();
      const key = await world.aKey([into(envFile)]);
      const before = ['creating', 'created', 'stored', 'verified', 'delivered', 'retiring', 'revoking'];
      const reached = before[before.indexOf(step) - 1] ?? 'revoking';
      world.failsWhen('journal.write', diskFull, () => world.journal.history.at(-1)?.state.step === reached);
      const work = workOf(await world.rotate(key));
      expect([step, work.blocked]).toEqual([step, diskFull]);
      const goneOn = await world.goOn(work);
      // What was only waited for is done at the next tick.
      await world.tick();
      expect([step, world.works.get(work.id)?.state.step]).toEqual([step, 'finished']);
      expect(goneOn).toMatchObject({ ok: true });
      expect(world.server.alive().map((one) => one.id)).toEqual(['k2']);
      expect(world.key(key.id)).toMatchObject({ status: 'revoked', attention: null });
      expect(world.journal.unfinished()).toEqual([]);
    }
  });

  it('is taken up again, all of it, at a start', async () => {
    const world = createKeyWorld();
    const keys = [];
    for (const name of ['one', 'two', 'three'])
      keys.push(world.key(finished(await world.issue({ name })).keyId));
    world.server.failNextRevocations(3);
    for (const key of keys) await world.rotate(key);
    expect(world.server.alive()).toHaveLength(6);
    world.restart();
    await world.resume();
    expect(world.server.alive()).toHaveLength(3);
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('that stops at a start for the reason it stopped for before is not written down again', async () => {
    const world = createKeyWorld();
    const key = await world.aKey();
    world.server.failNextRevocations(3);
    const work = workOf(await world.rotate(key));
    const lines = () => [world.journal.history.length, world.activity.entries.length];
    const before = lines();
    world.restart();
    await world.resume();
    expect(lines()).toEqual(before);
    expect(world.works.get(work.id)).toEqual(work);
    expect(world.key(key.id)).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });
    // Somebody who asks is answered anew.
    await world.goOn(work);
    expect(world.journal.history.length).toBe((before[0] ?? 0) + 1);
    finished(await world.goOn(work));
  });

  it('is taken up at a start with three at a time at each connection', async () => {
    const world = createKeyWorld();
    for (let nth = 0; nth < 10; nth += 1) {
      const { keyId } = finished(await world.issue({ name: `key ${nth}` }));
      world.server.failNextRevocations(1);
      await world.rotate(world.key(keyId));
    }
    world.restart();
    const { openProvider } = world.ports;
    let busy = 0;
    let most = 0;
    Object.assign(world.ports, {
      openProvider: async (id: Parameters<typeof openProvider>[0]) => {
        busy += 1;
        most = Math.max(most, busy);
        const opened = await openProvider(id);
        busy -= 1;
        return opened;
      },
    });
    await world.resume();
    expect(most).toBe(3);
    expect(world.journal.unfinished()).toEqual([]);
  });

  it('costs nothing while nothing is due', async () => {
    const world = createKeyWorld();
    await world.rotate(await world.aKey(), '1-hour');
    const effects = world.power.effects.length;
    world.clock.set(start + hourMs - 1);
    await world.tick();
    expect(world.power.effects).toHaveLength(effects);
  });

  it('ends a grace at once when the user revokes the old key', async () => {
    const world = createKeyWorld();
    const key = await world.aKey();
    const rotation = workOf(await world.rotate(key, '7-days'));
    expect(rotation.state.step).toBe('retiring');
    const ended = workOf(
      await requestRevocation(world.ports, world.works, key.id, { confirmName: key.name, answers: {} }),
    );
    expect(ended).toMatchObject({ id: rotation.id, state: { step: 'finished', outcome: 'done' } });
    expect(world.key(key.id)?.status).toBe('revoked');
    expect(world.server.keys.filter((one) => one.active)).toHaveLength(1);
  });
});
