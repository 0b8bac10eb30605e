import { graceEnd } from '../../shared/domain/grace.ts';
import type { Grace } from '../../shared/domain/work.ts';
import { clockOf, dayShort, localDay } from './dates.ts';

/** The choices of a grace, shortest first. */
export const graceChoices = [
  'now',
  '1-hour',
  '24-hours',
  '7-days',
  '30-days',
] as const satisfies readonly Grace[];

/** The grace that is offered first: long enough for a deployment, short enough to be remembered. */
export const defaultGrace: Grace = '24-hours';

/** The name of a grace on its button. */
export const graceLabels: Readonly<Record<Grace, string>> = {
  now: 'Now',
  '1-hour': '1 hour',
  '24-hours': '24 hours',
  '7-days': '7 days',
  '30-days': '30 days',
};

/** What happens to the old key, in one sentence. `byHand`: the user revokes it in the provider's dashboard. */
export function graceSentence(grace: Grace, byHand: boolean): string {
  if (!byHand) return graceSentences[grace];
  if (grace === 'now') return 'As soon as the new key is in place, Keyturn asks you to revoke the old one.';
  return `Both keys work for ${graceLabels[grace]}. Then Keyturn asks you to revoke the old one.`;
}

const graceSentences: Readonly<Record<Grace, string>> = {
  now: 'The old key is revoked as soon as the new one is in place. Whatever still uses the old one stops working.',
  '1-hour': 'Both keys work for one hour. Then Keyturn revokes the old one.',
  '24-hours': 'Both keys work for 24 hours, time to restart and deploy. Then Keyturn revokes the old one.',
  '7-days': 'Both keys work for 7 days. Then Keyturn revokes the old one.',
  '30-days': 'Both keys work for 30 days. Then Keyturn revokes the old one.',
};

/** Until when a new key that is in no file has to be copied: "before 28 Nov, when the old one ends". */
export function copyBefore(grace: Grace, now: number): string {
  if (grace === 'now') return 'at once: the old one ends as soon as the new one is there';
  return `before ${momentWords(graceEnd(grace, now, null), now)}, when the old one ends`;
}

/** A moment to come, as exactly as it matters: "14:05", "22 Nov, 14:05", and "28 Nov" where it is some days away. */
export function momentWords(at: number, now: number): string {
  const days = localDay(at) - localDay(now);
  if (days === 0) return clockOf(at);
  return days > 2 ? dayShort(localDay(at), now) : `${dayShort(localDay(at), now)}, ${clockOf(at)}`;
}
