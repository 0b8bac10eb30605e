import { count, dayOf } from '../../text/dates.ts';
import type { MonthOfRotations, PastRotation } from './history.ts';

/** How a key was rotated so far: "Rotated 6 times, every 88 days on average, once 12 days late." */
export function historyWords(rotations: readonly PastRotation[]): string {
  if (rotations.length === 0) return 'Not rotated yet.';
  const lives = rotations.flatMap(({ afterDays }) => (afterDays === null ? [] : [afterDays]));
  const average = Math.round(lives.reduce((sum, days) => sum + days, 0) / Math.max(1, lives.length));
  const parts = [
    `Rotated ${times(rotations.length)}`,
    ...averageWords(lives.length, average),
    ...lateWords(rotations),
  ];
  return `${parts.join(', ')}.`;
}

function averageWords(known: number, average: number): readonly string[] {
  if (known === 0) return [];
  return [known === 1 ? afterWords(average) : `every ${count(average, 'day')} on average`];
}

const afterWords = (days: number): string =>
  days === 0 ? 'on the day it was made' : `after ${count(days, 'day')}`;

function lateWords(rotations: readonly PastRotation[]): readonly string[] {
  const late = rotations.flatMap(({ lateDays }) => (lateDays === null || lateDays === 0 ? [] : [lateDays]));
  const judged = rotations.filter(({ lateDays }) => lateDays !== null).length;
  if (judged === 0) return [];
  if (late.length === 0) return [judged === 1 ? 'on time' : 'always on time'];
  const most = Math.max(...late);
  const by = `${count(most, 'day')} late`;
  return [late.length === 1 ? `once ${by}` : `${times(late.length)} late, by ${count(most, 'day')} at most`];
}

/** What a dot of the picture says: "3 Feb 2027, after 102 days, 12 days late". */
export function rotationWords({ at, afterDays, lateDays }: PastRotation): string {
  return [
    dayOf(at),
    ...(afterDays === null ? [] : [afterWords(afterDays)]),
    ...(lateDays === null ? [] : [lateDays === 0 ? 'on time' : `${count(lateDays, 'day')} late`]),
  ].join(', ');
}

/** How the whole vault was rotated: "31 rotations in 12 months, 4 of them late." */
export function monthsWords(months: readonly MonthOfRotations[]): string {
  const rotations = months.reduce((sum, month) => sum + month.rotations, 0);
  const late = months.reduce((sum, month) => sum + month.late, 0);
  if (rotations === 0) return `No rotations in ${count(months.length, 'month')}.`;
  const lateness = late === 0 ? 'none of them late' : `${late} of them late`;
  return `${count(rotations, 'rotation')} in ${count(months.length, 'month')}, ${lateness}.`;
}

function times(number: number): string {
  if (number === 1) return 'once';
  return number === 2 ? 'twice' : `${number.toLocaleString('en-GB')} times`;
}
