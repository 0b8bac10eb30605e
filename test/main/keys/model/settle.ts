import { expect } from 'vitest';
import { attendTo, type Model } from './deeds.ts';
import type { Life } from './life.ts';
import { expectPromisesKept } from './promises.ts';

const monthMs = 31 * 24 * 3_600_000;
/** As often as a patient user looks after what stopped; more would mean that something is stuck for ever. */
const patience = 8;

/** Nothing fails any more, the user attends to whatever waits for them, and every grace passes: all work must end. */
export async function settle(model: Model, life: Life): Promise<void> {
  life.allWell();
  await life.restart();
  for (let round = 0; life.unfinished().length > 0 && round < patience; round += 1) {
    life.allWell();
    for (const work of life.unfinished().filter(({ state }) => state.step !== 'retiring')) {
      await attendTo(model, life, work);
      expectPromisesKept(life);
    }
    life.world.clock.advance(monthMs);
    await life.world.tick();
    expectPromisesKept(life);
  }
  expect(
    life.unfinished().map(({ kind, origin, state, blocked }) => ({ kind, origin, state, blocked })),
  ).toEqual([]);
}

/** The end is the one that the model expects, key by key. */
export function expectAsExpected(model: Model, life: Life): void {
  for (const [name, expected] of model.keys) {
    if (expected === 'open') continue;
    const living = life.world.records.keys.all().filter((key) => key.name === name && key.revokedAt === null);
    expect([name, living.length]).toEqual([name, expected === 'alive' ? 1 : 0]);
    for (const key of living) {
      const value = life.world.stored(key.id) ?? '';
      expect([name, key.status, key.attention]).toEqual([name, 'active', null]);
      expect([name, life.world.server.works(value)]).toEqual([name, true]);
      for (const { file, variables } of key.targets.filter((target) => !life.edited.has(target.file)))
        expect([name, file, life.world.variable(file, variables.API_KEY ?? '')]).toEqual([name, file, value]);
    }
  }
}
