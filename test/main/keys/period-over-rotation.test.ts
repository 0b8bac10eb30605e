import { describe, expect, it } from 'vitest';
import { changeKeys } from '../../../main/keys/change-key.ts';
import { planKeys } from '../../../main/keys/plan-keys.ts';
import { snoozeKeys } from '../../../main/keys/snooze-keys.ts';
import { takeValue } from '../../../main/keys/take-value.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Work } from '../../../shared/domain/work.ts';
import {
  createKeyWorld,
  duesOf,
  envFile,
  finished,
  into,
  type KeyWorld,
  start,
  workOf,
} from '../../support/key-world.ts';

const policy = { everyDays: 30, because: '' };
const asTold = { policy, plannedDay: '2026-01-10', snoozedUntil: '2026-01-12' };
const dayMs = 86_400_000;

/** A key with a period of its own that is planned and snoozed. */
async function plannedKey(world: KeyWorld): Promise<KeyRecord> {
  const { id } = await world.aKey([into(envFile)]);
  await changeKeys(world.ports, [id], (key) => ({ ...key, policy }));
  await planKeys(world.ports, [{ id, day: asTold.plannedDay }]);
  await snoozeKeys(world.ports, [id], asTold.snoozedUntil);
  return world.key(id);
}

type Replacing = (world: KeyWorld, key: KeyRecord) => Promise<Work>;

const ways: [string, Replacing][] = [
  ['is made at the provider', async (world, key) => workOf(await world.rotate(key, '24-hours'))],
  [
    'is made by the provider in its place',
    async (world, key) => {
      world.server.behaviour.lacks.add('create').delete('rotate');
      world.server.behaviour.rotateGraceSeconds = 86_400;
      return workOf(await world.rotate(key, '24-hours'));
    },
  ],
  [
    'is made by hand',
    async (world, key) => {
      world.server.behaviour.lacks.add('create');
      const waiting = workOf(await world.rotate(key, '24-hours'));
      const made = new Secret(world.server.makeByHand('mine').secret);
      return workOf(await world.goOn(waiting, { key: { API_KEY: made } }));
    },
  ],
  ['replaces a leaked one', async (world, key) => workOf(await world.replaceLeaked(key))],
  [
    'is taken from its file',
    async (world, key) => {
      const made = world.server.makeByHand('mine').secret;
      world.envFiles.files.set(envFile, `API_KEY=${made}\n`);
      const [target] = key.targets;
      if (target === undefined) throw new Error('No target');
      const begun = await takeValue(world.ports, world.works, key.id, {
        targetId: target.id,
        grace: '24-hours',
        confirmName: '',
        anyForm: false,
        isSecret: () => true,
      });
      if (!begun.ok) throw new Error(begun.error.code);
      return begun.value.ended;
    },
  ],
];

describe('a key that replaces another', () => {
  it.each(ways)(
    'has its period, and neither its plan nor its snooze, when it %s',
    async (_title, replace) => {
      const world = createKeyWorld();
      const key = await plannedKey(world);
      const work = await replace(world, key);
      const newKey = world.records.keys.all().find(({ id }) => id === work.newKey?.id);
      expect(newKey).toMatchObject({ replaces: key.id, status: 'active' });
      expect(newKey).toMatchObject({ policy, plannedDay: null, snoozedUntil: null, lastUseToldAt: null });
      expect(world.key(key.id)).toMatchObject({ ...asTold, replacedBy: newKey?.id });
      expect(duesOf(world).dueOf(world.key(key.id))).toBeNull();
    },
  );

  it('gives all of it back when it is undone', async () => {
    const world = createKeyWorld();
    const key = await plannedKey(world);
    const work = workOf(await world.rotate(key, '24-hours'));
    const { id } = work.newKey ?? key;
    await planKeys(world.ports, [{ id, day: '2026-01-20' }]);
    workOf(await world.undo(work));
    expect(world.key(key.id)).toMatchObject({ ...asTold, status: 'active', replacedBy: null });
    expect(duesOf(world).dueOf(world.key(key.id))).toMatchObject({ because: 'plan' });
    expect(world.key(id)).toMatchObject({ status: 'revoked' });
  });

  it('has the period that was set while it was on its way', async () => {
    const world = createKeyWorld();
    const key = await plannedKey(world);
    world.server.behaviour.lacks.add('create');
    const waiting = workOf(await world.rotate(key, '24-hours'));
    await changeKeys(world.ports, [key.id], (one) => ({ ...one, policy: { everyDays: 7 } }));
    const made = new Secret(world.server.makeByHand('mine').secret);
    const work = workOf(await world.goOn(waiting, { key: { API_KEY: made } }));
    expect(world.key(work.newKey?.id ?? key.id).policy).toEqual({ everyDays: 7 });
  });

  it('keeps the period that it was given itself', async () => {
    const world = createKeyWorld();
    const key = await plannedKey(world);
    world.server.failNextChecks(1);
    const stopped = workOf(await world.rotate(key, '24-hours'));
    const { id } = stopped.newKey ?? key;
    await changeKeys(world.ports, [key.id], (one) => ({ ...one, policy: { everyDays: 7 } }));
    await changeKeys(world.ports, [id], (one) => ({ ...one, policy: { everyDays: 14 } }));
    const work = workOf(await world.goOn(stopped));
    expect(work.state.step).toBe('retiring');
    expect(world.key(id).policy).toEqual({ everyDays: 14 });
  });
});

describe('a new key', () => {
  it('inherits its period where none was chosen', async () => {
    const world = createKeyWorld();
    const issued = finished(await world.issue({ name: 'issued', policy: {} })).keyId;
    const taken = finished(
      await world.takeIn(world.server.makeByHand('mine').secret, { name: 'taken', policy: {} }),
    ).keyId;
    for (const id of [issued, taken]) {
      expect(world.key(id)).toMatchObject({ policy: {}, plannedDay: null, snoozedUntil: null });
      const dues = duesOf(world, { providerPolicies: { example: { everyDays: 30 } } });
      expect(dues.periodOf(world.key(id))).toMatchObject({ everyDays: 30, from: 'provider' });
    }
  });

  it('has the period that was chosen, or none with its reason', async () => {
    const world = createKeyWorld();
    const never = { everyDays: null, because: 'Printed on paper' };
    const id = finished(await world.issue({ policy: never })).keyId;
    expect(world.key(id).policy).toEqual(never);
    expect(duesOf(world).dueOf(world.key(id))).toBeNull();
  });

  it('that was taken in is due by the day on which it was made', async () => {
    const world = createKeyWorld();
    const issuedAt = start - 80 * dayMs;
    const { secret } = world.server.makeByHand('mine');
    const id = finished(await world.takeIn(secret, { issuedAt, policy: {} })).keyId;
    const dues = duesOf(world);
    expect(dues.startOf(dues.dueOf(world.key(id))?.day ?? 0)).toBe(start + 10 * dayMs);
  });
});
