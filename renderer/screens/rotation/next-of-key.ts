import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { type NextStep, nextStep } from '../keys/next-action.ts';
import { snoozeWordsOf } from './mark-words.ts';

/** The one next action of a key in the list of what is due. `words` say why, where it is not simply due. */
export interface NextOfKey {
  readonly words: string | null;
  readonly label: string;
  readonly to: NextStep['to'] | 'end-snooze';
}

/** What waits for a person comes before what is due; a snoozed key is left alone until its day. */
export function nextOfKey(row: KeyRow, work: WorkView | null, now: number): NextOfKey {
  const step = nextStep(row, work);
  if (step !== null) return { words: step.short, label: step.label, to: step.to };
  const snoozed = snoozeWordsOf(row, now);
  if (snoozed !== null) return { words: snoozed, label: 'End snooze', to: 'end-snooze' };
  return { words: null, label: 'Rotate', to: 'rotate' };
}
