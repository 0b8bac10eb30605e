import type { Day } from '../../shared/domain/calendar.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { CalendarEvent } from './calendar-text.ts';

/** How many whole weeks after the day the next weekly alarm comes: 1 before it and on it, more once a week has passed. */
export const weekAfter = (day: Day, today: Day): number => Math.max(1, Math.ceil((today - day) / 7));

/** A key that belongs in the calendar. */
export interface CalendarKey extends Pick<CalendarEvent, 'day' | 'firstWeek' | 'name' | 'provider'> {
  readonly id: KeyId;
}

/** An event, and the key that it stood for last. */
export interface KeptEvent extends CalendarEvent {
  readonly key: KeyId;
}

/**
 * The events of these keys, the first due first: as before where nothing of a key has changed, otherwise with the next
 * sequence number. A key goes on with the event of the one that it `replaces`, also where that one is not known any more.
 */
export function nextEvents(
  keys: readonly CalendarKey[],
  before: readonly KeptEvent[],
  replaces: (id: KeyId) => KeyId | null,
  now: number,
): KeptEvent[] {
  const ofKey = new Map(before.map((event) => [event.key, event]));
  const ofUid = new Map(before.map((event) => [event.uid, event]));
  const taken = new Set<string>();
  const events = keys.map(({ id, ...facts }): KeptEvent => {
    const inherited = uidOf(id, replaces, ofKey);
    // Two keys that replace the same one are two events.
    const uid = taken.has(inherited) ? newUid(id) : inherited;
    taken.add(uid);
    const old = ofUid.get(uid);
    if (old === undefined) return { ...facts, uid, key: id, sequence: 0, changedAt: now };
    if (isAlike(old, facts)) return old.key === id ? old : { ...old, key: id };
    return { ...facts, uid, key: id, sequence: old.sequence + 1, changedAt: now };
  });
  return events.sort((a, b) => a.day - b.day || compare(a.uid, b.uid));
}

/** The UID that the key has, or else inherits; a key that is the first of its line gives its own. */
function uidOf(
  id: KeyId,
  replaces: (id: KeyId) => KeyId | null,
  ofKey: ReadonlyMap<KeyId, KeptEvent>,
): string {
  const seen = new Set<KeyId>();
  let first = id;
  for (let at: KeyId | null = id; at !== null && !seen.has(at); at = replaces(at)) {
    const kept = ofKey.get(at);
    if (kept !== undefined) return kept.uid;
    seen.add(at);
    first = at;
  }
  return newUid(first);
}

const newUid = (id: KeyId): string => `${id}@keyturn`;

const isAlike = (a: Omit<CalendarKey, 'id'>, b: Omit<CalendarKey, 'id'>): boolean =>
  a.day === b.day && a.firstWeek === b.firstWeek && a.name === b.name && a.provider === b.provider;

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
