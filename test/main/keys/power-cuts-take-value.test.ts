import { expect, it } from 'vitest';
import { takeValue } from '../../../main/keys/take-value.ts';
import {
  createKeyWorld,
  envFile,
  hourMs,
  into,
  type KeyWorld,
  otherEnvFile,
} from '../../support/key-world.ts';
import { cuts, endOf, expectWhole, times } from './power-cut-ends.ts';

/** A key in two files, of which somebody has given one a new value. */
async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
  const made = world.server.makeByHand('New');
  const text = `# by hand\nAPI_KEY=${made.secret}\n`;
  world.envFiles.files.set(envFile, text);
  const targetId = key.targets[0]?.id ?? world.ports.ids.target();
  const take = async (): Promise<void> => {
    const wish = {
      targetId,
      grace: '1-hour',
      confirmName: '',
      anyForm: false,
      isSecret: () => true,
    } as const;
    const act = async () => {
      const begun = await takeValue(world.ports, world.works, key.id, wish);
      if (begun.ok) await begun.value.ended;
    };
    await Promise.race([act(), world.power.gone]);
  };
  return { world, key, made, text, take };
}

async function waitForGrace(world: KeyWorld): Promise<void> {
  world.clock.advance(hourMs);
  await world.tick();
}

async function undisturbed() {
  const { world, take } = await aWorld();
  const before = world.power.effects.length;
  await take();
  await waitForGrace(world);
  expectWhole(world);
  return { end: endOf(world), effects: world.power.effects.length - before };
}

it('taking a value from a file ends the same however often the power goes, and nobody has to paste it', async () => {
  const { end, effects } = await undisturbed();
  expect(effects).toBeGreaterThan(10);
  for (const nth of times(effects)) {
    for (const cut of cuts) {
      for (const again of [null, 1, 3, 6]) {
        const { world, key, made, text, take } = await aWorld();
        const known = world.journal.history.length;
        const where = `${cut} ${nth}, ${again}`;
        world.power[cut](nth);
        await take();
        await waitForGrace(world);
        world.restart();
        if (again !== null) {
          world.power.cutAfter(again);
          await world.resume();
          world.restart();
        }
        await world.resume();
        await waitForGrace(world);
        expect([where, world.envFiles.files.get(envFile)]).toEqual([where, text]);
        expect(world.server.requests).not.toContain(`revoke ${made.id}`);
        if (world.journal.history.length === known) {
          expect([where, world.records.keys.all()]).toEqual([where, [key]]);
          expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(key.id));
          continue;
        }
        expect([where, endOf(world)]).toEqual([where, end]);
        expectWhole(world);
      }
    }
  }
});
