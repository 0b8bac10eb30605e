import type { Failure } from '../../shared/domain/failure.ts';
import type { Target } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import { heldTarget } from './new-target.ts';
import { type TakeInRefusal, type TakeInRequest, takeInKey } from './take-in-key.ts';
import type { Works } from './works.ts';

/** A key that was found in files, and which of them are to be its targets. */
export interface AdoptRequest extends Omit<TakeInRequest, 'targets' | 'adopts'> {
  readonly targets: readonly Pick<Target, 'file' | 'variables'>[];
}

/**
 * Takes a key in like `takeInKey`, with targets that hold its value already and are not written to. A file that does not
 * hold it any more was changed meanwhile (`file-changed`), and nothing is taken in.
 */
export function adoptKey(
  ports: KeyPorts,
  works: Works,
  wanted: AdoptRequest,
): Promise<Result<Work, TakeInRefusal | Failure<'work-running' | 'storage-failed'>>> {
  return takeInKey(ports, works, { ...wanted, targets: wanted.targets.map(heldTarget), adopts: true });
}
