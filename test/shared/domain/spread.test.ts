import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromIso, weekOf } from '../../../shared/domain/calendar.ts';
import { forecast, spread } from '../../../shared/domain/spread.ts';

const monday = dayFromIso('2027-03-01') ?? 0;
const today = monday - 60;
const due = (...days: readonly number[]) =>
  days.map((day, index) => ({ id: `k${index}`, due: monday + day }));

describe('the forecast', () => {
  it('counts the keys of each week', () => {
    expect(forecast(due(0, 6, 6, 7, 13, -100), today, 90)).toEqual([
      { week: weekOf(today), keys: 1 },
      { week: monday, keys: 3 },
      { week: monday + 7, keys: 2 },
    ]);
  });

  it('looks no further than it is asked to', () => {
    expect(forecast(due(0, 40), today, 90)).toEqual([{ week: monday, keys: 1 }]);
  });
});

describe('spreading the keys of a week', () => {
  it('fills the weeks before evenly', () => {
    const moved = spread(due(0, 0, 1, 2, 3, 4, 4), [], today, 21);
    expect([...moved.values()].map(weekOf).sort()).toEqual(
      [monday - 21, monday - 14, monday - 14, monday - 7, monday - 7].sort(),
    );
  });

  it('leaves weeks alone that are full already', () => {
    const full = [{ week: monday - 7, keys: 9 }];
    const moved = spread(due(0, 1, 2, 3), full, today, 7);
    expect(moved.size).toBe(0);
  });

  it('moves no key later, before today, or further than asked, and never makes the fullest week fuller', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 }),
        fc.array(fc.record({ week: fc.integer({ min: 0, max: 8 }), keys: fc.integer({ min: 1, max: 9 }) }), {
          maxLength: 8,
        }),
        fc.integer({ min: 0, max: 90 }),
        (days, weeks, mostEarlier) => {
          const keys = due(...days);
          const others = [...new Map(weeks.map(({ week, keys: count }) => [monday - week * 7, count]))].map(
            ([week, count]) => ({ week, keys: count }),
          );
          const moved = spread(keys, others, today, mostEarlier);
          for (const { id, due: before } of keys) {
            const after = moved.get(id) ?? before;
            expect(after).toBeLessThanOrEqual(before);
            expect(after).toBeGreaterThanOrEqual(today);
            expect(before - after).toBeLessThanOrEqual(mostEarlier);
            expect((before - after) % 7).toBe(0);
          }
          const fullest = (of: readonly { due: number }[]) => {
            const load = new Map(others.map(({ week, keys: count }) => [week, count]));
            for (const key of of) load.set(weekOf(key.due), (load.get(weekOf(key.due)) ?? 0) + 1);
            return Math.max(0, ...load.values());
          };
          const spreadOut = keys.map(({ id, due: before }) => ({ due: moved.get(id) ?? before }));
          expect(fullest(spreadOut)).toBeLessThanOrEqual(fullest(keys));
        },
      ),
    );
  });
});
