import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import {
  createKeyWorld,
  envFile,
  hourMs,
  into,
  type KeyWorld,
  otherEnvFile,
} from '../../support/key-world.ts';

/** One thing that the user does, and how long to wait for its end. */
interface Deed {
  /** What was there before: an active key, or nothing. */
  readonly prepare: (world: KeyWorld) => Promise<KeyRecord | null>;
  readonly act: (world: KeyWorld, key: KeyRecord | null) => Promise<unknown>;
  readonly waitMs: number;
}

const existing = (world: KeyWorld) => world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
const given = (key: KeyRecord | null): KeyRecord => {
  if (key === null) throw new Error('This deed needs a key');
  return key;
};
const issuing = (targets: ReturnType<typeof into>[]): Deed => ({
  prepare: async () => null,
  act: (world) => world.issue({ targets }),
  waitMs: 0,
});
const rotating = (grace: Grace, waitMs: number): Deed => ({
  prepare: existing,
  act: (world, key) => world.rotate(given(key), grace),
  waitMs,
});

const deeds: Record<string, Deed> = {
  'issuing a key': issuing([]),
  'issuing a key into two files': issuing([into(envFile), into(otherEnvFile, 'MAIL_KEY')]),
  'rotating a key': rotating('now', 0),
  'rotating a key with an hour of grace': rotating('1-hour', hourMs),
  'undoing a rotation that the provider does not accept': {
    prepare: existing,
    act: (world, key) => {
      world.server.behaviour.refusesNewKeyFor = Number.POSITIVE_INFINITY;
      return world.rotate(given(key));
    },
    waitMs: 0,
  },
  'revoking a key': { prepare: existing, act: (world, key) => world.revoke(given(key)), waitMs: 0 },
};

/** What a person could tell of the end, whatever the provider happened to call the keys. */
function endOf(world: KeyWorld) {
  return {
    keys: world.records.keys
      .all()
      .map((key) => ({
        ...key,
        providerKeyId: null,
        fields: [],
        issuedAt: 0,
        revokedAt: key.revokedAt !== null,
      }))
      .sort((a, b) => a.id.localeCompare(b.id)),
    alive: world.server.alive().map((key) => key.label),
    variables: [...world.envFiles.files].map(([file, text]) => [file, Object.keys(parseEnv(text))]),
  };
}

/** What must be true whenever nothing is left to do. */
function expectWhole(world: KeyWorld): void {
  const records = world.records.keys.all();
  const alive = records.filter((key) => key.revokedAt === null);
  expect(world.journal.unfinished()).toEqual([]);
  expect(world.server.alive().map((key) => key.id)).toEqual(alive.map((key) => key.providerKeyId));
  expect([...world.items.keys()].filter((name) => name.startsWith('key/')).sort()).toEqual(
    records.map((key) => `key/${key.id}`).sort(),
  );
  for (const key of alive) {
    const atServer = world.server.keys.find((one) => one.id === key.providerKeyId);
    expect(world.stored(key.id)).toBe(atServer?.secret);
    expect(key.fields[0]?.lastFour).toBe(atServer?.secret.slice(-4));
    expect(key.issuedAt).toBe(atServer?.createdAt);
    expect({ status: key.status, attention: key.attention }).toEqual({ status: 'active', attention: null });
    for (const target of key.targets)
      expect(world.variable(target.file, target.variables.API_KEY ?? '')).toBe(atServer?.secret);
  }
}

/** The old key went only when its replacement had been accepted by the provider and stood in every file. */
function expectRevokedLast(world: KeyWorld, oldKey: KeyRecord): void {
  const replacement = world.records.keys.all().find((key) => key.replaces === oldKey.id);
  const revocations = world.revocations.filter((one) => one.key.id === oldKey.providerKeyId);
  expect(revocations).toHaveLength(1);
  const value = world.server.keys.find((key) => key.id === replacement?.providerKeyId)?.secret;
  expect(revocations[0]?.accepted).toContain(replacement?.providerKeyId);
  for (const target of oldKey.targets) expect(revocations[0]?.files.get(target.file)).toContain(value);
}

const isReplacedIn = (end: ReturnType<typeof endOf>, key: KeyRecord): boolean =>
  end.keys.some((one) => one.id === key.id && one.replacedBy !== null);

async function takeUp(world: KeyWorld, waitMs: number): Promise<void> {
  await world.resume();
  world.clock.advance(waitMs);
  await world.tick();
}

async function begin(deed: Deed) {
  const world = createKeyWorld();
  const key = await deed.prepare(world);
  const before = endOf(world);
  const effectsBefore = world.power.effects.length;
  return { world, key, before, effectsBefore };
}

async function undisturbed(deed: Deed) {
  const { world, key, effectsBefore } = await begin(deed);
  await deed.act(world, key);
  world.clock.advance(deed.waitMs);
  await world.tick();
  expectWhole(world);
  return { end: endOf(world), effects: world.power.effects.length - effectsBefore };
}

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const cuts = ['cutBefore', 'cutAfter'] as const;

describe.each(Object.entries(deeds))('%s ends the same however often the power goes', (_title, deed) => {
  it('once, at any effect', async () => {
    const { end, effects } = await undisturbed(deed);
    expect(effects).toBeGreaterThan(3);
    for (const nth of times(effects)) {
      for (const cut of cuts) {
        const { world, key, before } = await begin(deed);
        const planned = world.journal.history.length;
        world.power[cut](nth);
        await deed.act(world, key);
        world.clock.advance(deed.waitMs);
        await world.tick();
        world.restart();
        await takeUp(world, deed.waitMs);
        const isWrittenDown = world.journal.history.length > planned;
        const where = `${cut} ${nth}`;
        expect([where, endOf(world)]).toEqual([where, isWrittenDown ? end : before]);
        expectWhole(world);
        if (key !== null && isWrittenDown && isReplacedIn(end, key)) expectRevokedLast(world, key);
      }
    }
  });

  it('twice, the second time while it recovers', async () => {
    const { end, effects } = await undisturbed(deed);
    for (const nth of times(effects)) {
      for (const [cut, again] of [
        ['cutBefore', 'cutAfter'],
        ['cutAfter', 'cutBefore'],
      ] as const) {
        for (let second = 1, isCut = true; isCut; second += 1) {
          const { world, key } = await begin(deed);
          const planned = world.journal.history.length;
          world.power[cut](nth);
          await deed.act(world, key);
          if (world.journal.history.length === planned) break;
          world.restart();
          world.power[again](second);
          await takeUp(world, deed.waitMs);
          isCut = world.power.effects.length === second;
          world.restart();
          await takeUp(world, deed.waitMs);
          expect(endOf(world)).toEqual(end);
          expectWhole(world);
          if (key !== null && isReplacedIn(end, key)) expectRevokedLast(world, key);
        }
      }
    }
  }, 30_000);
});
