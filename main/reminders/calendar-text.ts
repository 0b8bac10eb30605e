import ical, {
  ICalAlarmRelatesTo,
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventTransparency,
} from 'ical-generator';
import type { Day } from '../../shared/domain/calendar.ts';

/** One key in the calendar: nothing of it but its name, its provider's name and its day. */
export interface CalendarEvent {
  /** The same for a key and for all that replace it, so that a calendar moves its event instead of adding one. */
  readonly uid: string;
  readonly day: Day;
  readonly name: string;
  readonly provider: string;
  /** How often the event was changed; calendars take the higher one for the newer. */
  readonly sequence: number;
  /** When it was changed last, milliseconds since 1970. */
  readonly changedAt: number;
}

const dayMs = 86_400_000;
/** Alarms come at nine in the morning, by the clock of whoever reads the calendar. */
const alarmSeconds = 9 * 3_600;

/** The product that our calendars name as their writer; by it our own file is told from any other. */
export const calendarProduct = '-//keyturn.example//Keyturn//EN';

/** The text of an iCalendar file (RFC 5545): one all-day event per key, with an alarm three days before and on the day. */
export function calendarText(events: readonly CalendarEvent[]): string {
  const calendar = ical({
    name: 'Keyturn',
    prodId: calendarProduct.slice(1),
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const { uid, day, name, provider, sequence, changedAt } of events) {
    const event = calendar.createEvent({
      id: uid,
      sequence,
      stamp: new Date(changedAt),
      start: new Date(day * dayMs),
      allDay: true,
      summary: `Rotate ${name}`,
      description: `The key "${name}" of ${provider} is due to be rotated. Open Keyturn and choose Rotate.`,
      // A reminder takes none of the day's time.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: 3 * (dayMs / 1_000) - alarmSeconds,
      description: `${name} is due in 3 days`,
    });
    event
      .createAlarm({
        type: ICalAlarmType.display,
        triggerAfter: alarmSeconds,
        description: `${name} is due today`,
      })
      // It would count from the end of the day otherwise.
      .relatesTo(ICalAlarmRelatesTo.start);
  }
  return `${calendar.toString()}\r\n`;
}
