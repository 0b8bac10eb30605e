import type { Grace } from '../../shared/domain/work.ts';

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
