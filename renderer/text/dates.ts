import { type Day, isoOf } from '../../shared/domain/calendar.ts';
import { daysUntil } from '../../shared/domain/due.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const monthDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** An instant to the second, in the user's time zone. */
export const exactTime = (at: number): string => exact.format(at);

/** The day of an instant, such as "3 Feb 2027". */
export const dayOf = (at: number): string => day.format(at);

/** The calendar day of an instant, in the time zone of the page. */
export function localDay(at: number): Day {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
}

/** The beginning of a calendar day, in the time zone of the page. */
export function startOfDay(calendarDay: Day): number {
  const date = new Date(calendarDay * dayMs);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime();
}

/** So many calendar days from now, as `YYYY-MM-DD`. */
export const isoDayIn = (days: number, now: number): string => isoOf(localDay(now) + days);

/** A calendar day such as "3 Mar"; with its year where that is not this one. */
export function dayShort(calendarDay: Day, now: number): string {
  const at = startOfDay(calendarDay);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? monthDay.format(at) : day.format(at);
}

/** The time of day of an instant, such as "14:05". */
export const clockOf = (at: number): string => clock.format(at);

/** `3 days`, `1 day`: a number with its unit. */
export function count(number: number, unit: string, units = `${unit}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? unit : units}`;
}

/** An instant seen from `now`: "just now", "5 minutes ago", "in 3 days"; beyond 60 days the day itself. */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance < 45_000) return at <= now ? 'just now' : 'in a moment';
  if (distance > 60 * dayMs) return dayOf(at);
  const words = span(distance);
  return at <= now ? `${words} ago` : `in ${words}`;
}

/** A length of time in its largest sensible unit, such as "2 hours". */
export function span(distanceMs: number): string {
  if (distanceMs < hourMs) return count(Math.max(1, Math.round(distanceMs / minuteMs)), 'minute');
  if (distanceMs < dayMs) return count(Math.round(distanceMs / hourMs), 'hour');
  return count(Math.round(distanceMs / dayMs), 'day');
}

/** The same for a column that is called "Due": "In 12 days", "Today", "3 days overdue", "Never". */
export function dueShort(due: number | null, now: number): string {
  const words = dueWords(due, now).replace(/^Due |^Never due/, (start) => (start === 'Due ' ? '' : 'Never'));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When a key is due, by the calendar: "Due in 12 days", "Due today", "3 days overdue", "Never due". */
export function dueWords(due: number | null, now: number): string {
  if (due === null) return 'Never due';
  const days = daysUntil(due, now);
  if (days < 0) return `${count(-days, 'day')} overdue`;
  if (days === 0) return 'Due today';
  return days === 1 ? 'Due tomorrow' : `Due in ${count(days, 'day')}`;
}
