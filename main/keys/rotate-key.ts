import { isDeepStrictEqual } from 'node:util';
import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import { graceEnd } from '../../shared/domain/grace.ts';
import type { TargetId } from '../../shared/domain/ids.ts';
import { type KeyRecord, labelOf } from '../../shared/domain/key.ts';
import type { Grace, Origin, Work } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import { changeKey, removeKey } from './change-key.ts';
import { preflightTargets, writeTargets } from './deliver-key.ts';
import { allowTracked } from './git-guard.ts';
import { isAtLimit } from './key-limit.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { providerOf } from './provider-of.ts';
import { readFields } from './read-fields.ts';
import { isPasted, recordNewKey } from './record-new-key.ts';
import { recordRevoked, revokeForGood } from './revoke-key.ts';
import { firstLook } from './see-old-end.ts';
import { targetsToWrite } from './targets-to-write.ts';
import { blocked, moved, type Run, type StepOutcome, waiting } from './work-step.ts';

/** Pauses between looks at whether a new key is accepted yet, in milliseconds: providers take a while to spread it. */
const patienceMs = [500, 1_000, 2_000, 4_000] as const;

/** How the user wants a key to be rotated. */
export interface RotationWish {
  readonly grace: Grace;
  /** Confirms that the old key ends at the moment of the rotation, where the provider allows no overlap. */
  readonly oldDiesNow: boolean;
  /** Whether the old key has leaked: it ends without grace. */
  readonly leaked?: boolean;
  /** Ends the old key before there is a new one. A provider that replaces keys by itself does so anyway. */
  readonly revokeFirst?: boolean;
  /** The target whose file has the new value: then the user has made the new key, whatever the provider offers. */
  readonly takenFrom?: TargetId;
  /** Whether the user has confirmed, by the key's name, that the key goes into files that Git tracks. */
  readonly mayBeTracked?: boolean;
  /** Targets of the old key that the new one does not get; those files are not written. */
  readonly without?: readonly TargetId[];
}

export type RotationRefusal =
  | OpenProviderFailure
  | EnvFileFailure
  | Failure<'key-not-active' | 'overlap-impossible'>;

/**
 * Looks at everything local that a rotation will need, and answers the work to do. The replacement asks for what
 * the old key was asked for, and keeps its name, targets and policy. Nothing has been written and no provider
 * asked when it answers. A provider that makes keys is asked for a second one; otherwise one that replaces keys by itself
 * replaces it; otherwise the user makes the new key.
 */
export async function planRotation(
  ports: KeyPorts,
  wanted: KeyRecord,
  wish: RotationWish,
  run: Run,
): Promise<Result<Work & { newKey: KeyRecord }, RotationRefusal>> {
  const { grace, oldDiesNow, leaked = false, revokeFirst = false, takenFrom, without = [] } = wish;
  if (!isReplaceable(wanted)) return fail(failure('key-not-active', { status: wanted.status }));
  const targetsOf = ({ targets }: KeyRecord) => targets.filter(({ id }) => !without.includes(id));
  const allowed = wish.mayBeTracked ? await allowTracked(ports, targetsOf(wanted)) : targetsOf(wanted);
  const writable = await preflightTargets(ports, wanted.environment, allowed, takenFrom);
  if (!writable.ok) return writable;
  const provider = await ports.openProvider(wanted.connectionId);
  if (!provider.ok) return provider;
  run.provider = provider.value;
  // Looked at again: it may have been revoked, or given another target, while the files were looked at.
  const oldKey = ports.records.keys.get(wanted.id) ?? wanted;
  if (!isReplaceable(oldKey)) return fail(failure('key-not-active', { status: oldKey.status }));

  const origin = takenFrom === undefined ? originOf(provider.value, oldKey) : 'by-hand';
  if (origin === 'rotated' && provider.value.rotateGraceSeconds === 0 && !oldDiesNow) {
    return fail(failure('overlap-impossible', { provider: provider.value.name, why: 'native' }));
  }

  const isFull =
    origin !== 'rotated' &&
    takenFrom === undefined &&
    isAtLimit(ports, oldKey.connectionId, provider.value.maxKeys);
  if (isFull && !oldDiesNow) {
    return fail(failure('overlap-impossible', { provider: provider.value.name, why: 'limit' }));
  }
  const revokesFirst = origin !== 'rotated' && (isFull || revokeFirst);

  const now = ports.clock.now();
  const id = ports.ids.key();
  const newKey: KeyRecord = {
    ...oldKey,
    id,
    status: 'rotating',
    attention: null,
    providerKeyId: null,
    label: labelFor(origin, oldKey, id, provider.value),
    fields: [],
    // Both were for this once.
    plannedDay: null,
    snoozedUntil: null,
    targets: targetsOf(oldKey).map((target) => {
      const { mayBeTracked } = allowed.find(({ id }) => id === target.id) ?? target;
      return { ...target, mayBeTracked };
    }),
    // What the user pastes they have anyway.
    copyOnce: { sealed: isPasted(origin), shown: false, copiedFields: [] },
    issuedAt: now,
    expiresAt: null,
    lastUsedAt: null,
    lastUseToldAt: null,
    checkedAt: null,
    retiresAt: null,
    replaces: oldKey.id,
    replacedBy: null,
  };
  return ok({
    id: ports.ids.work(),
    kind: 'rotate',
    keyId: oldKey.id,
    newKey,
    grace,
    origin,
    ...(leaked ? { leaked } : {}),
    ...(revokesFirst ? { revokesFirst } : {}),
    ...(takenFrom === undefined ? {} : { takenFrom }),
    startedAt: now,
    updatedAt: now,
    state: { step: revokesFirst ? 'revoking-first' : 'creating' },
    blocked: null,
  });
}

