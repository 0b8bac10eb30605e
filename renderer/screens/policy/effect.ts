import { daysUntil, dueSoonDays } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { localDay, startOfDay } from '../../text/dates.ts';

/** What another period would do to keys. */
export interface Effect {
  readonly keys: number;
  /** How many have another period at present. */
  readonly changed: number;
  /** How many become due today or overdue that are not now. */
  readonly dueAtOnce: number;
  /** How many more come due within 14 days that would not have. */
  readonly dueSoon: number;
}

type Row = Pick<KeyRow, 'everyDays' | 'dueAt' | 'dueBecause' | 'issuedAt'>;

/** Looks ahead, by the calendar of the page. `everyDaysOf` is each key's new period; null is never. */
export function effectOf<R extends Row>(
  rows: readonly R[],
  everyDaysOf: (row: R) => number | null,
  now: number,
): Effect {
  let changed = 0;
  let dueAtOnce = 0;
  let dueSoon = 0;
  for (const row of rows) {
    const everyDays = everyDaysOf(row);
    if (everyDays === row.everyDays) continue;
    changed += 1;
    const before = urgencyOf(row.dueAt, now);
    const after = urgencyOf(dueWith(row, everyDays), now);
    if (after <= before) continue;
    if (after === atOnce) dueAtOnce += 1;
    else dueSoon += 1;
  }
  return { keys: rows.length, changed, dueAtOnce, dueSoon };
}

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

function urgencyOf(dueAt: number | null, now: number): number {
  if (dueAt === null) return 0;
  const days = daysUntil(dueAt, now);
  if (days <= 0) return atOnce;
  return days <= dueSoonDays ? 1 : 0;
}
