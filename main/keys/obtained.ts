import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId, WorkId } from '../../shared/domain/ids.ts';
import type { Work } from '../../shared/domain/work.ts';
import { ok, type Result } from '../../shared/result.ts';
import { failedAs } from '../ipc/failed-as.ts';

interface Obtained extends Pick<Work, 'remarks'> {
  readonly keyId: KeyId;
  readonly workId: WorkId;
  /** Why what was left to do has stopped; left out where all is done. */
  readonly stopped?: Failure;
}

/**
 * What became of work that makes a key or takes one in. Where the key exists, the answer is the key, even if a target
 * still has to be written or the keychain would not take it: the work says what is left to do, and the key can still be
 * copied.
 */
export function obtained<E>(work: Work): Result<Obtained, E> {
  const { state, blocked, remarks } = work;
  if (state.step === 'outcome-unknown') {
    return failedAs(failure('outcome-unknown', { workId: work.id, strays: state.strays?.length ?? null }));
  }
  const made = state.step === 'created' || state.step === 'stored';
  const reason = state.step === 'finished' ? state.reason : blocked;
  if (made || reason === null) {
    const told = {
      ...(remarks === undefined ? {} : { remarks }),
      ...(reason === null ? {} : { stopped: reason }),
    };
    return ok({ keyId: work.keyId, workId: work.id, ...told });
  }
  return failedAs(reason);
}
