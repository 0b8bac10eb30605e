import type { DueState } from '../../shared/domain/due.ts';
import type { Environment, KeyStatus } from '../../shared/domain/key.ts';
import type { CheckOutcome } from '../../shared/domain/provider.ts';
import { count } from './dates.ts';

const statuses: Record<KeyStatus, string> = {
  active: 'Active',
  rotating: 'Rotating',
  retiring: 'Retiring',
  revoked: 'Revoked',
  'needs-attention': 'Needs attention',
};

/** A key's status as it stands on screen. */
export const statusWords = (status: KeyStatus): string => statuses[status];

/** What a ring says, for those who do not see it. */
export function ringWords(share: number | null, state: DueState | 'gone'): string {
  if (state === 'gone') return 'Revoked';
  if (share === null || state === 'never') return 'Never due';
  const percent = Math.round(Math.min(share, 1) * 100);
  if (state === 'overdue') return 'Overdue';
  return state === 'due-soon' ? `Due soon, ${percent} % of its time used` : `${percent} % of its time used`;
}

/** In how many files a key is written. */
export const targetsWords = (targets: number): string =>
  targets === 0 ? 'No files' : count(targets, 'file');

/** How often a key is rotated: "Every 90 days", "Never". */
export function policyWords(everyDays: number | null): string {
  return everyDays === null ? 'Never' : `Every ${count(everyDays, 'day')}`;
}

/** What a check of a key found, as a person would say it, and what can be done about it: the likeliest first. */
export interface CheckWords {
  readonly tone: 'done' | 'info' | 'attention' | 'danger';
  readonly title: string;
  readonly text: string;
  readonly next: readonly CheckStep[];
}

/** A next step after a check, as the button that does it. */
export type CheckStep = 'rotate' | 'replace' | 'open-dashboard' | 'mark-revoked' | 'take-in' | 'check-again';

const stepLabels: Readonly<Record<CheckStep, string>> = {
  rotate: 'Rotate',
  replace: 'Generate a replacement',
  'open-dashboard': 'Open dashboard',
  'mark-revoked': 'Mark as revoked',
  'take-in': 'Take in a key',
  'check-again': 'Check again',
};

/** The button of a next step. */
export const checkStepWords = (step: CheckStep): string => stepLabels[step];

/** Puts what a check found into words. What the provider itself said is repeated where it says something. */
export function checkWords(
  outcome: CheckOutcome,
  { provider, environment }: { readonly provider: string; readonly environment: Environment },
): CheckWords {
  switch (outcome.outcome) {
    case 'valid':
      return { tone: 'done', title: 'The key works', text: `${provider} accepts it.`, next: [] };
    case 'valid-but-limited':
      return {
        tone: 'info',
        title: 'The key works, but may not do this',
        text: sentences(
          `${provider} knows the key and does not allow it what the check asked for`,
          saidWords(provider, outcome.message),
          'What it may do is unchanged',
        ),
        next: ['replace', 'open-dashboard'],
      };
    case 'refused':
      return refusalWords(outcome, provider, environment);
  }
}

function refusalWords(
  { why, message }: Extract<CheckOutcome, { outcome: 'refused' }>,
  provider: string,
  environment: Environment,
): CheckWords {
  const said = saidWords(provider, message);
  switch (why) {
    case 'revoked':
      return {
        tone: 'danger',
        title: `The key is revoked at ${provider}`,
        text: sentences('It was ended there, not here. What uses it has stopped working', said),
        next: ['rotate', 'mark-revoked', 'replace'],
      };
    case 'expired':
      return {
        tone: 'danger',
        title: 'The key has expired',
        text: sentences(`${provider} accepts it no longer. What uses it has stopped working`, said),
        next: ['rotate', 'mark-revoked', 'replace'],
      };
    case 'mistyped':
      return {
        tone: 'attention',
        title: `This does not look like a key of ${provider}`,
        text: sentences(
          'Something may be missing at its beginning or end, or it belongs to another provider',
          said,
        ),
        next: ['open-dashboard', 'take-in', 'rotate'],
      };
    case 'wrong-environment': {
      const other = environment === 'live' ? 'test' : 'live';
      return {
        tone: 'attention',
        title: `This is a ${other} key`,
        text: sentences(
          `Its connection is for ${environment} keys, so it was not sent to ${provider}`,
          `Take it in at a connection for ${other} keys, and delete it here`,
        ),
        next: ['take-in'],
      };
    }
    case 'not-accepted':
      return {
        tone: 'danger',
        title: `${provider} does not accept the key`,
        text: sentences(
          'It may be revoked, changed or not copied whole; the provider does not tell which',
          said,
        ),
        next: ['rotate', 'open-dashboard', 'mark-revoked', 'replace'],
      };
  }
}

/** What the provider said, where it is more than the number or the name of a status. */
function saidWords(provider: string, message: string): string {
  const text = message.trim();
  const isBare = /^(http\S*\s*)?(status\s*(code)?\s*:?\s*)?\d{3}\b[\s\w:-]{0,32}[.!]?$/i.test(text);
  return text === '' || isBare ? '' : `${provider} says: ${text}`;
}

const sentences = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(' ');
