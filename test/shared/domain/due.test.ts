import { describe, expect, it } from 'vitest';
import { calendarIn, dayFromIso, isoOf } from '../../../shared/domain/calendar.ts';
import { daysUntil, dueOf, dueState, usedShare } from '../../../shared/domain/due.ts';

const dayMs = 86_400_000;
const at = (text: string): number => Date.parse(text);

interface Given {
  readonly issued?: string;
  readonly expires?: string | null;
  readonly planned?: string | null;
  readonly everyDays?: number | null;
  readonly zone?: string;
}

/** The due day and what says so, of a key that was issued on the first of January at noon unless told otherwise. */
function due(given: Given): string {
  const {
    issued = '2026-01-01T12:00Z',
    expires = null,
    planned = null,
    everyDays = 90,
    zone = 'UTC',
  } = given;
  const key = {
    issuedAt: at(issued),
    expiresAt: expires === null ? null : at(expires),
    plannedDay: planned,
  };
  const found = dueOf(key, everyDays, calendarIn(zone));
  return found === null ? 'never' : `${isoOf(found.day)} ${found.because}`;
}

describe('the day on which a key is due', () => {
  it.each<[string, Given, string]>([
    ['90 days after the day it was issued on', {}, '2026-04-01 period'],
    [
      'the same day, however late on it the key was made',
      { issued: '2026-01-01T23:59:59Z' },
      '2026-04-01 period',
    ],
    [
      'a day later for a key that was made a second later',
      { issued: '2026-01-02T00:00Z' },
      '2026-04-02 period',
    ],
    ['by its period over 29 February', { issued: '2028-02-28T12:00Z', everyDays: 2 }, '2028-03-01 period'],
    [
      '29 February where the period ends on it',
      { issued: '2028-02-28T12:00Z', everyDays: 1 },
      '2028-02-29 period',
    ],
    ['the day before its provider ends it', { expires: '2026-02-01T12:00Z' }, '2026-01-31 expiry'],
    ['the last whole day, where it ends at midnight', { expires: '2026-02-01T00:00Z' }, '2026-01-31 expiry'],
    ['by its period, when that is before its expiry', { expires: '2026-09-01T12:00Z' }, '2026-04-01 period'],
    [
      'by its expiry, also where it is never rotated',
      { expires: '2026-09-01T12:00Z', everyDays: null },
      '2026-08-31 expiry',
    ],
    ['by its expiry, where both are on one day', { expires: '2026-04-02T12:00Z' }, '2026-04-01 expiry'],
    ['the day that it is planned for', { planned: '2026-02-10' }, '2026-02-10 plan'],
    [
      'the planned day, also where it is never rotated',
      { planned: '2026-02-10', everyDays: null },
      '2026-02-10 plan',
    ],
    ['the planned day, also before it was issued', { planned: '2025-12-31' }, '2025-12-31 plan'],
    ['not put off by a plan that is later', { planned: '2026-05-01' }, '2026-04-01 period'],
    ['by its period, where it is planned for that very day', { planned: '2026-04-01' }, '2026-04-01 period'],
    [
      'by its expiry, where the plan is later',
      { planned: '2026-03-01', expires: '2026-02-01T12:00Z' },
      '2026-01-31 expiry',
    ],
    ['never, where nothing says so', { everyDays: null }, 'never'],
  ])('is %s', (_title, given, expected) => {
    expect(due(given)).toBe(expected);
  });

  it.each<[string, Given, string]>([
    [
      'in Berlin, where the day has begun already',
      { issued: '2025-12-31T23:30Z', zone: 'Europe/Berlin' },
      '2026-04-01 period',
    ],
    [
      'in New York, where it has not yet',
      { issued: '2026-01-01T03:00Z', zone: 'America/New_York' },
      '2026-03-31 period',
    ],
    [
      'in Kolkata, half an hour off',
      { issued: '2026-01-01T18:29Z', zone: 'Asia/Kolkata' },
      '2026-04-01 period',
    ],
    [
      'in Kolkata, a minute later',
      { issued: '2026-01-01T18:30Z', zone: 'Asia/Kolkata' },
      '2026-04-02 period',
    ],
    [
      'over the change to summer time',
      { issued: '2026-03-28T23:30Z', everyDays: 1, zone: 'Europe/Berlin' },
      '2026-03-30 period',
    ],
    [
      'over the change to winter time',
      { issued: '2026-10-24T22:30Z', everyDays: 1, zone: 'Europe/Berlin' },
      '2026-10-26 period',
    ],
    [
      'for an expiry, by the day there',
      { expires: '2026-02-01T03:00Z', zone: 'America/New_York' },
      '2026-01-30 expiry',
    ],
    [
      'for a plan, which is a day and no instant',
      { planned: '2026-02-10', zone: 'Pacific/Kiritimati' },
      '2026-02-10 plan',
    ],
  ])('is counted %s', (_title, given, expected) => {
    expect(due(given)).toBe(expected);
  });

  it('has a name that is the same in every zone', () => {
    const key = { issuedAt: at('2026-01-01T23:30Z'), expiresAt: null, plannedDay: null };
    const days = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) =>
      dueOf(key, 90, calendarIn(zone)),
    );
    expect(days.map((one) => isoOf(one?.day ?? 0))).toEqual(['2026-04-01', '2026-04-02', '2026-04-01']);
    expect(new Set(days.map((one) => one?.utcDay))).toEqual(new Set([dayFromIso('2026-04-01')]));
  });
});

