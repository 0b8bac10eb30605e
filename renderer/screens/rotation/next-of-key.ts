import { dueState } from '../../../shared/domain/due.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { type NextStep, nextStep } from '../keys/next-action.ts';
import { snoozeWordsOf } from './mark-words.ts';
import type { DueKey } from './timeline.ts';

/** The one next action of a key in the list of what is due. `words` say why, where it is not simply due. */
export interface NextOfKey {
  readonly words: string | null;
  readonly label: string;
  readonly to: NextStep['to'];
  /** What else can be done, beside it. */
  readonly quiet: 'snooze' | 'end-snooze' | null;
}

/** What waits for a person comes before what is due; a snoozed key can be rotated, or its snooze ended. */
export function nextOfKey({ key, dueAt }: DueKey, work: WorkView | null, now: number): NextOfKey {
  const step = nextStep(key, work);
  if (step !== null) return { words: step.short, label: step.label, to: step.to, quiet: null };
  const rotate = { label: 'Rotate', to: 'rotate' } as const;
  const snoozed = snoozeWordsOf(key, now);
  if (snoozed !== null) return { ...rotate, words: snoozed, quiet: 'end-snooze' };
  const state = dueState(dueAt, now);
  const isPressing = state === 'overdue' || state === 'due-soon';
  return { ...rotate, words: null, quiet: isPressing ? 'snooze' : null };
}
