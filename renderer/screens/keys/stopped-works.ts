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
  return new Map(stopped.toReversed().map((work) => [aboutKey(work), work]));
}

/** An undoing that has put the old key back has only the new one left to do with. */
function aboutKey({ undoing, steps, keyId, newKeyId }: WorkView): KeyId {
  const isBack = undoing === true && steps.some(({ name, state }) => name === 'deliver' && state === 'done');
  return isBack ? (newKeyId ?? keyId) : keyId;
}