/** An instant by the clock on this machine's wall. */
const wall = (day: number, hour = 0, minute = 0): number => new Date(2026, 3, day, hour, minute).getTime();

describe('how a key stands', () => {
  it.each([
    ['fine until 15 days before', wall(-13, 23, 59), 'fine'],
    ['due soon from the beginning of the 14th day before', wall(-12), 'due-soon'],
    ['due soon on the day before', wall(1, 12), 'due-soon'],
    ['due soon on the day itself', wall(2), 'due-soon'],
    ['due soon until that day is over', wall(2, 23, 59), 'due-soon'],
    ['overdue from the next day on', wall(3), 'overdue'],
  ])('is %s', (_title, now, state) => {
    expect(dueState(wall(2), now)).toBe(state);
  });

  it('is never due without a due date', () => {
    expect(dueState(null, wall(1))).toBe('never');
  });

  it.each([
    ['tomorrow as one, from its first minute', wall(1), 1],
    ['tomorrow as one, until its last minute', wall(1, 23, 59), 1],
    ['today as none, early', wall(2), 0],
    ['today as none, late', wall(2, 23, 59), 0],
    ['yesterday as minus one', wall(3, 0, 1), -1],
  ])('counts %s', (_title, now, days) => {
    expect(daysUntil(wall(2), now)).toBe(days);
  });

  it('counts whole days over the changes of the clocks', () => {
    expect(daysUntil(new Date(2026, 11, 31).getTime(), new Date(2026, 0, 1, 23).getTime())).toBe(364);
  });
});

describe('the share of its period that a key has used', () => {
  const issuedAt = at('2026-01-01T12:00Z');
  const dueAt = issuedAt + 90 * dayMs;

  it.each([
    ['nothing when it is new', 0, 0],
    ['half in the middle', 45, 0.5],
    ['all when it is due', 90, 1],
    ['more when it is overdue', 180, 2],
    ['nothing when the clock was set back', -10, 0],
  ])('is %s', (_title, days, share) => {
    expect(usedShare(issuedAt, dueAt, issuedAt + days * dayMs)).toBe(share);
  });

  it('is unknown for a key that is never due', () => {
    expect(usedShare(issuedAt, null, issuedAt)).toBeNull();
  });

  it('is a number also for a key that was due before it was made', () => {
    expect(usedShare(issuedAt, issuedAt - dayMs, issuedAt)).toBe(0);
    expect(usedShare(issuedAt, issuedAt, issuedAt + dayMs)).toBeGreaterThan(1);
  });
});
