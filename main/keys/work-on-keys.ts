import type { KeyId } from '../../shared/domain/ids.ts';
import type { Attention, KeyRecord } from '../../shared/domain/key.ts';
import type { Work, WorkState } from '../../shared/domain/work.ts';
import { ok } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { isObtaining } from './work-machine.ts';

/** Whether the work waits for a key that the user makes. */
export const waitsForKey = (work: Work): work is ObtainingWork =>
  isObtaining(work) && work.origin === 'by-hand' && work.state.step === 'creating';

/** The steps up to which a new key has not taken over. */
const beforeTakeover: readonly WorkState['step'][] = [
  'revoking-first',
  'creating',
  'created',
  'stored',
  'verified',
  'undoing',
  'restoring',
];

/** Marks the old key of a rotation that is running and has not taken over yet. */
export async function markRunning(ports: KeyPorts, work: Work): Promise<void> {
  if (work.kind === 'rotate' && beforeTakeover.includes(work.state.step)) {
    await setStatus(ports, work.keyId, 'rotating', null);
  }
}

const attentionAt: Partial<Record<WorkState['step'], Attention>> = {
  'revoking-first': 'not-revoked',
  creating: 'outcome-unknown',
  'outcome-unknown': 'outcome-unknown',
  created: 'not-stored',
  stored: 'not-verified',
  verified: 'targets-not-written',
  delivered: 'targets-not-written',
  retiring: 'not-revoked',
  revoking: 'not-revoked',
  undoing: 'not-revoked',
  restoring: 'targets-not-written',
  withdrawing: 'not-revoked',
};

function attentionOf(work: Work): Attention | null {
  if (work.kind === 'issue' && work.state.step === 'stored') return 'targets-not-written';
  // The old key works as before; the work itself says what it waits for.
  if (waitsForKey(work)) return null;
  return attentionAt[work.state.step] ?? null;
}

/** Marks the key with what the stopped work waits for, and notes that it stopped. */
export async function showOnKey(ports: KeyPorts, work: Work): Promise<void> {
  if (work.blocked?.code !== 'key-needed') await note(ports, work, 'work-blocked');
  const attention = attentionOf(work);
  if (attention !== null) await setStatus(ports, keyInNeed(ports, work), 'needs-attention', attention);
}

/** The key that a stopped work shows on: the old one, unless that one is done with or back in its place. */
function keyInNeed(ports: KeyPorts, { keyId, newKey, state }: Work): KeyId {
  const isOldSettled =
    state.step === 'withdrawing' || (ports.records.keys.get(keyId)?.revokedAt ?? null) !== null;
  return isOldSettled && newKey !== null && ports.records.keys.get(newKey.id) !== undefined
    ? newKey.id
    : keyId;
}

/** Brings the old key's record to what the end of the work makes of it. `from`: the step that it ended in. */
export async function settleKeys(ports: KeyPorts, work: Work, from: WorkState['step']): Promise<void> {
  if (work.state.step !== 'finished') return;
  // A key that was put back has been free since, and may be in other work by now.
  if (work.kind === 'rotate' && work.state.outcome !== 'done' && from !== 'withdrawing') {
    if (isKnownDead(work)) await setStatus(ports, work.keyId, 'needs-attention', 'refused-by-provider');
    else await setStatus(ports, work.keyId, 'active', null);
  }
  if (work.kind === 'issue' && work.state.outcome === 'done')
    await setStatus(ports, work.keyId, 'active', null);
  if (work.kind !== 'rotate') return;
  await note(ports, work, work.state.outcome === 'done' ? 'rotation-finished' : 'rotation-undone');
}

/** Whether the provider has replaced the old key's value and nobody has the new one. */
const isKnownDead = ({ origin, state }: Work): boolean =>
  origin === 'rotated' &&
  state.step === 'finished' &&
  state.reason?.code === 'outcome-unknown' &&
  state.reason.strays !== null;

/** Brings a key's status up to date with its work; a revoked key stays revoked. */
export async function setStatus(
  ports: KeyPorts,
  id: KeyId,
  status: KeyRecord['status'],
  attention: Attention | null,
): Promise<void> {
  // The status on the record only repeats what the journal says, so that a failure here loses nothing.
  await changeKey(ports, id, (key) => {
    const isSo = key.status === status && key.attention === attention;
    return ok(isSo || key.revokedAt !== null ? key : { ...key, status, attention });
  });
}

/** Notes in the activity what became of a piece of work. */
export async function note(
  ports: KeyPorts,
  work: Work,
  event: 'rotation-started' | 'rotation-finished' | 'rotation-undone' | 'work-blocked',
): Promise<void> {
  const key = ports.records.keys.get(work.keyId) ?? work.newKey;
  await ports.activity.add({
    at: ports.clock.now(),
    event,
    keyId: work.keyId,
    connectionId: key?.connectionId ?? null,
    subject: key?.name ?? '',
    detail: work.blocked?.code ?? '',
  });
}
