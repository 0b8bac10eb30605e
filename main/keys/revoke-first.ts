import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { recordRevoked, revokeForGood } from './revoke-key.ts';
import { blocked, moved, type Run, type StepOutcome } from './work-step.ts';

/**
 * `revoking-first`: the old key ends before there is a new one, as the user has confirmed. Its targets keep the dead value
 * until they get the new one. Safe to repeat.
 */
export async function revokeBeforeCreating(
  ports: KeyPorts,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  const oldKey = ports.records.keys.get(work.keyId);
  if (oldKey !== undefined) {
    const revoked = await revokeForGood(ports, oldKey, run);
    if (!revoked.ok) return blocked(revoked.error);
    const recorded = await recordRevoked(ports, oldKey.id, revoked.value);
    if (!recorded.ok) return blocked(recorded.error);
  }
  // Before `creating` was written down nothing can have been made.
  run.mayCreate = true;
  return moved({ step: 'creating' });
}