/** `stored`: the new key is recorded and shown to its provider, which has to accept it before anything depends on it. */
export async function verifyNewKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const recorded = await recordNewKey(ports, work);
  if (!recorded.ok) return blocked(recorded.error);
  const fields = await readFields(ports, work.newKey.id);
  if (!fields.ok) return blocked(fields.error);
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);

  const refusal = await waitUntilAccepted(ports, provider.value, fields.value);
  if (!refusal.ok) return blocked(refusal.error);
  if (refusal.value === null) return moved({ step: 'verified' });
  const reason = failure('key-not-verified', { message: refusal.value });
  // The old value is dead already, so there is nothing to go back to.
  return work.origin === 'rotated' || work.revokesFirst
    ? blocked(reason)
    : moved({ step: 'undoing', reason });
}

/** `verified`: every target that has not got the new value yet gets it and is read back. Safe to repeat. */
export async function deliverNewKey(ports: KeyPorts, work: ObtainingWork, _run: Run): Promise<StepOutcome> {
  const fields = await readFields(ports, work.newKey.id);
  if (!fields.ok) return blocked(fields.error);
  const targets = await targetsToWrite(ports, work);
  if (!targets.ok) return blocked(targets.error);
  const written = await writeTargets(ports, { ...work.newKey, targets: targets.value }, fields.value);
  if (!written.ok) return blocked(written.error);
  return { ...moved({ step: 'delivered' }), wrote: written.value };
}

/** `delivered`: the new key takes over, and the old one's grace begins. See [Note: revoke is last]. */
export async function beginGrace(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.revokesFirst) return takeOverFromDead(ports, work);
  const oldKey = ports.records.keys.get(work.keyId);
  const end = await graceEndOf(ports, work, oldKey?.expiresAt ?? null, run);
  if (!end.ok) return blocked(end.error);
  const until = oldKey?.retiresAt ?? end.value;
  const taken = await takeOver(ports, work);
  if (!taken.ok) return blocked(taken.error);
  const retired = await changeKey(ports, work.keyId, (key) =>
    ok({
      ...key,
      status: 'retiring',
      attention: null,
      targets: [],
      retiresAt: until,
      replacedBy: work.newKey.id,
    }),
  );
  if (!retired.ok && retired.error.code !== 'key-unknown') return blocked(retired.error);
  return moved({ step: 'retiring', until });
}

/** `delivered`, where the old key was revoked first: there is no grace to wait for. */
async function takeOverFromDead(ports: KeyPorts, work: ObtainingWork): Promise<StepOutcome> {
  const taken = await takeOver(ports, work);
  if (!taken.ok) return blocked(taken.error);
  const replaced = await changeKey(ports, work.keyId, (key) =>
    ok({ ...key, targets: [], replacedBy: work.newKey.id }),
  );
  if (!replaced.ok && replaced.error.code !== 'key-unknown') return blocked(replaced.error);
  return moved({ step: 'finished', outcome: 'done', reason: null });
}

