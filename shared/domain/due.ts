import type { KeyRecord } from './key.ts';

/** How often a key is rotated unless its policy says otherwise. */
export const defaultRotationDays = 90;

/** From how many days before it is due a key is said to be due soon. */
export const dueSoonDays = 14;

const dayMs = 86_400_000;

/** When a key is due, in milliseconds since 1970: by its policy or at its expiry, whichever is first; null is never. */
export function dueAt(key: Pick<KeyRecord, 'issuedAt' | 'expiresAt' | 'policy'>): number | null {
  const byPolicy = key.policy.everyDays === null ? null : key.issuedAt + key.policy.everyDays * dayMs;
  if (byPolicy === null) return key.expiresAt;
  return key.expiresAt === null ? byPolicy : Math.min(byPolicy, key.expiresAt);
}

/** The share of its period that a key has used: 0 when new, 1 when due, more when overdue; null when never due. */
export function usedShare(
  key: Pick<KeyRecord, 'issuedAt' | 'expiresAt' | 'policy'>,
  now: number,
): number | null {
  const due = dueAt(key);
  if (due === null) return null;
  const period = Math.max(1, due - key.issuedAt);
  return Math.max(0, (now - key.issuedAt) / period);
}

/** How a key stands towards its due date. */
export type DueState = 'never' | 'fine' | 'due-soon' | 'overdue';

/** Puts the due instant into words' terms: overdue from the instant on, due soon in the 14 days before. */
export function dueState(due: number | null, now: number): DueState {
  if (due === null) return 'never';
  if (now >= due) return 'overdue';
  return due - now <= dueSoonDays * dayMs ? 'due-soon' : 'fine';
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
