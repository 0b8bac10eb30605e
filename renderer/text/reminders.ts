import { dayFromIso } from '../../shared/domain/calendar.ts';
import { dueTitle } from '../../shared/domain/due-title.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import type { KeyRow } from '../../shared/ipc/keys.contract.ts';
import { count, dayShort, localDay } from './dates.ts';

/** The longest that a key may be put off, in days: a year. */
export const longestSnoozeDays = 366;

/** The day until which nothing is said about a key, as `YYYY-MM-DD`; null where it is not snoozed, or not any more. */
export function snoozeOf({ snoozedUntil }: Pick<KeyRow, 'snoozedUntil'>, now: number): string | null {
  const until = snoozedUntil === null ? null : dayFromIso(snoozedUntil);
  return until === null || until <= localDay(now) ? null : snoozedUntil;
}

/** "Snoozed until 3 Mar". */
export function snoozedWords(until: string, now: number): string {
  const day = dayFromIso(until);
  return day === null ? 'Snoozed' : `Snoozed until ${dayShort(day, now)}`;
}

/** What is wrong with a day until which keys are to be snoozed; null where nothing is. */
export function snoozeDayProblem(until: string, now: number): string | null {
  const day = dayFromIso(until);
  if (day === null) return 'Choose a day.';
  const today = localDay(now);
  if (day <= today) return 'Choose a day after today: a snooze ends when its day begins.';
  if (day > today + longestSnoozeDays) return 'Choose a day within a year.';
  return null;
}

/** What a notice of several keys tells, as it stood when it was made: "2 keys are overdue, 5 are due within 14 days". */
export const noticeTitle = ({ at, keys }: Pick<Notice, 'at' | 'keys'>): string =>
  dueTitle(
    keys.map(({ due }) => due),
    localDay(at),
  );

/** How a key that was due so many days later stood: "Was due in 14 days", "Was 3 days overdue". */
export function wasWords(days: number): string {
  if (days < 0) return `Was ${count(-days, 'day')} overdue`;
  if (days === 0) return 'Was due that day';
  return days === 1 ? 'Was due the next day' : `Was due in ${days} days`;
}

/** How many notices the user has not seen yet. */
export const unseenOf = (notices: readonly Notice[]): number => notices.filter(({ seen }) => !seen).length;
