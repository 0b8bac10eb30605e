import { type Day, dayFromIso } from '../../shared/domain/calendar.ts';
import type { Due } from '../../shared/domain/due.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { CalendarSource } from './calendar-file.ts';
import type { RemindedKey } from './reminders.ts';

/** The keys of an open vault, and what says when each is due, at one moment. */
export interface DueKeys {
  readonly all: readonly KeyRecord[];
  get(id: KeyId): KeyRecord | undefined;
  dueOf(key: KeyRecord): Due | null;
  providerOf(key: KeyRecord): string;
  /** The keys that running work is about: what they are due for is being done. */
  readonly underWay: ReadonlySet<KeyId>;
}

/** The keys that are reminded of. */
export function* remindedKeys({ all, dueOf, underWay }: DueKeys): Iterable<RemindedKey> {
  for (const key of all) {
    const due = dueOf(key);
    if (due === null || underWay.has(key.id)) continue;
    yield { id: key.id, name: key.name, due, snoozedUntil: snoozeOf(key) };
  }
}

/** The keys that have a day in the calendar. */
export function calendarSource({ all, get, dueOf, providerOf }: DueKeys): CalendarSource {
  return {
    keys: all.flatMap((key) => {
      const due = dueOf(key);
      return due === null ? [] : [{ id: key.id, day: due.day, name: key.name, provider: providerOf(key) }];
    }),
    replaces: (id) => get(id)?.replaces ?? null,
  };
}

const snoozeOf = ({ snoozedUntil }: KeyRecord): Day | null =>
  snoozedUntil === null ? null : dayFromIso(snoozedUntil);
