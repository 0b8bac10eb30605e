import type { WorkView } from '../../shared/ipc/work.contract.ts';
import { words } from './errors.ts';
import { whatIsTrue } from './work.ts';

/** Why a piece of work waits for a person, and the one next step, which its own card offers. */
export interface StoppedWords {
  /** Two or three words, for a row. */
  readonly short: string;
  readonly title: string;
  readonly text: string;
  /** What leads to the step, as the button says it. */
  readonly actionLabel: string;
}

/** The words for work that has stopped; null for work that runs, waits for its time or is over. */
export function stoppedWork(work: WorkView): StoppedWords | null {
  if (work.finished !== null) return null;
  const text = whatIsTrue(work);
  if (work.outcomeUnknown) {
    const strays = work.strays?.length ?? 0;
    return {
      short: 'Outcome unknown',
      title: 'Nobody knows whether a new key was made',
      text,
      actionLabel: strays > 0 ? 'Revoke the stray' : 'Look again',
    };
  }
  const { blocked } = work;
  if (blocked === null) return null;
  const { title } = words(blocked);
  switch (blocked.code) {
    case 'key-needed':
      return { short: 'Waits for the key', title, text, actionLabel: 'Paste the key' };
    case 'revocation-needed':
      return { short: 'To be revoked', title, text, actionLabel: 'Revoke by hand' };
    case 'answer-needed':
      return { short: 'Asks you something', title, text, actionLabel: 'Answer' };
    case 'key-still-alive':
      return { short: 'Still alive', title, text, actionLabel: 'Try again' };
    default:
      return { short: `${nouns[work.kind]} stopped`, title, text, actionLabel: 'See why' };
  }
}

const nouns: Readonly<Record<WorkView['kind'], string>> = {
  issue: 'Generating',
  rotate: 'Rotation',
  revoke: 'Revoking',
};
