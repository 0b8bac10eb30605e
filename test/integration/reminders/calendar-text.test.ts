import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CalendarEvent, calendarText, isOurCalendar } from '../../../main/reminders/calendar-text.ts';
import { dayFromIso } from '../../../shared/domain/calendar.ts';
import { calendarReaders } from './calendar-readers.ts';

const names = [
  'mail',
  'a, b; c: d\\e "f"',
  'ünïcödé 🔑 '.repeat(9).trim(),
  'x'.repeat(100),
  'two\nlines\r\nBEGIN:VEVENT',
  '  spaced  ',
  '%41=3D^n',
];

const event = (
  name: string,
  index: number,
  day = '2026-03-30',
  changes: Partial<CalendarEvent> = {},
): CalendarEvent => ({
  uid: `key_${index}@keyturn`,
  day: dayFromIso(day) ?? 0,
  firstWeek: 1,
  name,
  provider: 'Payments, Ltd.',
  sequence: index,
  changedAt: Date.UTC(2026, 0, 1),
  ...changes,
});

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keyturn-ics-'));
  file = path.join(folder, 'due.ics');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(calendarReaders)('$name reads a calendar of ours', ({ missing, read }) => {
  const title = (words: string) => (missing === null ? words : `${words} (left out: ${missing})`);

  it.skipIf(missing !== null)(title('with every name as it is'), async () => {
    await writeFile(file, await calendarText(names.map((one, index) => event(one, index))));
    const events = read(file, 'UTC');
    const asOneLine = (text: string) => text.replace(/\r\n?/g, '\n');
    expect(events.map(({ summary }) => summary)).toEqual(names.map((one) => asOneLine(`Rotate ${one}`)));
    expect(events.map(({ uid }) => uid)).toEqual(names.map((_, index) => `key_${index}@keyturn`));
    expect(events.map(({ sequence }) => sequence)).toEqual(names.map((_, index) => index));
    expect(events[1]?.description).toContain(`"${names[1]}" of Payments, Ltd.`);
  });

  it.skipIf(missing !== null).each([
    // The clocks change between the alarms.
    ['Europe/Berlin', '2026-03-30', ['03-27T08', '03-30T07', '04-06T07', '04-13T07', '04-20T07', '04-27T07']],
    [
      'America/New_York',
      '2026-03-09',
      ['03-06T14', '03-09T13', '03-16T13', '03-23T13', '03-30T13', '04-06T13'],
    ],
    [
      'America/New_York',
      '2026-11-02',
      ['10-30T13', '11-02T14', '11-09T14', '11-16T14', '11-23T14', '11-30T14'],
    ],
  ])(
    title('in %s: due on %s, it rings at nine three days before, on the day and weekly from then on'),
    async (zone, day, alarms) => {
      await writeFile(file, await calendarText([event('mail', 1, day)]));
      const instants = alarms.map((hour) => `2026-${hour}:00:00Z`);
      expect(read(file, zone)).toMatchObject([{ day, alarms: instants }]);
    },
  );

  it.skipIf(missing !== null)(
    title('with alarms that are still to come where a key is overdue for long'),
    async () => {
      await writeFile(file, await calendarText([event('mail', 1, '2026-03-30', { firstWeek: 9 })]));
      expect(read(file, 'UTC')).toMatchObject([
        {
          day: '2026-03-30',
          alarms: ['03-27', '03-30', '06-01', '06-08', '06-15', '06-22'].map(
            (day) => `2026-${day}T09:00:00Z`,
          ),
        },
      ]);
    },
  );

  it.skipIf(missing !== null)(title('without any key'), async () => {
    await writeFile(file, await calendarText([]));
    expect(read(file, 'UTC')).toEqual([]);
  });
});

it('a calendar is told to look at it every hour', async () => {
  const text = await calendarText([]);
  expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
  expect(text).toContain('X-PUBLISHED-TTL:PT1H\r\n');
});

it('every line of it has at most 75 bytes and ends as the format asks', async () => {
  const text = await calendarText(names.map((one, index) => event(one, index)));
  expect(isOurCalendar(text)).toBe(true);
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
});
