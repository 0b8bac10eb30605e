import type { Failure } from '../../shared/domain/failure.ts';
import { fail } from '../../shared/result.ts';
import type { IssuedKey, Provider } from '../providers/provider.ts';
import { removeKey } from './change-key.ts';
import { describeFields } from './describe-fields.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { providerOf } from './provider-of.ts';
import { recordNewKey } from './record-new-key.ts';
import { recordRevoked } from './revoke-key.ts';
import { findStrays, noteStrays, revokeAll, revokeAtProvider } from './strays-of-work.ts';
import { blocked, failed, moved, type Run, type StepOutcome } from './work-step.ts';

/** Asks the provider for the key, once. See [Note: create is never repeated blindly]. */
export async function askForKey(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  // The user's word that something was revoked was of what had been there before.
  run.doneByHand = false;
  const issued = await provider.create(work.newKey.label, work.newKey.request, run.answers);
  if (issued.ok) return issuedAs(ports, work, issued.value, issued.value.issuedAt ?? ports.clock.now());
  const { outcome, failure: reason } = issued.error;
  return outcome === 'unknown'
    ? lookAfterLostAnswer(ports, provider, work, run, reason)
    : turnedDown(run, reason);
}

/** The provider made no key. */
export function turnedDown(run: Run, reason: Failure): StepOutcome {
  // What is asked at a call nobody could answer while the user was away: the work waits for them.
  return reason.code === 'answer-needed' && !run.attended ? blocked(reason) : failed(reason);
}

/** The key is there, and its value in memory only. */
export function issuedAs(
  ports: KeyPorts,
  work: ObtainingWork,
  { fields, providerKeyId, expiresAt }: IssuedKey,
  issuedAt: number,
): StepOutcome {
  ports.unstored.set(work.newKey.id, fields);
  const described = describeFields(fields, ports.fingerprint);
  return moved(
    { step: 'created' },
    { ...work.newKey, providerKeyId, fields: described, issuedAt, expiresAt },
  );
}

/** After a crash in `creating`: whatever was made has no value that anyone knows, so it goes, and a new one is made. */
export async function lookForWhatWasMade(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  // Without a list only the user can tell, in the dashboard.
  if (!provider.offers.list) return moved({ step: 'outcome-unknown', strays: null });
  const strays = await findStrays(ports, provider, work, run);
  if (!strays.ok) return blocked(strays.error);
  const ids = strays.value.map((key) => key.providerKeyId);
  if (ids.length > 0) {
    if (!provider.listsNames) return moved({ step: 'outcome-unknown', strays: ids });
    const revoked = await revokeAll(provider, ids, run);
    if (!revoked.ok) return blocked(revoked.error);
    await noteStrays(ports, work, 'stray-revoked');
  }
  run.mayCreate = true;
  return moved({ step: 'creating' });
}

/** The answer to a create got lost. The user is there: they are told what the list shows, and decide. */
async function lookAfterLostAnswer(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
  reason: Failure,
): Promise<StepOutcome> {
  await noteStrays(ports, work, 'outcome-unknown');
  const strays = await findStrays(ports, provider, work, run);
  if (!strays.ok) return moved({ step: 'outcome-unknown', strays: null });
  if (strays.value.length === 0) return failed(reason);
  return moved({ step: 'outcome-unknown', strays: strays.value.map((key) => key.providerKeyId) });
}

/** `created`, but the value is gone: the key is useless, so it is revoked, and another one is made. */
export async function replaceLostKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  if (work.newKey.providerKeyId !== null) {
    const revoked = await revokeAtProvider(provider.value, work.newKey.providerKeyId, run);
    if (!revoked.ok) return blocked(revoked.error);
    await noteStrays(ports, work, 'stray-revoked');
  }
  // It may have been recorded so that its value could be copied by hand; the next one is recorded anew.
  const removed = await removeKey(ports, work.newKey.id);
  if (!removed.ok) return blocked(removed.error);
  run.mayCreate = true;
  return moved({ step: 'creating' }, { ...work.newKey, providerKeyId: null, fields: [] });
}

/** The value cannot be stored: the key is revoked again. Where even that fails, the value stays in memory and is offered. */
export async function giveBack(
  ports: KeyPorts,
  work: ObtainingWork,
  run: Run,
  reason: Failure,
): Promise<StepOutcome> {
  const { id, providerKeyId } = work.newKey;
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  const revoked =
    provider.ok && providerKeyId !== null
      ? await revokeAtProvider(provider.value, providerKeyId, run, ports.unstored.get(id))
      : fail(reason);
  if (!revoked.ok) return offerUnstored(ports, work, reason);
  ports.unstored.delete(id);
  // Where this fails the list shows a key that can be revoked once more or deleted.
  await recordRevoked(ports, id);
  return failed(reason);
}

/** On the list the value can be seen and copied by hand; the work goes on to try and store it. */
export async function offerUnstored(
  ports: KeyPorts,
  work: ObtainingWork,
  reason: Failure,
): Promise<StepOutcome> {
  const newKey = { ...work.newKey, status: 'needs-attention', attention: 'not-stored' } as const;
  await recordNewKey(ports, { newKey, origin: work.origin });
  return blocked(reason);
}
