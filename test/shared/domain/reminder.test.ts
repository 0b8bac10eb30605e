import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../../shared/domain/calendar.ts';
import {
  judge,
  type Lead,
  leadDays,
  nothingTold,
  type Reason,
  type Told,
  withoutOld,
} from '../../../shared/domain/reminder.ts';

const due = 20_000;
const dueOn = (day: Day) => ({ day, utcDay: day });

/** Looks at a key on each of these days and answers the announcements. */
function announcements(days: readonly Day[], snoozedUntil: Day | null = null, from: Told = nothingTold) {
  let told = from;
  const made: { readonly day: Day; readonly reason: Reason }[] = [];
  for (const today of days) {
    const verdict = judge(dueOn(due), today, snoozedUntil, told);
    told = verdict.told;
    if (verdict.reason !== null) made.push({ day: today - due, reason: verdict.reason });
  }
  return { made, told };
}

const every = (from: number, to: number): Day[] =>
  Array.from({ length: to - from + 1 }, (_, index) => due + from + index);

describe('a key is announced', () => {
  it('14 and 3 days before it is due, on the day, and once a week after', () => {
    expect(announcements(every(-90, 22)).made).toEqual([
      { day: -14, reason: 14 },
      { day: -3, reason: 3 },
      { day: 0, reason: 0 },
      { day: 7, reason: 'again' },
      { day: 14, reason: 'again' },
      { day: 21, reason: 'again' },
    ]);
  });

  it('once when the app was closed for 100 days', () => {
    expect(announcements([due - 60, due + 40, due + 40]).made).toEqual([{ day: 40, reason: 0 }]);
  });

  it('once however often it is looked at on a day', () => {
    expect(announcements([due - 14, due - 14, due - 14]).made).toHaveLength(1);
  });

  it('not again after the clock was set back a week', () => {
    expect(announcements([...every(-20, -13), ...every(-20, -4)]).made).toEqual([{ day: -14, reason: 14 }]);
  });

  it('in time, and no day of it again, after the clock was ahead by a year for a while', () => {
    expect(announcements([due - 60, due + 305, ...every(-60, 5)]).made).toEqual([
      { day: 305, reason: 0 },
      { day: -14, reason: 14 },
      { day: -3, reason: 3 },
      { day: 4, reason: 'again' },
    ]);
  });

  it('when its snooze is over, and weekly from then on', () => {
    expect(announcements(every(-14, 20), due + 2).made).toEqual([
      { day: 2, reason: 0 },
      { day: 9, reason: 'again' },
      { day: 16, reason: 'again' },
    ]);
    const before = announcements(every(-14, 1)).told;
    expect(announcements(every(2, 12), due + 5, before).made).toEqual([
      { day: 5, reason: 'snooze-over' },
      { day: 12, reason: 'again' },
    ]);
  });

  it('not while it has no due day', () => {
    expect(judge(null, due, null, nothingTold).reason).toBeNull();
  });

  it('for a new due day anew, and not again for the old one after the period was changed there and back', () => {
    const first = judge(dueOn(due), due - 3, null, nothingTold);
    const second = judge(dueOn(due + 5), due - 3, null, first.told);
    const back = judge(dueOn(due), due - 3, null, second.told);
    expect([first.reason, second.reason, back.reason]).toEqual([3, 14, null]);
  });
});

/** A machine's days: mostly forward, at times asleep for long, now and then set back or far ahead. */
const history = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: 4, max: 120 }) },
    { weight: 2, arbitrary: fc.integer({ min: -30, max: -1 }) },
    { weight: 1, arbitrary: fc.constantFrom(365, -365) },
  ),
  { minLength: 1, maxLength: 120 },
);

describe('whatever a machine goes through', () => {
  it('each lead time of a due day is announced at most once', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { made } = announcements(daysOf(steps));
        const leads = made.map(({ reason }) => reason).filter((reason) => typeof reason === 'number');
        expect(new Set(leads).size).toBe(leads.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a lead time that has been reached is announced by then, itself or by a shorter one', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const days = daysOf(steps);
        const { made } = announcements(days);
        for (const [index, today] of days.entries()) {
          const reached = leadDays.findLast((lead) => due - today <= lead);
          if (reached === undefined) continue;
          const { made: until } = announcements(days.slice(0, index + 1));
          expect(until.some(({ reason }) => typeof reason === 'number' && reason <= reached)).toBe(true);
        }
        expect(made).toEqual(announcements(days).made);
      }),
      { numRuns: 300 },
    );
  });

  it('an overdue key is never silent for more than a week of days that follow each other', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 200 }), (steps, late) => {
        const { told } = announcements(daysOf(steps));
        expect(announcements(every(late, late + 7), null, told).made.length).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a snooze is kept to its day, and its end is announced once', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -20, max: 40 }), (steps, until) => {
        const { made } = announcements(daysOf(steps), due + until);
        expect(made.every(({ day }) => day >= until)).toBe(true);
        expect(made.filter(({ reason }) => reason === 'snooze-over').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('what is remembered stays small, and forgetting what is old announces nothing twice', () => {
    const told = announcements(every(-20, 30)).told;
    const later = due + 2_000;
    expect(withoutOld(told, dueOn(later), due + 900).leads).toEqual([]);
    expect(withoutOld(told, dueOn(due), due + 900)).toBe(told);
    const leads: readonly Lead[] = told.leads.map(({ lead }) => lead);
    expect(leads).toEqual([14, 3, 0]);
  });
});

function daysOf(steps: readonly number[]): Day[] {
  let day = due - 100;
  return steps.map((step) => {
    day += step;
    return day;
  });
}
