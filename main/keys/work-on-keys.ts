import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Attention, KeyRecord } from '../../shared/domain/key.ts';
import type { Work, WorkState } from '../../shared/domain/work.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
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
  await markStopped(ports, work);
}

/** Marks the key with what the stopped work waits for. */
export async function markStopped(ports: KeyPorts, work: Work): Promise<void> {
  const attention = attentionOf(work);
  const id = keyInNeed(ports, work);
  if (attention !== null && id !== null) await setStatus(ports, id, 'needs-attention', attention);
}

/**
 * The key that a stopped work shows on: the old one, unless that one is done with or back in its place. Null where a new key
 * that was never recorded has to go again: the old one has nothing to do with it any more.
 */
function keyInNeed(ports: KeyPorts, { keyId, newKey, state }: Work): KeyId | null {
  const recorded = newKey === null ? undefined : ports.records.keys.get(newKey.id);
  if (state.step === 'withdrawing') return recorded?.id ?? null;
  const isAboutOld = state.step === 'retiring' || state.step === 'revoking';
  const isOldRevoked = (ports.records.keys.get(keyId)?.revokedAt ?? null) !== null;
  return isOldRevoked && !isAboutOld && recorded !== undefined ? recorded.id : keyId;
}

/** Brings the keys' records to what the end of the work makes of them. Safe to repeat. */
export async function settleKeys(
  ports: KeyPorts,
  work: Work,
  from: WorkState['step'],
): Promise<Result<void, Failure<'storage-failed'>>> {
  if (work.state.step !== 'finished') return done;
  for (const { id, status, attention } of endsOf(work, from)) {
    const settled = await setStatus(ports, id, status, attention);
    if (!settled.ok) return settled;
  }
  if (work.kind === 'rotate')
    await note(ports, work, work.state.outcome === 'done' ? 'rotation-finished' : 'rotation-undone');
  return done;
}

type KeyEnd = Pick<KeyRecord, 'id' | 'status' | 'attention'>;

/** Which keys the end of the work leaves as what. */
function endsOf(work: Work, from: WorkState['step']): KeyEnd[] {
  const { kind, keyId, newKey, state } = work;
  const isDone = state.step === 'finished' && state.outcome === 'done';
  const active = { id: keyId, status: 'active', attention: null } as const;
  if (kind === 'issue') return isDone ? [active] : [];
  // A key that was put back has been free since, and may be in other work by now.
  if (kind !== 'rotate' || isDone || from === 'withdrawing') return [];
  if (!isKnownDead(work)) return [active];
  const dead = { status: 'needs-attention', attention: 'refused-by-provider' } as const;
  return [keyId, ...(newKey === null ? [] : [newKey.id])].map((id) => ({ id, ...dead }));
}

/** Whether the old key is dead before the new one has been verified. */
export const endsOldFirst = ({ origin, revokesFirst }: Work): boolean =>
  origin === 'rotated' || revokesFirst === true;

/** Whether the old key is dead and nobody has the new one, or it is refused as well. */
function isKnownDead(work: Work): boolean {
  const { origin, state } = work;
  if (state.step !== 'finished' || !endsOldFirst(work)) return false;
  if (state.reason?.code === 'key-not-verified') return true;
  return origin === 'rotated' && state.reason?.code === 'outcome-unknown' && state.reason.strays !== null;
}

/**
 * Brings a key's status up to date with its work; a revoked key stays revoked. While the work goes on, a failure here loses
 * nothing: the status only repeats what the journal says.
 */
export async function setStatus(
  ports: KeyPorts,
  id: KeyId,
  status: KeyRecord['status'],
  attention: Attention | null,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const changed = await changeKey(ports, id, (key) => {
    const isSo = key.status === status && key.attention === attention;
    return ok(isSo || key.revokedAt !== null ? key : { ...key, status, attention });
  });
  if (changed.ok || changed.error.code === 'key-unknown') return done;
  return fail(changed.error);
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
