import { type Work, withRemarks } from '../../shared/domain/work.ts';
import { recordAndDeliver } from './issue-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { createKey, lookAgain, type ObtainingWork, storeKey } from './obtain-key.ts';
import { revokeBeforeCreating } from './revoke-first.ts';
import { revokeOldKey } from './revoke-key.ts';
import { beginGrace, deliverNewKey, undoRotation, verifyNewKey, waitForGrace } from './rotate-key.ts';
import { seeOldEnd } from './see-old-end.ts';
import { restoreOldKey, withdrawNewKey } from './undo-rotation.ts';
import type { Run, StepOutcome } from './work-step.ts';

/** Whether the work makes a key; a revocation does not. */
export const isObtaining = (work: Work): work is ObtainingWork => work.newKey !== null;

/** What is true now decides what is done next. */
export function nextStep(ports: KeyPorts, work: Work, run: Run): Promise<StepOutcome> {
  if (!isObtaining(work)) return revokeOldKey(ports, work, run);
  switch (work.state.step) {
    case 'revoking-first':
      return revokeBeforeCreating(ports, work, run);
    case 'creating':
      return createKey(ports, work, run);
    case 'outcome-unknown':
      return lookAgain(ports, work, run);
    case 'created':
      return storeKey(ports, work, run);
    case 'stored':
      return work.kind === 'issue' ? recordAndDeliver(ports, work, run) : verifyNewKey(ports, work, run);
    case 'verified':
      return deliverNewKey(ports, work, run);
    case 'delivered':
      return beginGrace(ports, work, run);
    case 'retiring':
      return waitForGrace(ports, work, run);
    case 'revoking':
      return work.origin === 'rotated' ? seeOldEnd(ports, work, run) : revokeOldKey(ports, work, run);
    case 'undoing':
      return undoRotation(ports, work, run);
    case 'restoring':
      return restoreOldKey(ports, work, run);
    case 'withdrawing':
      return withdrawNewKey(ports, work, run);
    case 'finished':
      throw new Error('Finished work has no next step');
  }
}

/** The work after a step; the same object when nothing changed. */
export function after(work: Work, outcome: StepOutcome, now: number): Work {
  switch (outcome.kind) {
    case 'waiting':
      return work;
    case 'blocked':
      return { ...work, ...remarksAfter(work, outcome), blocked: outcome.failure, updatedAt: now };
    case 'moved':
      return {
        ...work,
        ...remarksAfter(work, outcome),
        state: outcome.state,
        newKey: outcome.newKey ?? work.newKey,
        blocked: null,
        updatedAt: now,
      };
  }
}

function remarksAfter(
  { remarks = [] }: Work,
  { wrote = [] }: Exclude<StepOutcome, { kind: 'waiting' }>,
): Pick<Work, 'remarks'> {
  return wrote.length === 0 ? {} : { remarks: [...withRemarks(remarks, wrote)] };
}
