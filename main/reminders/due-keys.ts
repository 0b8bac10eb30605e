import { type Day, dayFromIso } from '../../shared/domain/calendar.ts';
import { type Due, dueSoonDays } from '../../shared/domain/due.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { type CalendarKey, weekAfter } from './calendar-events.ts';
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

/** Whether a key is still to be rotated, and due by now or soon; one that is being rotated is, until it is replaced. */
export function isOpenOn(today: Day, { get, dueOf, underWay }: DueKeys): (id: KeyId) => boolean {
  return (id) => {
    const key = get(id);
    if (key === undefined || !isInUse(key)) return false;
    const due = dueOf(key);
    return underWay.has(id) || (due !== null && due.day - today <= dueSoonDays);
  };
}

/** The keys that have a day in the calendar, and how many have none though they are in use. */
export function calendarSource(today: Day, { all, get, dueOf, providerOf }: DueKeys): CalendarSource {
  const keys: CalendarKey[] = [];
  let neverDue = 0;
  for (const key of all) {
    const due = dueOf(key);
    if (due !== null)
      keys.push({
        id: key.id,
        day: due.day,
        firstWeek: weekAfter(due.day, today),
        name: key.name,
        provider: providerOf(key),
      });
    else if (isInUse(key)) neverDue += 1;
  }
  return {
    keys,
    neverDue,
    replaces: (id) => get(id)?.replaces ?? null,
  };
}

const isInUse = ({ revokedAt, replacedBy }: KeyRecord): boolean => revokedAt === null && replacedBy === null;

const snoozeOf = ({ snoozedUntil }: KeyRecord): Day | null =>
  snoozedUntil === null ? null : dayFromIso(snoozedUntil);
