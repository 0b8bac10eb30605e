import type { KeyRow } from '../../shared/ipc/keys.contract.ts';
import { count, dueWords, localDay } from './dates.ts';
import { statusWords } from './keys.ts';
import { snoozedWords, snoozeOf } from './reminders.ts';

/** What a key's ring shows, in words: "62 of 90 days used", and what stands out about it. */
export function ringTitle(
  row: Pick<KeyRow, 'status' | 'issuedAt' | 'dueAt' | 'snoozedUntil'>,
  now: number,
): string {
  if (row.status === 'revoked' || row.status === 'retiring') return statusWords(row.status);
  if (row.dueAt === null) return 'Never due';
  const issued = localDay(row.issuedAt);
  const used = Math.max(0, localDay(now) - issued);
  const age = `${used.toLocaleString('en-GB')} of ${count(Math.max(0, localDay(row.dueAt) - issued), 'day')} used`;
  const snoozed = snoozeOf(row, now);
  const rest = snoozed === null ? dueWords(row.dueAt, now) : snoozedWords(snoozed, now);
  return `${age}, ${rest.charAt(0).toLowerCase()}${rest.slice(1)}`;
}
