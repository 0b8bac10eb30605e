import type { TargetId } from '../../shared/domain/ids.ts';
import type { Target } from '../../shared/domain/key.ts';
import type { ParsedNewTarget } from '../../shared/ipc/keys.contract.ts';

/** A target that has the key already, as it is asked for: nobody has said anything more of it. */
export const heldTarget = ({ file, variables }: Pick<Target, 'file' | 'variables'>): ParsedNewTarget => ({
  file,
  variables,
  dialect: 'any',
  keepsExample: false,
  confirmName: '',
  mayReplace: [],
});

/** The target that the user asks for. Who typed the key's name lets a live key into the file although Git tracks it. */
export function newTarget(id: TargetId, wanted: ParsedNewTarget, keyName: string): Target {
  const { file, variables, dialect, keepsExample, confirmName } = wanted;
  return { id, file, variables, dialect, keepsExample, mayBeTracked: confirmName === keyName };
}