async function takeOver(ports: KeyPorts, work: ObtainingWork): Promise<Result<KeyRecord, Failure>> {
  const recorded = await recordNewKey(ports, work);
  if (!recorded.ok) return recorded;
  const policy = policyToKeep(ports, work);
  return changeKey(ports, work.newKey.id, (key) =>
    ok({ ...key, policy: policy(key), status: 'active', attention: null }),
  );
}

/** The policy of the old key, also one that was set while its replacement was on the way, unless the new key got its own. */
function policyToKeep(ports: KeyPorts, work: ObtainingWork): (newKey: KeyRecord) => KeyRecord['policy'] {
  const old = ports.records.keys.get(work.keyId);
  return ({ policy }) =>
    old !== undefined && isDeepStrictEqual(policy, work.newKey.policy) ? old.policy : policy;
}

/** `retiring`: nothing until the grace is over. */
export async function waitForGrace(ports: KeyPorts, work: Work, _run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'retiring' || ports.clock.now() < work.state.until) return waiting;
  return moved({ step: 'revoking', until: work.state.until });
}

/** `undoing`: the provider did not accept the new key, so it goes again, and the old one stays as it was. */
export async function undoRotation(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'undoing') return waiting;
  if (isPasted(work.origin)) return forgetPasted(ports, work, work.state.reason);
  const newKey = ports.records.keys.get(work.newKey.id) ?? work.newKey;
  const revoked = await revokeForGood(ports, newKey, run, false);
  if (!revoked.ok) return blocked(revoked.error);
  const recorded = await recordRevoked(ports, newKey.id);
  if (!recorded.ok) return blocked(recorded.error);
  return moved({ step: 'finished', outcome: 'undone', reason: work.state.reason });
}

/** The key that the user made stays as it is at the provider; nothing of it stays here. */
async function forgetPasted(ports: KeyPorts, work: ObtainingWork, reason: Failure): Promise<StepOutcome> {
  const dropped = await ports.secrets.drop(`key/${work.newKey.id}`);
  if (!dropped.ok) return blocked(dropped.error);
  const removed = await removeKey(ports, work.newKey.id);
  if (!removed.ok) return blocked(removed.error);
  return moved({ step: 'finished', outcome: 'undone', reason });
}

/** When the old key's grace ends: as the user chose, or, where the provider replaced the key, as the provider lets it. */
async function graceEndOf(
  ports: KeyPorts,
  work: ObtainingWork,
  expiresAt: number | null,
  run: Run,
): Promise<Result<number, Failure>> {
  if (work.origin !== 'rotated') return ok(graceEnd(work.grace, ports.clock.now(), expiresAt));
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  return provider.ok ? ok(firstLook(work, provider.value)) : provider;
}

/** What the new key is called there: the user names what they make, and a key that is replaced in place keeps its name. */
function labelFor(origin: Origin, oldKey: KeyRecord, id: string, provider: Provider): string {
  if (isPasted(origin)) return oldKey.name;
  return origin === 'rotated' ? oldKey.label : labelOf(oldKey.name, id, provider);
}

/** How the key is replaced at this provider. One whose id nobody knows cannot be named to the provider. */
function originOf(provider: Provider, oldKey: KeyRecord): Origin {
  if (provider.offers.create) return 'created';
  return provider.offers.rotate && oldKey.providerKeyId !== null ? 'rotated' : 'by-hand';
}

const isReplaceable = (key: KeyRecord): boolean => key.revokedAt === null && key.replacedBy === null;

/** Null when the provider accepts the key; its words when it still refuses it after some patience. */
async function waitUntilAccepted(
  ports: KeyPorts,
  provider: Provider,
  fields: Parameters<Provider['check']>[0],
): Promise<Result<string | null, Failure>> {
  let words = '';
  for (const pauseMs of [0, ...patienceMs]) {
    if (pauseMs > 0) await ports.clock.sleep(pauseMs);
    const checked = await provider.check(fields);
    if (!checked.ok) return checked.error.code === 'operation-missing' ? ok(null) : checked;
    if (checked.value.outcome !== 'refused') return ok(null);
    words = checked.value.message;
  }
  return ok(words);
}
