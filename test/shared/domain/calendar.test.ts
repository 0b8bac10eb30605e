import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarIn, dayFromIso, isoOf, weekdayOf, weekOf } from '../../../shared/domain/calendar.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
];
const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) });

/** The day by Intl alone, slowly. */
function dayByIntl(zone: string, at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
}

describe.each(zones)('the calendar of %s', (zone) => {
  const calendar = calendarIn(zone);

  it('says the same day as the system for any instant', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(isoOf(calendar.dayOf(at))).toBe(dayByIntl(zone, at));
      }),
      { numRuns: 300 },
    );
  });

  it('begins each day at its first instant', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const day = calendar.dayOf(at);
        const start = calendar.startOf(day);
        expect(start).toBeLessThanOrEqual(at);
        expect(calendar.dayOf(start)).toBe(day);
        expect(calendar.dayOf(start - 1)).toBeLessThan(day);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the days on which the clocks are changed', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Kolkata', '2026-03-29', 24],
  ])('in %s on %s have %d hours', (zone, iso, hours) => {
    const calendar = calendarIn(zone);
    const day = dayFromIso(iso) ?? 0;
    expect((calendar.startOf(day + 1) - calendar.startOf(day)) / 3_600_000).toBe(hours);
  });

  it('begin at one o’clock where midnight is skipped', () => {
    const calendar = calendarIn('Africa/Cairo');
    const start = calendar.startOf(dayFromIso('2026-04-24') ?? 0);
    expect(
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Cairo', timeStyle: 'short' }).format(start),
    ).toBe('01:00');
  });

  it('answers the day after for a day that never was', () => {
    const calendar = calendarIn('Pacific/Apia');
    const skipped = dayFromIso('2011-12-30') ?? 0;
    expect(calendar.startOf(skipped)).toBe(calendar.startOf(skipped + 1));
  });
});

describe('a day as text', () => {
  it('reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
        expect(dayFromIso(isoOf(day))).toBe(day);
      }),
    );
  });

  it.each(['2027-02-29', '2026-13-01', '2026-1-1', 'tomorrow', ''])('is none when it says %j', (text) => {
    expect(dayFromIso(text)).toBeNull();
  });

  it('knows 29 February', () => {
    expect((dayFromIso('2028-03-01') ?? 0) - (dayFromIso('2028-02-28') ?? 0)).toBe(2);
  });

  it('has weeks that begin on Monday', () => {
    expect(weekdayOf(dayFromIso('2026-11-23') ?? 0)).toBe(0);
    expect(isoOf(weekOf(dayFromIso('2026-11-29') ?? 0))).toBe('2026-11-23');
    expect(weekdayOf(-1)).toBe(2);
  });
});

it('refuses a zone that there is none of', () => {
  expect(() => calendarIn('Mars/Olympus')).toThrow(RangeError);
});
