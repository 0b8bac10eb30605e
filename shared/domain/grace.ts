import type { Grace } from './work.ts';

const hourMs = 3_600_000;

const graceMs: Record<Grace, number> = {
  now: 0,
  '1-hour': hourMs,
  '24-hours': 24 * hourMs,
  '7-days': 7 * 24 * hourMs,
  '30-days': 30 * 24 * hourMs,
};

/** How long a grace is, in seconds. */
export const graceSeconds = (grace: Grace): number => graceMs[grace] / 1_000;

/** When the old key's grace ends; never later than the old key's own expiry. */
export function graceEnd(grace: Grace, from: number, oldKeyExpiresAt: number | null): number {
  const end = from + graceMs[grace];
  return oldKeyExpiresAt === null ? end : Math.min(end, oldKeyExpiresAt);
}
