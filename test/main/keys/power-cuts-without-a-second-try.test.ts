import { describe, expect, it } from 'vitest';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  hourMs,
  into,
  type KeyWorld,
  otherEnvFile,
} from '../../support/key-world.ts';
import { cuts, endOf, expectWhole, times } from './power-cut-ends.ts';

const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
const sent = (world: KeyWorld, what: RegExp) => world.server.requests.filter((request) => what.test(request));

/** The names of the stored values, as they are the moment after a cut. */
const storedValues = (world: KeyWorld) => [...world.items.keys()].filter((name) => name.startsWith('key/'));

describe('taking a key in, whenever the power goes,', () => {
  function begin() {
    const world = createKeyWorld();
    const { secret } = world.server.makeByHand('From the dashboard');
    return { world, secret, before: endOf(world), act: () => world.takeIn(secret, { targets }) };
  }

  async function undisturbed() {
    const { world, act } = begin();
    finished(await act());
    return { end: endOf(world), effects: world.power.effects.length };
  }

  /** Either the value was stored, and all of it is here, or it was not, and nothing is. */
  function expectWholeOrNothing(
    { world, before }: ReturnType<typeof begin>,
    end: unknown,
    isStored: boolean,
  ) {
    expect(endOf(world)).toEqual(isStored ? end : before);
    expect(world.journal.unfinished()).toEqual([]);
    if (isStored) expectWhole(world);
    else expect(storedValues(world)).toEqual([]);
    expect(world.server.alive()).toHaveLength(1);
    expect(sent(world, /^(create|revoke|rotate)/)).toEqual([]);
  }

  it('ends with the whole key or with nothing, and never touches it at the provider', async () => {
    const { end, effects } = await undisturbed();
    const ends = new Set<boolean>();
    for (const nth of times(effects)) {
      for (const cut of cuts) {
        const begun = begin();
        const { world } = begun;
        world.power[cut](nth);
        await begun.act();
        world.restart();
        const isStored = storedValues(world).length > 0;
        const asked = world.server.requests.length;
        await world.resume();
        expectWholeOrNothing(begun, end, isStored);
        // A value that got lost is the user's to paste again; the provider has nothing to say to it.
        expect(world.server.requests).toHaveLength(asked);
        ends.add(isStored);
      }
    }
    expect(ends).toEqual(new Set([true, false]));
  });

  it('ends so also when it goes again while the app recovers', async () => {
    const { end, effects } = await undisturbed();
    for (const nth of times(effects)) {
      for (let second = 1, isCut = true; isCut; second += 1) {
        const begun = begin();
        const { world } = begun;
        world.power.cutAfter(nth);
        await begun.act();
        world.restart();
        const isStored = storedValues(world).length > 0;
        world.power.cutBefore(second);
        await world.resume();
        isCut = world.power.effects.length === second;
        world.restart();
        await world.resume();
        expectWholeOrNothing(begun, end, isStored);
      }
    }
  });
});

interface Kind {
  readonly keepsId: boolean;
  readonly graceSeconds: number;
}

describe.each<[string, Kind]>([
  ['keeps its id', { keepsId: true, graceSeconds: 0 }],
  ['gets another id', { keepsId: false, graceSeconds: 0 }],
  ['keeps its id, with an hour of grace', { keepsId: true, graceSeconds: 3_600 }],
  ['gets another id, with an hour of grace', { keepsId: false, graceSeconds: 3_600 }],
])('a key that its provider replaces and that %s, whenever the power goes,', (_title, kind) => {
  async function begin() {
    const world = createKeyWorld();
    const { behaviour } = world.server;
    behaviour.lacks.add('create').delete('rotate');
    behaviour.rotationKeepsId = kind.keepsId;
    behaviour.rotateGraceSeconds = kind.graceSeconds;
    const { secret } = world.server.makeByHand('Mail');
    const oldKey = world.key(finished(await world.takeIn(secret, { targets })).keyId);
    const effectsBefore = world.power.effects.length;
    const planned = world.journal.history.length;
    return { world, oldKey, secret, before: endOf(world), effectsBefore, planned };
  }
  type Begun = Awaited<ReturnType<typeof begin>>;

  const act = ({ world, oldKey }: Begun) => world.rotate(oldKey, '1-hour', true);

  async function waitAndTick(world: KeyWorld): Promise<void> {
    world.clock.advance(hourMs);
    await world.tick();
  }

  async function undisturbed() {
    const begun = await begin();
    const { world } = begun;
    await act(begun);
    await waitAndTick(world);
    expectWhole(world);
    return { end: endOf(world), effects: world.power.effects.length - begun.effectsBefore };
  }

  /** How far it had come when the power went. */
  function reached({ world, oldKey }: Begun): 'nothing' | 'replaced' | 'stored' {
    if (storedValues(world).some((name) => name !== `key/${oldKey.id}`)) return 'stored';
    return sent(world, /^rotate/).length > 0 ? 'replaced' : 'nothing';
  }

  /** The value that the provider answered is gone: the key says that it is dead, and nothing pretends otherwise. */
  function expectKnownToBeLost(world: KeyWorld, oldKey: KeyRecord): void {
    expect(world.journal.unfinished()).toMatchObject([{ state: { step: 'outcome-unknown' } }]);
    expect(world.key(oldKey.id)).toMatchObject({
      status: 'needs-attention',
      attention: 'outcome-unknown',
      revokedAt: null,
    });
    expect(world.records.keys.all()).toHaveLength(1);
  }

  function expectTrueEnd(begun: Begun, end: unknown, far: ReturnType<typeof reached>): void {
    const { world, oldKey, secret } = begun;
    expect(sent(world, /^rotate/).length).toBeLessThanOrEqual(1);
    expect(sent(world, /^revoke/)).toEqual([]);
    if (far === 'replaced') {
      expectKnownToBeLost(world, oldKey);
      return;
    }
    expect(endOf(world)).toEqual(far === 'stored' ? end : begun.before);
    expectWhole(world);
    if (far === 'nothing') expect(world.server.works(secret)).toBe(true);
  }

  async function recover(world: KeyWorld): Promise<void> {
    await world.resume();
    await waitAndTick(world);
    // While an old value may live in its grace, nobody can tell; afterwards the next start can.
    await world.resume();
  }

  it('is rotated at most once, and ends whole, untouched, or known to be lost', async () => {
    const { end, effects } = await undisturbed();
    const ends = new Set<string>();
    for (const nth of times(effects)) {
      for (const cut of cuts) {
        const begun = await begin();
        const { world } = begun;
        world.power[cut](nth);
        await act(begun);
        await waitAndTick(world);
        world.restart();
        const far = reached(begun);
        await recover(world);
        expectTrueEnd(begun, end, far);
        ends.add(far);
      }
    }
    expect(ends).toEqual(new Set(['nothing', 'replaced', 'stored']));
  });

  it('ends so also when it goes again while the app recovers', async () => {
    const { end, effects } = await undisturbed();
    for (const nth of times(effects)) {
      for (let second = 1, isCut = true; isCut; second += 1) {
        const begun = await begin();
        const { world } = begun;
        world.power.cutAfter(nth);
        await act(begun);
        world.restart();
        const far = reached(begun);
        world.power.cutBefore(second);
        await recover(world);
        isCut = world.power.effects.length === second;
        world.restart();
        await recover(world);
        expectTrueEnd(begun, end, far);
      }
    }
  });
});
