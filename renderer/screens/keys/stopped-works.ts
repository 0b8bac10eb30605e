import type { KeyId } from '../../../shared/domain/ids.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { stoppedWork } from '../../text/stopped-work.ts';

/** The work that waits for a person, by the key that it is about. */
export type StoppedWorks = ReadonlyMap<KeyId, WorkView>;

export const noneStopped: StoppedWorks = new Map();

/** Picks what has stopped out of all work; of two at one key the later one. */
export function stoppedByKey(works: readonly WorkView[]): StoppedWorks {
  const stopped = works.filter((work) => stoppedWork(work) !== null);
  // The works come newest first.
  return new Map(stopped.toReversed().map((work) => [work.keyId, work]));
}
