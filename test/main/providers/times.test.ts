import { expect, test } from 'vitest';
import { parseTime, type TimeFormat } from '../../../main/providers/times.ts';

const noon = Date.UTC(2026, 2, 1, 12, 0, 0);

test.each<[unknown, TimeFormat, number | null]>([
  ['2026-03-01T12:00:00Z', 'rfc3339', noon],
  ['2026-03-01t12:00:00z', 'rfc3339', noon],
  ['2026-03-01T13:30:00+01:30', 'rfc3339', noon],
  ['2026-03-01T12:00:00.123456789Z', 'rfc3339', noon + 123],
  ['2026-03-01T12:00:00', 'rfc3339', null],
  ['2026-02-30T12:00:00Z', 'rfc3339', null],
  ['2026-03-01', 'rfc3339', null],
  ['2028-02-29T00:00:00Z', 'rfc3339', Date.UTC(2028, 1, 29)],
  ['Sun, 01 Mar 2026 12:00:00 +0000', 'rfc2822', noon],
  ['1 Mar 2026 13:00 +0100', 'rfc2822', noon],
  ['Sun, 01 Mar 2026 12:00:00 GMT', 'rfc2822', noon],
  ['2026-03-01T12:00:00Z', 'rfc2822', null],
  [noon / 1000, 'unix-seconds', noon],
  [String(noon / 1000), 'unix-seconds', noon],
  [noon / 1000 + 0.5, 'unix-seconds', noon + 500],
  [noon, 'unix-milliseconds', noon],
  [Number.NaN, 'unix-seconds', null],
  [1e300, 'unix-seconds', null],
  ['soon', 'unix-seconds', null],
  [null, 'unix-seconds', null],
  ['2026-03-01T12:00:00', 'utc-without-zone', noon],
  ['2026-03-01 12:00:00.5', 'utc-without-zone', noon + 500],
  ['2026-03-01T12:00:00Z', 'utc-without-zone', null],
  ['2026-03-01 12:00:00.678+00', 'sql', noon + 678],
  ['2026-03-01 14:00:00+02', 'sql', noon],
  ['2026-03-01 17:30:00+05:30', 'sql', noon],
  ['2026-03-01', 'date', Date.UTC(2026, 2, 1)],
  ['2026-13-01', 'date', null],
  ['2026-04-31', 'date', null],
  [undefined, 'rfc3339', null],
  [null, 'date', null],
  [{}, 'rfc3339', null],
  ['', 'rfc3339', null],
])('%j as %s is %j', (value, format, instant) => {
  expect(parseTime(value, format)).toBe(instant);
});

test('the zone of this machine changes nothing', () => {
  const before = process.env.TZ;
  for (const zone of ['America/New_York', 'Asia/Kolkata', 'UTC']) {
    process.env.TZ = zone;
    expect(parseTime('2026-03-01T12:00:00', 'utc-without-zone')).toBe(noon);
    expect(parseTime('2026-03-01', 'date')).toBe(Date.UTC(2026, 2, 1));
  }
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});
