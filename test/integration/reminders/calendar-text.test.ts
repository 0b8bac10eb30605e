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

const event = (name: string, index: number, day = '2026-03-30'): CalendarEvent => ({
  uid: `key_${index}@keyturn`,
  day: dayFromIso(day) ?? 0,
  name,
  provider: 'Payments, Ltd.',
  sequence: index,
  changedAt: Date.UTC(2026, 0, 1),
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
    // The clocks change between the two alarms.
    ['Europe/Berlin', '2026-03-30', ['2026-03-27T08:00:00Z', '2026-03-30T07:00:00Z']],
    ['America/New_York', '2026-03-09', ['2026-03-06T14:00:00Z', '2026-03-09T13:00:00Z']],
    ['America/New_York', '2026-11-02', ['2026-10-30T13:00:00Z', '2026-11-02T14:00:00Z']],
    ['Asia/Kolkata', '2028-02-29', ['2028-02-26T03:30:00Z', '2028-02-29T03:30:00Z']],
  ])(
    title('in %s: due on %s, it rings at nine three days before and on the day'),
    async (zone, day, alarms) => {
      await writeFile(file, await calendarText([event('mail', 1, day)]));
      expect(read(file, zone)).toMatchObject([{ day, alarms }]);
    },
  );

  it.skipIf(missing !== null)(title('without any key'), async () => {
    await writeFile(file, await calendarText([]));
    expect(read(file, 'UTC')).toEqual([]);
  });
});

it('every line of it has at most 75 bytes and ends as the format asks', async () => {
  const text = await calendarText(names.map((one, index) => event(one, index)));
  expect(isOurCalendar(text)).toBe(true);
  const lines = text.split('\r\n');
  expect(lines.pop()).toBe('');
  expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
});
