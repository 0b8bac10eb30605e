import { type Calendar, calendarIn } from '../shared/domain/calendar.ts';

/** The calendar of the zone that the machine is in at the moment of asking; a new one only where the zone has changed. */
export function createZoneCalendar(zone: () => string): () => Calendar {
  let last: Calendar | null = null;
  return () => {
    const now = zone();
    last = last?.zone === now ? last : calendarIn(now);
    return last;
  };
}
