import type { Day } from '../../shared/domain/calendar.ts';
import { count } from './dates.ts';

const dayMs = 86_400_000;
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const withWeekday = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** A calendar day, such as "1 March". */
export const dayWords = (day: Day): string => dayAndMonth.format(day * dayMs);

/** A calendar day with its weekday, such as "Mon 1 Mar". */
export const weekdayWords = (day: Day): string => withWeekday.format(day * dayMs);

/** What a full week has: "7 keys come due in the week of 1 March". */
export const peakWords = (keys: number, week: Day): string =>
  `${count(keys, 'key')} ${keys === 1 ? 'comes' : 'come'} due in the week of ${dayWords(week)}`;
