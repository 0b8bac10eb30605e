import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { mayBeFrom } from '../../shared/domain/lost-key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import type { Work } from '../../shared/domain/work.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import { packFields, unpackFields } from '../secrets/secret-fields.ts';
import { removeKey } from './change-key.ts';
import { describeFields } from './describe-fields.ts';
import type { KeyPorts } from './key-ports.ts';
import { providerOf } from './provider-of.ts';
import { recordNewKey } from './record-new-key.ts';
import { recordRevoked } from './revoke-key.ts';
import { blocked, moved, type Run, type StepOutcome, waiting } from './work-step.ts';

/** Work that makes a key: the record of the new key is there from the start. */
export type ObtainingWork = Work & { readonly newKey: KeyRecord };

/**
 * `creating`: asks the provider for the key, once. Where it is not certain that none was made yet, the provider's
 * list is asked first. See [Note: create is never repeated blindly].
 */
export async function createKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  if (!run.mayCreate) return findWhatWasMade(ports, provider.value, work, run);

  run.mayCreate = false;
  const issued = await provider.value.create(work.newKey.label, work.newKey.request, run.answers);
  if (!issued.ok) {
    const { outcome, failure: reason } = issued.error;
    if (outcome === 'unknown') return lookAfterLostAnswer(ports, provider.value, work, run, reason);
    // What is asked at a call nobody could answer while the user was away: the work waits for them.
    return reason.code === 'answer-needed' && !run.attended ? blocked(reason) : failed(reason);
  }
  const { fields, providerKeyId, issuedAt, expiresAt } = issued.value;
  ports.unstored.set(work.newKey.id, fields);
  return moved(
    { step: 'created' },
    {
      ...work.newKey,
      providerKeyId,
      fields: describeFields(fields, ports.fingerprint),
      issuedAt: issuedAt ?? ports.clock.now(),
      expiresAt,
    },
  );
}

/** `created`: puts the value where it survives. A key whose value is lost is revoked, and another one is made. */
export async function storeKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const item = `key/${work.newKey.id}` as const;
  const fields = ports.unstored.get(work.newKey.id);
  if (fields === undefined) {
    const found = await ports.secrets.get(item);
    if (found.ok) return moved({ step: 'stored' });
    if (found.error.code !== 'secret-gone') return blocked(found.error);
    return replaceLostKey(ports, work, run);
  }
  const stored = await ports.secrets.put(item, packFields(fields));
  if (!stored.ok) return giveBack(ports, work, run, stored.error);
  ports.unstored.delete(work.newKey.id);
  return moved({ step: 'stored' });
}

/** `outcome-unknown`: looks again where the list could not be read; otherwise the decision is the user's. */
export async function lookAgain(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'outcome-unknown' || work.state.strays !== null) return waiting;
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  const strays = await findStrays(ports, provider.value, work, run);
  if (!strays.ok) return blocked(strays.error);
  if (strays.value.length === 0)
    return failed(work.blocked ?? failure('outcome-unknown', { workId: work.id, strays: 0 }));
  return moved({ step: 'outcome-unknown', strays: strays.value.map((key) => key.providerKeyId) });
}

/** Revokes what an unknown outcome left behind, and ends the work. */
export async function revokeStrays(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'outcome-unknown') return waiting;
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  const strays = await straysOf(ports, provider.value, work, run);
  if (!strays.ok) return blocked(strays.error);
  const revoked = await revokeAll(provider.value, strays.value, run);
  if (!revoked.ok) return blocked(revoked.error);
  await note(ports, work, 'stray-revoked');
  return failed(failure('outcome-unknown', { workId: work.id, strays: 0 }));
}

