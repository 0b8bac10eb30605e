import { daysUntil } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';

/** One past rotation of a key. */
export interface PastRotation {
  readonly at: number;
  /** How many days the key before had lived; null where the vault does not know that key any more. */
  readonly afterDays: number | null;
  /** By how many days it was later than the period; 0 on time or earlier; null where there is no telling. */
  readonly lateDays: number | null;
}

/** A key with those that it has replaced: how it was rotated so far. */
export interface KeyHistory {
  readonly key: KeyRow;
  /** When the oldest key that is known was issued. */
  readonly since: number;
  /** The oldest first. */
  readonly rotations: readonly PastRotation[];
}

/** What the vault knows of the past, looked up by key. */
export interface Past {
  readonly of: (id: KeyId) => KeyHistory | null;
  /** Every rotation that took place, the oldest first. */
  readonly all: readonly PastRotation[];
}

/** Reads the past off the keys, each of which says which one it replaced. A rotation that was undone is none. */
export function pastOf(rows: readonly KeyRow[]): Past {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const rotationTo = (row: KeyRow): PastRotation | null => {
    if (row.replaces === null) return null;
    const before = byId.get(row.replaces);
    if (before === undefined) return { at: row.issuedAt, afterDays: null, lateDays: null };
    return hasTakenOver(row, before) ? rotation(row, before) : null;
  };
  const of = (id: KeyId): KeyHistory | null => {
    const key = byId.get(id);
    if (key === undefined) return null;
    const rotations: PastRotation[] = [];
    const seen = new Set<KeyId>();
    let oldest = key;
    while (!seen.has(oldest.id)) {
      seen.add(oldest.id);
      const made = rotationTo(oldest);
      if (made === null) break;
      rotations.unshift(made);
      const before = oldest.replaces === null ? undefined : byId.get(oldest.replaces);
      if (before === undefined) break;
      oldest = before;
    }
    return { key, since: oldest.issuedAt, rotations };
  };
  const all = rows
    .map(rotationTo)
    .filter((made) => made !== null)
    .sort((a, b) => a.at - b.at);
  return { of, all };
}

/** Whether the new key is in the old one's place: the old one has gone or goes, or both are being dealt with. */
function hasTakenOver(row: KeyRow, before: KeyRow): boolean {
  const isGoing = before.status === 'revoked' || before.status === 'retiring';
  return isGoing && row.status !== 'rotating';
}

function rotation(row: KeyRow, before: KeyRow): PastRotation {
  const afterDays = daysUntil(row.issuedAt, before.issuedAt);
  const { everyDays } = before;
  return {
    at: row.issuedAt,
    afterDays,
    lateDays: everyDays === null ? null : Math.max(0, afterDays - everyDays),
  };
}

/** How many rotations a month had, and how many of them were late. */
export interface MonthOfRotations {
  /** The first instant of the month. */
  readonly at: number;
  readonly rotations: number;
  readonly late: number;
}

/** The last `months` months, the present one last, without any left out. */
export function monthsOf(
  rotations: readonly PastRotation[],
  now: number,
  months: number,
): readonly MonthOfRotations[] {
  const today = new Date(now);
  const monthAt = (back: number) => new Date(today.getFullYear(), today.getMonth() - back, 1).getTime();
  return Array.from({ length: months }, (_, index) => {
    const at = monthAt(months - 1 - index);
    const end = monthAt(months - 2 - index);
    const own = rotations.filter((each) => each.at >= at && each.at < end);
    return { at, rotations: own.length, late: own.filter(isLate).length };
  });
}

/** Whether a rotation was later than the period. */
export const isLate = ({ lateDays }: PastRotation): boolean => lateDays !== null && lateDays > 0;
