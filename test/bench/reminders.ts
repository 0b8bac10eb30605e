import { createDueLookup } from '../../main/keys/due-of-key.ts';
import { remindedKeys } from '../../main/reminders/due-keys.ts';
import type { Remembered } from '../../main/reminders/reminder-log.ts';
import { createReminders } from '../../main/reminders/reminders.ts';
import { calendarIn } from '../../shared/domain/calendar.ts';
import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { settingsSchema } from '../../shared/domain/settings.ts';
import { done } from '../../shared/result.ts';
import { connectionRecord, keyRecord } from '../main/storage/records-for-tests.ts';
import { median, timesOf } from './median.ts';
import { ms, table } from './table.ts';

const count = 100_000;
const connections = 50;
const turns = 31;
const limitMs = 50;
const dayMs = 86_400_000;
const firstDay = 20_500;

/** What a look at very many keys costs, but for the disk; medians in milliseconds. */
export interface RemindersCost {
  /** A look of any hour. */
  readonly lookMs: number;
  /** The first look of a day, which announces what has come due: about a thousand keys. */
  readonly firstOfDayMs: number;
}

/** Keys of all ages up to 200 days, a quarter of them with an expiry, that follow their own, their connection's or the usual period. */
function keysOf(now: number): KeyRecord[] {
  const keys = Array.from({ length: count }, (_, index) => {
    const { id: connectionId } = connectionRecord(index % connections);
    const issuedAt = now - (index % 200) * dayMs - index * 131;
    return keyRecord(index, {
      connectionId,
      issuedAt,
      expiresAt: index % 4 === 0 ? issuedAt + 365 * dayMs : null,
      policy: index % 3 === 0 ? { everyDays: 30 + (index % 300) } : {},
    });
  });
  // As they are when they were read from the disk: put together, ids take a detour each time they are looked up.
  return JSON.parse(JSON.stringify(keys)) as KeyRecord[];
}

/** Looks at the keys once an hour, day after day, in a zone whose clocks change. */
export async function remindersCost(): Promise<RemindersCost> {
  const calendar = calendarIn('Europe/Berlin');
  let now = calendar.startOf(firstDay);
  const keys = keysOf(now);
  const accounts = new Map(
    Array.from({ length: connections }, (_, index): ConnectionRecord => {
      const policy = index % 5 === 0 ? { everyDays: 60 } : {};
      return connectionRecord(index, { policy });
    }).map((one) => [one.id, one]),
  );
  const settings = settingsSchema.parse({});
  let remembered: Remembered = { keys: new Map(), notices: [] };
  const reminders = createReminders({
    now: () => now,
    calendar: () => calendar,
    keys() {
      const { dueOf } = createDueLookup({ records: { connections: accounts }, settings, calendar });
      return remindedKeys({
        all: keys,
        get: () => undefined,
        dueOf,
        providerOf: () => '',
        underWay: new Set(),
      });
    },
    isOpen: () => () => true,
    log: {
      get: () => remembered,
      async set(next) {
        remembered = next;
        return done;
      },
    },
    settings: () => settings,
    show: () => undefined,
    changed: () => undefined,
  });
  const look = () => reminders.look();
  await look();
  const hours = await timesOf(turns, () => {
    now += 60_000;
    return look();
  });
  const days = await timesOf(turns, () => {
    now += dayMs;
    return look();
  });
  return { lookMs: median(hours), firstOfDayMs: median(days) };
}

/** The same as a table. */
export async function remindersReport(): Promise<string> {
  const { lookMs, firstOfDayMs } = await remindersCost();
  const keys = `${count.toLocaleString('en-GB')} keys`;
  const isMet = (is: boolean) => (is ? 'met' : 'NOT MET');
  return table(
    [
      ['', 'Keyturn', 'aim', ''],
      [
        `A look at what is due, ${keys}, without the disk`,
        ms(lookMs),
        `under ${limitMs} ms`,
        isMet(lookMs < limitMs),
      ],
      ['  the first of a day, which announces and has something to write', ms(firstOfDayMs)],
    ],
    [0, 2, 3],
  );
}
