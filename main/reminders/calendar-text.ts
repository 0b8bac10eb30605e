import { setImmediate as pause } from 'node:timers/promises';
import ical, {
  foldLines,
  ICalAlarmRelatesTo,
  ICalAlarmType,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventTransparency,
} from 'ical-generator';
import type { Day } from '../../shared/domain/calendar.ts';

/** One key in the calendar: nothing of it but its name, its provider's name and its day. */
export interface CalendarEvent {
  /** The same for a key and for all that replace it, so that a calendar moves its event instead of adding one. */
  readonly uid: string;
  readonly day: Day;
  /** The first of the weeks after the day whose alarms are in it; grows while the key is overdue. */
  readonly firstWeek: number;
  readonly name: string;
  readonly provider: string;
  /** How often the event was changed; calendars take the higher one for the newer. */
  readonly sequence: number;
  /** When it was changed last, milliseconds since 1970. */
  readonly changedAt: number;
}

const dayMs = 86_400_000;
/** So many weekly alarms are there, for a calendar that is not told for so long that the key is still overdue. */
const weeks = 4;
/** How often a calendar is to look at the file. */
const refreshSeconds = 3_600;
/** Alarms come at nine in the morning, by the clock of whoever reads the calendar. */
const alarmSeconds = 9 * 3_600;
/** Written in one go; what else the app has to do comes in between. */
const eventsAtOnce = 50;

/** The product that our calendars name as their writer. */
const product = '-//keyturn.example//Keyturn//EN';

/** Whether a text is a calendar that we have written. */
export const isOurCalendar = (text: string): boolean =>
  text.startsWith('BEGIN:VCALENDAR') && text.slice(0, 1_000).includes(`\nPRODID:${product}\r\n`);

/** The text of an iCalendar file (RFC 5545): one all-day event per key, with alarms three days before, on the day and weekly after it. */
export async function calendarText(events: readonly CalendarEvent[]): Promise<string> {
  const calendar = ical({
    name: 'Keyturn',
    // The library begins it with the hyphen that stands for an unregistered owner.
    prodId: product.slice(1),
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
  });
  const frame = calendar.toString();
  const end = frame.lastIndexOf('END:VCALENDAR');
  let text = frame.slice(0, end);
  for (let from = 0; from < events.length; from += eventsAtOnce) {
    const some = events.slice(from, from + eventsAtOnce);
    text += foldLines(some.map((event) => eventText(calendar, event)).join(''));
    await pause();
  }
  return `${text}${frame.slice(end)}\r\n`;
}

function eventText(
  calendar: ICalCalendar,
  { uid, day, firstWeek, name, provider, ...rest }: CalendarEvent,
): string {
  const event = calendar.createEvent({
    id: uid,
    sequence: rest.sequence,
    stamp: new Date(rest.changedAt),
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
  const ringAfter = (days: number, description: string) =>
    event
      .createAlarm({
        type: ICalAlarmType.display,
        triggerAfter: days * (dayMs / 1_000) + alarmSeconds,
        description,
      })
      // It would count from the end of the day otherwise.
      .relatesTo(ICalAlarmRelatesTo.start);
  ringAfter(0, `${name} is due today`);
  for (let week = firstWeek; week < firstWeek + weeks; week += 1)
    ringAfter(week * 7, `${name} is ${week * 7} days overdue`);
  return event.toString();
}
