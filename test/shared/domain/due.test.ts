import { describe, expect, it } from 'vitest';
import { daysUntil, dueAt, dueState, usedShare } from '../../../shared/domain/due.ts';

const dayMs = 86_400_000;
const issuedAt = Date.UTC(2026, 0, 1);
const key = (everyDays: number | null, expiresAt: number | null = null) => ({
  issuedAt,
  expiresAt,
  policy: { everyDays },
});

describe('when a key is due', () => {
  it.each([
    ['by its policy', key(90), issuedAt + 90 * dayMs],
    ['at its expiry, when that is first', key(90, issuedAt + 30 * dayMs), issuedAt + 30 * dayMs],
    ['by its policy, when that is first', key(30, issuedAt + 90 * dayMs), issuedAt + 30 * dayMs],
    ['at its expiry, when it has no policy', key(null, issuedAt + dayMs), issuedAt + dayMs],
    ['never, with neither', key(null), null],
  ])('is %s', (_title, given, expected) => {
    expect(dueAt(given)).toBe(expected);
  });

  it('is the same number of milliseconds later whatever daylight saving does', () => {
    const beforeSpring = Date.UTC(2026, 2, 28, 12);
    expect(dueAt({ ...key(90), issuedAt: beforeSpring })).toBe(beforeSpring + 90 * 24 * 3_600_000);
  });
});

describe('the share of its days that a key has used', () => {
  it.each([
    ['nothing when it is new', 0, 0],
    ['half in the middle', 45, 0.5],
    ['all when it is due', 90, 1],
    ['more when it is overdue', 180, 2],
    ['nothing when the clock was set back', -10, 0],
  ])('is %s', (_title, days, share) => {
    expect(usedShare(key(90), issuedAt + days * dayMs)).toBe(share);
  });

  it('is unknown for a key that is never due', () => {
    expect(usedShare(key(null), issuedAt)).toBeNull();
  });

  it('is a number also for a key that expired as it was made', () => {
    expect(usedShare(key(90, issuedAt), issuedAt)).toBe(0);
    expect(usedShare(key(90, issuedAt), issuedAt + dayMs)).toBeGreaterThan(1);
  });
});

describe('how a key stands', () => {
  const due = issuedAt + 90 * dayMs;

  it.each([
    ['fine', due - 14 * dayMs - 1, 'fine'],
    ['due soon from 14 days before', due - 14 * dayMs, 'due-soon'],
    ['due soon until the last millisecond', due - 1, 'due-soon'],
    ['overdue from the instant on', due, 'overdue'],
  ])('is %s', (_title, now, state) => {
    expect(dueState(due, now)).toBe(state);
  });

  it('is never due without a due date', () => {
    expect(dueState(null, issuedAt)).toBe('never');
  });

  it.each([
    ['a whole day', due - dayMs, 1],
    ['the day that has begun', due - 1, 1],
    ['none at the instant', due, 0],
    ['minus one a day later', due + dayMs, -1],
  ])('counts %s', (_title, now, days) => {
    expect(daysUntil(due, now)).toBe(days);
  });
});
