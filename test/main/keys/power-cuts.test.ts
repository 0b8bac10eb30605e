import { describe, expect, it } from 'vitest';
import { deleteKey } from '../../../main/keys/delete-key.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Grace } from '../../../shared/domain/work.ts';
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

/** One thing that the user does, and how long to wait for its end. */
interface Deed {
  /** What was there before: an active key, or nothing. */
  readonly prepare: (world: KeyWorld) => Promise<KeyRecord | null>;
  readonly act: (world: KeyWorld, key: KeyRecord | null) => Promise<unknown>;
  readonly waitMs: number;
  /** What the user does when the work waits for them; done again after every restart. */
  readonly attend?: (world: KeyWorld) => Promise<void>;
  /** The old key is to die before there is a new one. */
  readonly revokesFirst?: true;
  /** One cut is enough: two are tried with a deed of the same steps. */
  readonly once?: true;
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

/** Makes the new key in the dashboard, and revokes the old one there, whenever the work waits for it. */
async function useDashboard(world: KeyWorld): Promise<void> {
  const waits = (code: string) => world.works.list().find((work) => work.blocked?.code === code);
  const forKey = waits('key-needed');
  if (forKey !== undefined) {
    const made = world.server.keys.find((key) => key.label === 'New') ?? world.server.makeByHand('New');
    await world.goOn(forKey, { key: { API_KEY: new Secret(made.secret) } });
  }
  world.clock.advance(hourMs);
  await world.tick();
  const forRevocation = waits('revocation-needed');
  if (forRevocation === undefined) return;
  world.server.revokeByHand('k1');
  await world.goOn(forRevocation, { doneByHand: true });
}

/** Revokes the old key in the dashboard, and makes the new one there, whenever the work waits for it. */
async function revokeThenMake(world: KeyWorld): Promise<void> {
  const waits = (code: string) => world.works.list().find((work) => work.blocked?.code === code);
  const forRevocation = waits('revocation-needed');
  if (forRevocation !== undefined) {
    world.server.revokeByHand('k1');
    await world.goOn(forRevocation, { doneByHand: true });
  }
  const forKey = waits('key-needed');
  if (forKey === undefined) return;
  const made = world.server.keys.find((key) => key.label === 'New') ?? world.server.makeByHand('New');
  await world.goOn(forKey, { key: { API_KEY: new Secret(made.secret) } });
}

const deleteRevoked = (world: KeyWorld, key: KeyRecord | null) =>
  Promise.race([
    deleteKey(world.ports, world.works, given(key).id, { atProvider: 'revoke' }),
    world.power.gone,
  ]);

const byHand = (lacks: readonly ('create' | 'revoke' | 'check')[], grace: Grace): Deed => ({
  async prepare(world) {
    for (const operation of lacks) world.server.behaviour.lacks.add(operation);
    const { secret } = world.server.makeByHand('Old');
    const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
    return world.key(finished(await world.takeIn(secret, { targets })).keyId);
  },
  act: (world, key) => world.rotate(given(key), grace),
  attend: useDashboard,
  waitMs: 0,
});

const deeds: Record<string, Deed> = {
  'rotating a key that the user makes': { ...byHand(['create'], 'now'), once: true },
  'rotating a key that the user makes, with an hour of grace': {
    ...byHand(['create'], '1-hour'),
    once: true,
  },
  'rotating a key that the user makes and revokes': byHand(['create', 'revoke'], '1-hour'),
  'rotating a key that the user makes and revokes, and nobody can ask about': {
    ...byHand(['create', 'revoke', 'check'], 'now'),
    once: true,
  },
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
  'replacing a leaked key': {
    prepare: existing,
    act: (world, key) => world.replaceLeaked(given(key)),
    waitMs: 0,
  },
  'replacing a leaked key that is revoked at once': {
    prepare: existing,
    act: (world, key) => world.replaceLeaked(given(key), { revokeFirst: true }),
    waitMs: 0,
    revokesFirst: true,
  },
  'replacing a leaked key that the user makes and revokes at once': {
    ...byHand(['create', 'revoke'], 'now'),
    act: (world, key) => world.replaceLeaked(given(key), { revokeFirst: true }),
    attend: revokeThenMake,
    revokesFirst: true,
    once: true,
  },
  'rotating a key where there is no room for two': {
    async prepare(world) {
      const key = await existing(world);
      Object.assign(world.server.behaviour, { keyLimit: 1, saysLimit: true });
      return key;
    },
    act: (world, key) => world.rotate(given(key), '1-hour', true),
    waitMs: 0,
    revokesFirst: true,
    once: true,
  },
  'deleting a key that is revoked first': {
    prepare: existing,
    act: deleteRevoked,
    attend: async (world) => {
      const [key] = world.records.keys.all();
      if (key !== undefined) await deleteRevoked(world, key);
    },
    waitMs: 0,
    once: true,
  },
  'revoking a key': { prepare: existing, act: (world, key) => world.revoke(given(key)), waitMs: 0 },
};

/** The old key was dead before the next one was asked for, and until then every file kept its value. */
function expectRevokedFirst(world: KeyWorld, oldKey: KeyRecord): void {
  const revocations = world.revocations.filter((one) => one.key.id === oldKey.providerKeyId);
  expect(revocations).toHaveLength(1);
  for (const target of oldKey.targets)
    expect(revocations[0]?.files.get(target.file)).toContain(world.stored(oldKey.id));
  const secondCreate = world.server.requests.lastIndexOf('create');
  if (world.server.creates() > 1)
    expect(world.server.requests.indexOf(`revoke ${oldKey.providerKeyId}`)).toBeLessThan(secondCreate);
}

function expectRevokedInTurn(world: KeyWorld, oldKey: KeyRecord, { revokesFirst }: Deed): void {
  if (revokesFirst) expectRevokedFirst(world, oldKey);
  else expectRevokedLast(world, oldKey);
}

/** The old key went only when its replacement had been accepted by the provider and stood in every file. */
function expectRevokedLast(world: KeyWorld, oldKey: KeyRecord): void {
  const replacement = world.records.keys.all().find((key) => key.replaces === oldKey.id);
  const revocations = world.revocations.filter((one) => one.key.id === oldKey.providerKeyId);
  expect(revocations).toHaveLength(1);
  const value = world.server.keys.find((key) => key.id === replacement?.providerKeyId)?.secret;
  if (world.server.provider.offers.check)
    expect(revocations[0]?.accepted).toContain(replacement?.providerKeyId);
  for (const target of oldKey.targets) expect(revocations[0]?.files.get(target.file)).toContain(value);
}

const isReplacedIn = (end: ReturnType<typeof endOf>, key: KeyRecord): boolean =>
  end.keys.some((one) => one.id === key.id && one.replacedBy !== null);

async function takeUp(world: KeyWorld, { waitMs, attend }: Deed): Promise<void> {
  await world.resume();
  await attend?.(world);
  world.clock.advance(waitMs);
  await world.tick();
}

/** Keyturn revokes what it has made itself, and nothing else. */
function expectNoneOfTheUsersRevoked(world: KeyWorld): void {
  const made = world.server.keys.find((key) => key.label === 'New');
  expect(world.server.requests).not.toContain(`revoke ${made?.id}`);
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
  await deed.attend?.(world);
  world.clock.advance(deed.waitMs);
  await world.tick();
  expectWhole(world);
  return { end: endOf(world), effects: world.power.effects.length - effectsBefore };
}

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
        await deed.attend?.(world);
        world.clock.advance(deed.waitMs);
        await world.tick();
        world.restart();
        await takeUp(world, deed);
        const isWrittenDown = world.journal.history.length > planned;
        const where = `${cut} ${nth}`;
        expect([where, endOf(world)]).toEqual([where, isWrittenDown ? end : before]);
        expectWhole(world);
        expectNoneOfTheUsersRevoked(world);
        if (key !== null && isWrittenDown && isReplacedIn(end, key)) expectRevokedInTurn(world, key, deed);
      }
    }
  });

  if (deed.once) return;

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
          await deed.attend?.(world);
          if (world.journal.history.length === planned) break;
          world.restart();
          world.power[again](second);
          await takeUp(world, deed);
          isCut = world.power.effects.length === second;
          world.restart();
          await takeUp(world, deed);
          expect(endOf(world)).toEqual(end);
          expectWhole(world);
          expectNoneOfTheUsersRevoked(world);
          if (key !== null && isReplacedIn(end, key)) expectRevokedInTurn(world, key, deed);
        }
      }
    }
  });
});
