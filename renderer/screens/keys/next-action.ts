import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { attentionWords } from '../../text/attention.ts';
import { stoppedWork } from '../../text/stopped-work.ts';

/** What a key waits for, in a few words, and the button that is the next step. */
export interface NextStep {
  readonly tone: 'attention' | 'accent';
  readonly short: string;
  readonly title: string;
  readonly label: string;
  readonly to: 'copy-once' | 'rotate' | 'revoke' | 'write' | 'open-work' | 'show-work' | 'check';
}

/**
 * The next step for a key that waits for a person; null for one that does not. The work that has stopped at the key knows
 * more of it than the key's own record.
 */
export function nextStep(
  row: Pick<KeyRow, 'attention' | 'unsealed'>,
  work: WorkView | null = null,
): NextStep | null {
  const stopped = work === null ? null : stoppedWork(work);
  if (stopped !== null) {
    const { short, title, actionLabel } = stopped;
    return { tone: 'attention', short, title, label: actionLabel, to: 'show-work' };
  }
  if (row.attention !== null) {
    const { short, title, action, actionLabel } = attentionWords(row.attention);
    return { tone: 'attention', short, title, label: actionLabel, to: action };
  }
  if (row.unsealed)
    return {
      tone: 'accent',
      short: 'Not sealed yet',
      title: 'New: it can still be copied once',
      label: 'Copy once',
      to: 'copy-once',
    };
  return null;
}
