import { daysUntil, dueSoonDays } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { localDay, startOfDay } from '../../text/dates.ts';

/** How many keys, and how many of them are live. */
export interface Tally {
  readonly keys: number;
  readonly live: number;
}

/** What another period would do to keys. */
export interface Effect {
  readonly keys: number;
  /** How many have another period at present. */
  readonly changed: number;
  /** How many more keep the period, and get another reason for it. */
  readonly otherReason: number;
  /** How many become due today or overdue that are not now. */
  readonly dueAtOnce: number;
  /** How many more come due within 14 days that would not have. */
  readonly dueSoon: number;
  /** Those that will never be due; the overdue ones among them are `overdueNever`, and counted in both. */
  readonly neverDue: Tally;
  readonly overdueNever: Tally;
  /** Those that are overdue, and would be due on a later day instead. */
  readonly overdueLater: Tally;
}

type Row = Pick<KeyRow, 'everyDays' | 'dueAt' | 'dueBecause' | 'issuedAt' | 'environment'>;

/**
 * Looks ahead, by the calendar of the page. `everyDaysOf` is each key's new period; null is never. `getsOtherReason` is
 * asked of keys whose period stays.
 */
export function effectOf<R extends Row>(
  rows: readonly R[],
  everyDaysOf: (row: R) => number | null,
  now: number,
  getsOtherReason: (row: R) => boolean = () => false,
): Effect {
  let otherReason = 0;
  const changed: Change[] = [];
  for (const row of rows) {
    const everyDays = everyDaysOf(row);
    if (everyDays === row.everyDays) {
      if (getsOtherReason(row)) otherReason += 1;
      continue;
    }
    const dueAt = dueWith(row, everyDays);
    changed.push({
      before: urgencyOf(row.dueAt, now),
      after: urgencyOf(dueAt, now),
      isNever: dueAt === null && row.dueAt !== null,
      isLive: row.environment === 'live',
    });
  }
  const rising = changed.filter(({ before, after }) => Math.min(after, atOnce) > Math.min(before, atOnce));
  const dueAtOnce = rising.filter(({ after }) => after >= atOnce).length;
  return {
    keys: rows.length,
    changed: changed.length,
    otherReason,
    dueAtOnce,
    dueSoon: rising.length - dueAtOnce,
    neverDue: tally(changed.filter(({ isNever }) => isNever)),
    overdueNever: tally(changed.filter(({ before, isNever }) => before === overdue && isNever)),
    overdueLater: tally(
      changed.filter(({ before, after, isNever }) => before === overdue && after < atOnce && !isNever),
    ),
  };
}

interface Change {
  readonly before: number;
  readonly after: number;
  readonly isNever: boolean;
  readonly isLive: boolean;
}

const tally = (changes: readonly Change[]): Tally => ({
  keys: changes.length,
  live: changes.filter(({ isLive }) => isLive).length,
});

/**
 * When the key would be due: what its expiry or plan says stays. An expiry that lies after the present due day is not
 * known here, and can only come before a later day.
 */
function dueWith({ issuedAt, dueAt, dueBecause }: Row, everyDays: number | null): number | null {
  const other = dueBecause === 'period' ? null : dueAt;
  if (everyDays === null) return other;
  const byPeriod = startOfDay(localDay(issuedAt) + everyDays);
  return other === null ? byPeriod : Math.min(other, byPeriod);
}

const atOnce = 2;
const overdue = 3;

function urgencyOf(dueAt: number | null, now: number): number {
  if (dueAt === null) return 0;
  const days = daysUntil(dueAt, now);
  if (days < 0) return overdue;
  if (days === 0) return atOnce;
  return days <= dueSoonDays ? 1 : 0;
}
