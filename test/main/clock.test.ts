import { describe, expect, test } from 'vitest';
import { systemClock } from '../../main/clock.ts';
import { createFakeClock } from '../fakes/fake-clock.ts';

describe("the machine's clock", () => {
  test('tells the time and sleeps no shorter than it was asked to', async () => {
    const before = systemClock.now();
    expect(Math.abs(before - Date.now())).toBeLessThan(1_000);
    const start = performance.now();
    await systemClock.sleep(30);
    // Timers count in whole milliseconds.
    expect(performance.now() - start).toBeGreaterThan(28);
  });
});

describe('the fake clock', () => {
  test('wakes sleepers in the order of their times, and nobody early', async () => {
    const clock = createFakeClock(1_000);
    const woken: number[] = [];
    const sleeps = [30, 10, 20].map((ms) => clock.sleep(ms).then(() => woken.push(ms)));
    clock.advance(19);
    await sleeps[1];
    expect(woken).toEqual([10]);
    clock.set(500);
    clock.advance(519);
    expect(clock.now()).toBe(1_019);
    clock.advance(11);
    await Promise.all(sleeps);
    expect(woken).toEqual([10, 20, 30]);
  });

  test('does not wait for a sleep of nothing', async () => {
    await createFakeClock(0).sleep(0);
  });
});
