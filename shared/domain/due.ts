import { type Calendar, type Day, dayFromIso } from './calendar.ts';
import type { KeyRecord } from './key.ts';
import type { DueDay } from './reminder.ts';

/** How often a key is rotated unless a policy says otherwise. */
export const defaultRotationDays = 90;

/** The longest period that a policy may have: ten years. */
export const mostRotationDays = 3650;

/** From how many days before it is due a key is said to be due soon. */
export const dueSoonDays = 14;

const dayMs = 86_400_000;

/** When a key is due, and what says so. */
export interface Due extends DueDay {
  readonly because: 'period' | 'expiry' | 'plan';
}

/**
 * When a key is due, in calendar days of the user's zone: so many days after the day it was issued on, or the last day
 * on which it works before it expires at its provider, or the day that it was planned for, whichever is first. null is
 * never. `everyDays` is its period; see `periodOf`.
 */
export function dueOf(key: Dated, everyDays: number | null, calendar: Calendar): Due | null {
  const day = firstDay(key, everyDays, calendar.dayOf);
  if (day === never) return null;
  return {
    day,
    utcDay: firstDay(key, everyDays, utcDayOf),
    because: whySo(key, everyDays, calendar.dayOf, day),
  };
}

type Dated = Pick<KeyRecord, 'issuedAt' | 'expiresAt' | 'plannedDay'>;

const periodDay = ({ issuedAt }: Dated, everyDays: number | null, dayOf: Calendar['dayOf']): Day =>
  everyDays === null ? never : dayOf(issuedAt) + everyDays;

const expiryDay = ({ expiresAt }: Dated, dayOf: Calendar['dayOf']): Day =>
  expiresAt === null ? never : dayOf(expiresAt) - 1;

const planDay = ({ plannedDay }: Dated): Day =>
  plannedDay === null ? never : (dayFromIso(plannedDay) ?? never);

const firstDay = (key: Dated, everyDays: number | null, dayOf: Calendar['dayOf']): Day =>
  Math.min(periodDay(key, everyDays, dayOf), expiryDay(key, dayOf), planDay(key));

function whySo(key: Dated, everyDays: number | null, dayOf: Calendar['dayOf'], day: Day): Due['because'] {
  if (day === expiryDay(key, dayOf)) return 'expiry';
  return day === periodDay(key, everyDays, dayOf) ? 'period' : 'plan';
}

const utcDayOf = (at: number): Day => Math.floor(at / dayMs);
const never = Number.POSITIVE_INFINITY;

/** The share of its period that a key has used: 0 when new, 1 when due, more when overdue; null when never due. */
export function usedShare(issuedAt: number, dueAt: number | null, now: number): number | null {
  if (dueAt === null) return null;
  return Math.max(0, (now - issuedAt) / Math.max(1, dueAt - issuedAt));
}

/** How a key stands towards its due day. */
export type DueState = 'never' | 'fine' | 'due-soon' | 'overdue';

/** By the calendar: overdue from the day after the due day on, due soon on that day and in the 14 days before. */
export function dueState(dueAt: number | null, now: number): DueState {
  if (dueAt === null) return 'never';
  const days = daysUntil(dueAt, now);
  if (days < 0) return 'overdue';
  return days <= dueSoonDays ? 'due-soon' : 'fine';
}

/**
 * Calendar days from now to the due instant, in the time zone of the machine: 0 today, 1 tomorrow, negative when the
 * day has passed.
 */
export function daysUntil(due: number, now: number): number {
  return Math.round((startOfDay(due) - startOfDay(now)) / dayMs);
}

function startOfDay(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}
