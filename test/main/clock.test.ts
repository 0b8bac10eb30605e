import { describe, expect, test } from 'vitest';
import { createJumpWatch, systemClock } from '../../main/clock.ts';
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

describe('a jump of the wall clock', () => {
  const year = 365 * 86_400_000;
  const week = 7 * 86_400_000;
  const watched = () => {
    const wall = createFakeClock(1_000);
    const steady = createFakeClock(0);
    const hasJumped = createJumpWatch(wall.now, steady.now);
    const tick = (jump = 0) => {
      steady.advance(15_000);
      wall.set(wall.now() + 15_000 + jump);
      return hasJumped();
    };
    return tick;
  };

  test.each([year, -week, 86_400_000, 60_000])('of %d ms is seen once', (jump) => {
    const tick = watched();
    expect([tick(), tick(jump), tick(), tick()]).toEqual([false, true, false, false]);
  });

  test('that is put right is seen both times', () => {
    const tick = watched();
    expect([tick(year), tick(-year), tick()]).toEqual([true, true, false]);
  });

  test('is none where the clock is put right by seconds, or a tick comes late', () => {
    const tick = watched();
    expect([tick(900), tick(-2_000), tick(30_000)]).toEqual([false, false, false]);
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
