import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { isUndoable, type TargetRemark, type Work } from '../../shared/domain/work.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { Records } from '../storage/records.ts';
import { changeKey } from './change-key.ts';
import { preflightTargets, writeTarget } from './deliver-key.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { providerOf } from './provider-of.ts';
import { readFields } from './read-fields.ts';
import { isPasted } from './record-new-key.ts';
import { isRefused } from './refused.ts';
import { recordRevoked, revokeForGood, seeRevokedByHand } from './revoke-key.ts';
import { blocked, moved, type Run, type StepOutcome, waiting } from './work-step.ts';

/** Whether a rotation can be undone, as far as the vault knows: the old key lives, and the new one is still its replacement. */
export function canUndo(work: Work, keys: Records['keys']): boolean {
  if (!isUndoable(work) || work.newKey === null) return false;
  const oldKey = keys.get(work.keyId);
  if (oldKey === undefined || oldKey.revokedAt !== null) return false;
  return oldKey.replacedBy === null || keys.get(work.newKey.id)?.replacedBy === null;
}

/** The targets that an undo writes the old value to: where the new key is or would be by now. */
export function targetsToRestore(work: ObtainingWork, keys: Records['keys']): Target[] {
  const oldKey = keys.get(work.keyId);
  const holder = oldKey?.replacedBy === work.newKey.id ? keys.get(work.newKey.id) : oldKey;
  return [...(holder ?? work.newKey).targets];
}

/**
 * Looks at everything that putting the old key back needs, what is local first: its value, its files, and whether its
 * provider accepts it still. False: it is dead, and must not be put back. Changes nothing.
 */
export async function canBePutBack(
  ports: KeyPorts,
  work: ObtainingWork,
  targets: readonly Target[],
  run: Run,
): Promise<Result<boolean, Failure>> {
  const oldKey = ports.records.keys.get(work.keyId);
  if (oldKey === undefined || oldKey.revokedAt !== null) return ok(false);
  if (oldKey.expiresAt !== null && oldKey.expiresAt <= ports.clock.now()) return ok(false);
  const fields = await readFields(ports, oldKey.id);
  if (!fields.ok) return fields.error.code === 'secret-gone' ? ok(false) : fields;
  const writable = await preflightTargets(ports, oldKey.environment, targets);
  if (!writable.ok) return writable;
  const provider = await providerOf(ports, oldKey.connectionId, run);
  if (!provider.ok) return provider;
  if (!provider.value.offers.check) return ok(true);
  const checked = await provider.value.check(fields.value);
  return checked.ok ? ok(!isRefused(checked.value)) : checked;
}

/**
 * `restoring`: every target gets the old value and is read back, then the records are as they were. A value that neither
 * key has was written by somebody else: it stays until the user goes on all the same. Safe to repeat.
 */
export async function restoreOldKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'restoring') return waiting;
  const { targets } = work.state;
  const possible = await canBePutBack(ports, work, targets, run);
  if (!possible.ok) return blocked(possible.error);
  const oldKey = ports.records.keys.get(work.keyId);
  if (!possible.value || oldKey === undefined) return keepNewKey(ports, work, targets);
  const fields = await readFields(ports, oldKey.id);
  if (!fields.ok) return blocked(fields.error);
  // What is told of the first files is kept where a later one stops it: they have the value then and are not written again.
  const wrote: TargetRemark[] = [];
  for (const target of targets) {
    const restored = await restoreTarget(ports, { work, oldKey, fields: fields.value }, target, run);
    if (!restored.ok) return { ...blocked(restored.error), wrote };
    if (restored.value !== null) wrote.push(restored.value);
  }
  const putBack = await putRecordsBack(ports, work, targets);
  return { ...(putBack.ok ? moved({ step: 'withdrawing', targets }) : blocked(putBack.error)), wrote };
}

/**
 * `withdrawing`: the new key is revoked, now that nothing depends on it. One that the user has made is theirs to revoke.
 * Safe to repeat.
 */
export async function withdrawNewKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'withdrawing') return waiting;
  const { id } = work.newKey;
  const newKey = ports.records.keys.get(id) ?? work.newKey;
  const revoke = isPasted(work.origin) && newKey.status !== 'revoked' ? seeRevokedByHand : revokeForGood;
  const revoked = await revoke(ports, newKey, run);
  if (!revoked.ok) return blocked(revoked.error);
  ports.unstored.delete(id);
  const settled =
    ports.records.keys.get(id) === undefined
      ? // It never came so far as to be recorded: nothing may stay of it.
        await ports.secrets.drop(`key/${id}`)
      : await recordRevoked(ports, id, revoked.value);
  if (!settled.ok) return blocked(settled.error);
  return moved({ step: 'finished', outcome: 'undone', reason: null, restored: work.state.targets });
}

interface OldKey {
  readonly work: ObtainingWork;
  readonly oldKey: KeyRecord;
  readonly fields: SecretFields;
}

/** What there is to tell of the target once it has the old value; null where it has it already and is not written. */
async function restoreTarget(
  ports: KeyPorts,
  old: OldKey,
  target: Target,
  run: Run,
): Promise<Result<TargetRemark | null, EnvFileFailure | Failure<'storage-failed'>>> {
  const found = await whatIsIn(ports, old, target);
  if (found === 'old') return ok(null);
  if (found !== 'new' && !run.overwrites) return fail(found);
  return writeTarget(ports, old.oldKey, target, old.fields);
}

/** Whose value is in the file: that of one of the two keys, or why it is neither. */
async function whatIsIn(
  ports: KeyPorts,
  { work, oldKey }: OldKey,
  target: Target,
): Promise<'old' | 'new' | EnvFileFailure> {
  const read = await ports.envFiles.read(target.file, Object.values(target.variables), target.dialect);
  if (!read.ok) return read.error;
  const owners = Object.entries(target.variables).map(([field, variable]) => {
    const value = read.value[variable] ?? null;
    const found = value === null ? null : ports.fingerprint(value);
    const has = (key: KeyRecord) => key.fields.some((one) => one.name === field && one.fingerprint === found);
    if (has(oldKey)) return 'old';
    return has(work.newKey) ? 'new' : 'other';
  });
  if (owners.includes('other')) return failure('file-changed', { file: target.file });
  return owners.includes('new') ? 'new' : 'old';
}

async function putRecordsBack(
  ports: KeyPorts,
  work: ObtainingWork,
  targets: Target[],
): Promise<Result<void, Failure>> {
  const restored = await changeKey(ports, work.keyId, (key) =>
    ok({ ...key, status: 'active', attention: null, targets, retiresAt: null, replacedBy: null }),
  );
  if (!restored.ok) return restored;
  const left = await changeKey(ports, work.newKey.id, (key) => {
    const copyOnce = { ...key.copyOnce, sealed: true };
    const status = key.revokedAt === null ? 'retiring' : key.status;
    return ok({ ...key, status, attention: null, targets: [], copyOnce });
  });
  return left.ok || left.error.code === 'key-unknown' ? done : left;
}

/** The old key died before it was back: the rotation goes on as if it had never been undone. */
async function keepNewKey(ports: KeyPorts, work: ObtainingWork, targets: Target[]): Promise<StepOutcome> {
  const kept = await changeKey(ports, work.newKey.id, (key) => ok({ ...key, targets }));
  if (!kept.ok && kept.error.code !== 'key-unknown') return blocked(kept.error);
  return moved({ step: 'created' }, { ...work.newKey, targets });
}
