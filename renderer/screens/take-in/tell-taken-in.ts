import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { AnswerOf } from '../../../shared/ipc/define.ts';
import { notify } from '../../app-state.ts';
import { words } from '../../text/errors.ts';
import { remarkLines } from '../../text/targets.ts';

type TakenIn = Extract<AnswerOf<KeyturnContract['keys.takeIn']>, { ok: true }>['value'];

/** Says what became of a key that is in the vault now: why a file has not got it, and what there is to tell of the others. */
export function tellTakenIn({ remarks = [], stopped }: Pick<TakenIn, 'remarks' | 'stopped'>): void {
  const outcome =
    stopped === undefined
      ? 'Taken in: the key is stored and sealed.'
      : `The key is stored and sealed, but not in every file: ${words(stopped).title}.`;
  const isAllWell = stopped === undefined && remarks.length === 0;
  notify(isAllWell ? 'done' : 'attention', [outcome, ...remarkLines(remarks)].join(' '));
}
