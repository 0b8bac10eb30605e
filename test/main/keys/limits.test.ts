import { expect, it } from 'vitest';
import { createLimits } from '../../../main/keys/limits.ts';

/** Runs that many tasks of each name; the most that were under way at once, for each name and altogether. */
async function most(limits: { perName: number; overall: number }, names: readonly string[], each: number) {
  const within = createLimits(limits);
  const busy = new Map<string, number>();
  const peaks = new Map<string, number>();
  const order: string[] = [];
  let peak = 0;
  const task = (name: string, nth: number) => async () => {
    order.push(`${name}${nth}`);
    busy.set(name, (busy.get(name) ?? 0) + 1);
    peaks.set(name, Math.max(peaks.get(name) ?? 0, busy.get(name) ?? 0));
    peak = Math.max(
      peak,
      [...busy.values()].reduce((sum, one) => sum + one, 0),
    );
    await new Promise(setImmediate);
    busy.set(name, (busy.get(name) ?? 0) - 1);
    return `${name}${nth}`;
  };
  const done = await Promise.all(
    names.flatMap((name) => Array.from({ length: each }, (_, nth) => within(name, task(name, nth)))),
  );
  return { done, order, peak, peaks: Object.fromEntries(peaks) };
}

it('no more tasks of one name are under way than may be, and no more altogether', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const { peak, peaks, done } = await most({ perName: 3, overall: 12 }, names, 10);
  expect(peak).toBe(12);
  expect(Math.max(...Object.values(peaks))).toBe(3);
  expect(done).toHaveLength(60);
});

it('tasks of one name begin in their order, and a busy name holds up no other', async () => {
  const { order } = await most({ perName: 1, overall: 2 }, ['a', 'b'], 3);
  expect(order.slice(0, 2)).toEqual(['a0', 'b0']);
  expect(order.filter((one) => one.startsWith('a'))).toEqual(['a0', 'a1', 'a2']);
});

it('a task that fails fails for its caller alone', async () => {
  const within = createLimits({ perName: 1, overall: 1 });
  const broken = within('a', () => Promise.reject(new Error('broken')));
  const next = within('a', async () => 'well');
  await expect(broken).rejects.toThrow('broken');
  expect(await next).toBe('well');
});
