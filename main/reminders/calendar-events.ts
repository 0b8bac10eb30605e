import type { KeyId } from '../../shared/domain/ids.ts';
import type { CalendarEvent } from './calendar-text.ts';

/** What of a key is in the calendar. */
export type CalendarKey = Pick<CalendarEvent, 'uid' | 'day' | 'name' | 'provider'>;

/** The UID of a key's event: named after the first key of the line that it continues. */
export function uidOf(id: KeyId, replaces: (id: KeyId) => KeyId | null): string {
  const seen = new Set<KeyId>();
  let first = id;
  for (let before = replaces(id); before !== null && !seen.has(before); before = replaces(before)) {
    seen.add(before);
    first = before;
  }
  return `${first}@keyturn`;
}

/** The events of these keys: as before where nothing of a key has changed, otherwise with the next sequence number. */
export function nextEvents(
  keys: readonly CalendarKey[],
  before: ReadonlyMap<string, CalendarEvent>,
  now: number,
): CalendarEvent[] {
  const events = keys.map((key): CalendarEvent => {
    const old = before.get(key.uid);
    if (old === undefined) return { ...key, sequence: 0, changedAt: now };
    return isAlike(old, key) ? old : { ...key, sequence: old.sequence + 1, changedAt: now };
  });
  return events.sort((a, b) => a.day - b.day || a.uid.localeCompare(b.uid, 'en'));
}

const isAlike = (a: CalendarKey, b: CalendarKey): boolean =>
  a.day === b.day && a.name === b.name && a.provider === b.provider;
