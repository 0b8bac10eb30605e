import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../../renderer/screens/policy/effect.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const daysAgo = (days: number) => new Date(2026, 10, 21 - days, 9).getTime();
const startOf = (days: number) => new Date(2026, 10, 21 + days).getTime();

/** A key that is so many days old, due by its period of 90 days unless told otherwise. */
const key = (ageDays: number, facts: Partial<Parameters<typeof effectOf>[0][number]> = {}) => ({
  everyDays: 90,
  issuedAt: daysAgo(ageDays),
  dueAt: startOf(90 - ageDays),
  dueBecause: 'period' as const,
  environment: 'test' as 'test' | 'live',
  ...facts,
});
const every = (days: number | null) => () => days;

describe('what another period does', () => {
  it.each([
    ['is due at once', 45, { dueAtOnce: 1, dueSoon: 0 }],
    ['is due at once on the very day', 30, { dueAtOnce: 1, dueSoon: 0 }],
    ['is due soon', 20, { dueAtOnce: 0, dueSoon: 1 }],
    ['is due soon by the last day of the 14', 16, { dueAtOnce: 0, dueSoon: 1 }],
    ['is not due yet', 15, { dueAtOnce: 0, dueSoon: 0 }],
  ])('a key that %s under 30 days is told beforehand', (_, ageDays, expected) => {
    expect(effectOf([key(ageDays)], every(30), now)).toMatchObject({ changed: 1, ...expected });
  });

  it('is no warning about keys that are due anyway', () => {
    expect(effectOf([key(100), key(90)], every(30), now)).toMatchObject({ dueAtOnce: 0, dueSoon: 0 });
    const soon = key(80);
    expect(effectOf([soon], every(85), now)).toMatchObject({ dueAtOnce: 0, dueSoon: 0 });
    expect(effectOf([soon], every(60), now)).toMatchObject({ dueAtOnce: 1, dueSoon: 0 });
  });

  it('counts only keys whose period is another', () => {
    expect(effectOf([key(1), key(2, { everyDays: 30 })], every(30), now)).toMatchObject({
      keys: 2,
      changed: 1,
    });
  });

  it('tells of overdue keys that are reminded of no more, and how many of them are live', () => {
    const rows = [key(100), key(100, { environment: 'live' }), key(10, { environment: 'live' })];
    expect(effectOf(rows, every(null), now)).toMatchObject({
      changed: 3,
      neverDue: { keys: 3, live: 2 },
      overdueNever: { keys: 2, live: 1 },
      overdueLater: { keys: 0, live: 0 },
    });
    expect(effectOf(rows, every(365), now)).toMatchObject({
      neverDue: { keys: 0, live: 0 },
      overdueLater: { keys: 2, live: 1 },
    });
    expect(effectOf([key(100)], every(95), now)).toMatchObject({ overdueLater: { keys: 0 }, dueAtOnce: 0 });
  });

  it('does not call a key that is due today and overdue by the change newly due', () => {
    expect(effectOf([key(90)], every(60), now)).toMatchObject({ changed: 1, dueAtOnce: 0, dueSoon: 0 });
  });

  it('counts keys that keep the period for another reason by themselves', () => {
    const never = (facts = {}) => key(5, { everyDays: null, dueAt: null, dueBecause: null, ...facts });
    const rows = [never(), never({ environment: 'live' }), key(5)];
    expect(effectOf(rows, every(null), now, ({ environment }) => environment === 'live')).toMatchObject({
      changed: 1,
      otherReason: 1,
      neverDue: { keys: 1, live: 0 },
    });
  });

  it('leaves an expiry that comes sooner as it is', () => {
    const expiring = key(80, { dueAt: startOf(3), dueBecause: 'expiry' });
    expect(effectOf([expiring], every(365), now)).toMatchObject({ changed: 1, dueAtOnce: 0, dueSoon: 0 });
    expect(effectOf([expiring], every(null), now)).toMatchObject({ changed: 1, dueAtOnce: 0, dueSoon: 0 });
  });

  it('counts calendar days over a change of the clocks, from the day that the key was made on', () => {
    // Made late in the evening before summer time ended or began, in whatever zone the page is.
    const made = key(0, { issuedAt: new Date(2026, 9, 22, 23, 59).getTime(), dueAt: null, dueBecause: null });
    expect(effectOf([made], every(30), now)).toMatchObject({ dueAtOnce: 1 });
    expect(effectOf([made], every(31), now)).toMatchObject({ dueAtOnce: 0, dueSoon: 1 });
  });
});
