import type { DueState } from '../../shared/domain/due.ts';
import type { KeyStatus } from '../../shared/domain/key.ts';
import type { CheckOutcome } from '../../shared/domain/provider.ts';
import type { TargetState } from '../../shared/ipc/keys.contract.ts';
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

const targetStates: Record<TargetState['state'], string> = {
  'in-step': 'In step',
  differs: 'Differs',
  missing: 'Missing',
  unreadable: 'Unreadable',
};

/** How a target stands, in one or two words. */
export const targetStateWords = (state: TargetState['state']): string => targetStates[state];

/** How a target stands, in a sentence. */
export function targetStateSentence(state: TargetState): string {
  switch (state.state) {
    case 'in-step':
      return 'The file holds this key.';
    case 'differs':
      return 'The file holds another value. Something else has changed it.';
    case 'missing':
      return 'The file or the variable is not there.';
    case 'unreadable':
      return state.detail === '' ? 'The file cannot be read.' : `The file cannot be read: ${state.detail}`;
  }
}

/** How often a key is rotated. */
export function policyWords(everyDays: number | null): string {
  return everyDays === null ? 'Never' : `Every ${count(everyDays, 'day')}`;
}

/** What a check of a key found, in words. */
export function checkWords(outcome: CheckOutcome, provider: string): { title: string; text: string } {
  switch (outcome.outcome) {
    case 'valid':
      return { title: 'The key works', text: `${provider} accepts it.` };
    case 'valid-but-limited':
      return { title: 'The key works, within limits', text: outcome.message };
    case 'refused':
      return { title: `${provider} refuses the key`, text: outcome.message };
  }
}
