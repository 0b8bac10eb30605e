/** A calendar day, counted from 1 January 1970, whatever the time zone. */
export type Day = number;

/** The calendar of one time zone: which day an instant falls on there, and when a day begins. */
export interface Calendar {
  readonly zone: string;
  /** The day that the instant (milliseconds since 1970, UTC) falls on. */
  dayOf(at: number): Day;
  /** What the clock on the wall shows at the instant, in whole minutes since midnight. */
  minuteOf(at: number): number;
  /** The first instant of the day. Where the clocks skip midnight it is the first that there is. */
  startOf(day: Day): number;
}

const dayMs = 86_400_000;

/**
 * The calendar of a time zone by its IANA name; throws RangeError for a name that is none. The zone's offset is looked
 * up once per day and kept, so that asking for many instants costs next to nothing; on the days on which the clocks
 * are changed it is looked up for the instant itself.
 */
export function calendarIn(zone: string): Calendar {
  const offsetAt = offsetsOf(zone);
  /** The offset on each day of UTC; NaN where it changes in the course of it. */
  const offsets = new Map<number, number>();

  function offsetOn(utcDay: number): number {
    const known = offsets.get(utcDay);
    if (known !== undefined) return known;
    const offset = offsetAt(utcDay * dayMs);
    const found = offset === offsetAt((utcDay + 1) * dayMs) ? offset : Number.NaN;
    offsets.set(utcDay, found);
    return found;
  }

  /** The instant as the clock on the wall shows it, as if that were UTC. */
  function wallAt(at: number): number {
    const offset = offsetOn(Math.floor(at / dayMs));
    return at + (Number.isNaN(offset) ? offsetAt(at) : offset);
  }

  const dayOf = (at: number): Day => Math.floor(wallAt(at) / dayMs);

  function minuteOf(at: number): number {
    const wall = wallAt(at);
    return Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / 60_000);
  }

  function startOf(day: Day): number {
    // No zone is more than 14 hours ahead or 12 behind; two days either way hold every start.
    const from = day * dayMs - offsetAt(day * dayMs);
    if (dayOf(from) === day && dayOf(from - 1) < day) return from;
    let before = (day - 2) * dayMs;
    let after = (day + 2) * dayMs;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (dayOf(middle) >= day) after = middle;
      else before = middle;
    }
    return after;
  }

  return { zone, dayOf, minuteOf, startOf };
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetsOf(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (at) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
  };
}

/** The day as `YYYY-MM-DD`. */
export const isoOf = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The day that `YYYY-MM-DD` names; null for any other text, also one like 30 February. */
export function dayFromIso(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || isoOf(at / dayMs) !== text ? null : at / dayMs;
}

/** The day of the week: 0 is Monday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** The Monday of the day's week. */
export const weekOf = (day: Day): Day => day - weekdayOf(day);