/** The strays that were found; looked for now where the list could not be read before. */
async function straysOf(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<Result<readonly string[], Failure>> {
  if (work.state.step === 'outcome-unknown' && work.state.strays !== null) return ok(work.state.strays);
  const found = await findStrays(ports, provider, work, run);
  return found.ok ? ok(found.value.map((key) => key.providerKeyId)) : found;
}

const failed = (reason: Failure): StepOutcome => moved({ step: 'finished', outcome: 'failed', reason });

/** After a crash in `creating`: whatever was made has no value that anyone knows, so it goes, and a new one is made. */
async function findWhatWasMade(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  const strays = await findStrays(ports, provider, work, run);
  if (!strays.ok) return blocked(strays.error);
  const value = await ports.secrets.get(`key/${work.newKey.id}`);
  if (value.ok) return adopt(ports, work, value.value, strays.value);
  if (value.error.code !== 'secret-gone') return blocked(value.error);

  const ids = strays.value.map((key) => key.providerKeyId);
  if (ids.length > 0) {
    if (!provider.listsNames) return moved({ step: 'outcome-unknown', strays: ids });
    const revoked = await revokeAll(provider, ids, run);
    if (!revoked.ok) return blocked(revoked.error);
    await note(ports, work, 'stray-revoked');
  }
  run.mayCreate = true;
  return moved({ step: 'creating' });
}

/** The value was stored and only the line in the journal is missing: the key is whole. */
function adopt(
  ports: KeyPorts,
  work: ObtainingWork,
  item: Parameters<typeof unpackFields>[0],
  listed: readonly ListedKey[],
): StepOutcome {
  const fields = unpackFields(item, `key/${work.newKey.id}`);
  if (!fields.ok) return blocked(fields.error);
  // Among several nobody can say which it is; the key works, and its revocation will say what is missing.
  const atProvider = listed.length === 1 ? listed[0] : undefined;
  return moved(
    { step: 'stored' },
    {
      ...work.newKey,
      providerKeyId: work.newKey.providerKeyId ?? atProvider?.providerKeyId ?? null,
      fields: describeFields(fields.value, ports.fingerprint),
      issuedAt: atProvider?.createdAt ?? work.newKey.issuedAt,
    },
  );
}

/** The answer to a create got lost. The user is there: they are told what the list shows, and decide. */
async function lookAfterLostAnswer(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
  reason: Failure,
): Promise<StepOutcome> {
  await note(ports, work, 'outcome-unknown');
  const strays = await findStrays(ports, provider, work, run);
  if (!strays.ok) return moved({ step: 'outcome-unknown', strays: null });
  if (strays.value.length === 0) return failed(reason);
  return moved({ step: 'outcome-unknown', strays: strays.value.map((key) => key.providerKeyId) });
}

/**
 * Keys at the provider that this work may have made: they carry its label, or, where the provider lists no names,
 * were made since it began and are unknown to the vault.
 */
async function findStrays(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<Result<ListedKey[], Failure>> {
  const listed = await provider.list(run.answers);
  if (!listed.ok) return listed;
  // Another connection's provider may use the same ids; other work may have a key that is not recorded yet.
  const beingMade = ports.journal.unfinished().flatMap((other) => other.newKey ?? []);
  const known = new Set(
    [...ports.records.keys.all(), ...beingMade]
      .filter((key) => key.connectionId === work.newKey.connectionId)
      .map((key) => key.providerKeyId),
  );
  return ok(
    listed.value.filter((key) => {
      if (!key.active || known.has(key.providerKeyId)) return false;
      return mayBeFrom(work, key, provider.listsNames);
    }),
  );
}

async function revokeAll(
  provider: Provider,
  ids: readonly string[],
  run: Run,
): Promise<Result<void, Failure>> {
  for (const id of ids) {
    const revoked = await provider.revoke(id, run.answers);
    if (!revoked.ok) return fail(revoked.error);
  }
  return done;
}

/** `created`, but the value was only in the memory of a process that is gone. */
async function replaceLostKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  if (work.newKey.providerKeyId !== null) {
    const revoked = await provider.value.revoke(work.newKey.providerKeyId, run.answers);
    if (!revoked.ok) return blocked(revoked.error);
    await note(ports, work, 'stray-revoked');
  }
  // It may have been recorded so that its value could be copied by hand; the next one is recorded anew.
  const removed = await removeKey(ports, work.newKey.id);
  if (!removed.ok) return blocked(removed.error);
  run.mayCreate = true;
  return moved({ step: 'creating' }, { ...work.newKey, providerKeyId: null, fields: [] });
}

/** The value cannot be stored: the key is revoked again. Where even that fails, the value stays in memory and is offered. */
async function giveBack(
  ports: KeyPorts,
  work: ObtainingWork,
  run: Run,
  reason: Failure,
): Promise<StepOutcome> {
  // What a failed write left behind must not be taken for a stored key by a later start.
  await ports.secrets.drop(`key/${work.newKey.id}`);
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  const revoked =
    provider.ok && work.newKey.providerKeyId !== null
      ? await provider.value.revoke(work.newKey.providerKeyId, run.answers)
      : fail(reason);
  if (!revoked.ok) {
    // On the list it can be seen and copied by hand; the work goes on to try and store it.
    await recordNewKey(ports, { ...work.newKey, status: 'needs-attention', attention: 'not-stored' });
    return blocked(reason);
  }
  ports.unstored.delete(work.newKey.id);
  // Where this fails the list shows a key that can be revoked once more or deleted.
  await recordRevoked(ports, work.newKey.id);
  return failed(reason);
}

async function note(
  ports: KeyPorts,
  work: ObtainingWork,
  event: 'stray-revoked' | 'outcome-unknown',
): Promise<void> {
  // The journal carries the state; an activity line that cannot be written must not stop the recovery.
  await ports.activity.add({
    at: ports.clock.now(),
    event,
    keyId: null,
    connectionId: work.newKey.connectionId,
    subject: work.newKey.name,
    detail: '',
  });
}
