import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import type { Work } from '../../shared/domain/work.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';
import { packFields, unpackFields } from '../secrets/secret-fields.ts';
import { askForKey, giveBack, lookForWhatWasMade, offerUnstored, replaceLostKey } from './ask-for-key.ts';
import { removeKey } from './change-key.ts';
import { describeFields } from './describe-fields.ts';
import { findListed } from './find-listed.ts';
import type { KeyPorts } from './key-ports.ts';
import { giveUpUnstored, takePastedKey } from './paste-key.ts';
import { providerOf } from './provider-of.ts';
import { isPasted } from './record-new-key.ts';
import { lookWhatBecame, rotateAtProvider } from './rotate-at-provider.ts';
import { findStrays, noteStrays, revokeAll } from './strays-of-work.ts';
import { blocked, failed, moved, type Run, type StepOutcome, waiting } from './work-step.ts';

/** Work that makes a key: the record of the new key is there from the start. */
export type ObtainingWork = Work & { readonly newKey: KeyRecord };

/** `creating`: the new key comes from where the work's origin says, at most once. */
export async function createKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  if (run.mayCreate) {
    run.mayCreate = false;
    return obtain(ports, provider.value, work, run);
  }
  // It is not certain how far the work came: a value that is stored already is whole, whatever else got lost.
  const left = await ports.secrets.get(`key/${work.newKey.id}`);
  if (!left.ok && left.error.code !== 'secret-gone') return blocked(left.error);
  return left.ok
    ? adopt(ports, provider.value, work, run, left.value)
    : obtainAgain(ports, provider.value, work, run);
}

function obtain(ports: KeyPorts, provider: Provider, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (isPasted(work.origin)) return takePastedKey(ports, provider, work, run);
  return work.origin === 'rotated'
    ? rotateAtProvider(ports, provider, work, run)
    : askForKey(ports, provider, work, run);
}

function obtainAgain(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  if (isPasted(work.origin)) return takePastedKey(ports, provider, work, run);
  return work.origin === 'rotated'
    ? lookWhatBecame(ports, provider, work, run)
    : lookForWhatWasMade(ports, provider, work, run);
}

/** `created`: puts the value where it survives. What becomes of a key whose value is lost is up to its origin. */
export async function storeKey(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const item = `key/${work.newKey.id}` as const;
  const fields = ports.unstored.get(work.newKey.id);
  if (fields === undefined) {
    const found = await ports.secrets.get(item);
    if (found.ok) return moved({ step: 'stored' });
    return found.error.code === 'secret-gone' ? afterLoss(ports, work, run) : blocked(found.error);
  }
  const stored = await ports.secrets.put(item, packFields(fields));
  if (!stored.ok) {
    // What a failed write left behind must not be taken for a stored key by a later start.
    await ports.secrets.drop(item);
    return afterRefusedStore(ports, work, run, stored.error);
  }
  ports.unstored.delete(work.newKey.id);
  return moved({ step: 'stored' });
}

/** The value was only in the memory of a process that is gone. */
async function afterLoss(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  switch (work.origin) {
    case 'created':
      return replaceLostKey(ports, work, run);
    case 'rotated':
      return forgetLostValue(ports, work);
    case 'by-hand': {
      // What was taken from a file is known again by its fields.
      const fields = work.takenFrom === undefined ? [] : work.newKey.fields;
      return moved({ step: 'creating' }, { ...work.newKey, providerKeyId: null, fields });
    }
    case 'taken-in':
      return failed(failure('secret-gone', { name: `key/${work.newKey.id}` }));
  }
}

async function afterRefusedStore(
  ports: KeyPorts,
  work: ObtainingWork,
  run: Run,
  reason: Failure,
): Promise<StepOutcome> {
  switch (work.origin) {
    case 'created':
      return giveBack(ports, work, run, reason);
    case 'rotated':
      return offerUnstored(ports, work, reason);
    case 'by-hand':
      return blocked(reason);
    case 'taken-in':
      return giveUpUnstored(ports, work, reason);
  }
}

/** The old value is dead and nobody has the new one: the user is told, and decides. */
async function forgetLostValue(ports: KeyPorts, work: ObtainingWork): Promise<StepOutcome> {
  // It may have been recorded so that its value could be copied by hand.
  const removed = await removeKey(ports, work.newKey.id);
  if (!removed.ok) return blocked(removed.error);
  return moved({ step: 'outcome-unknown', strays: idsBesideOld(ports, work) });
}

/** The new key of a rotation, where the provider gave it an id of its own. */
function idsBesideOld(ports: KeyPorts, work: ObtainingWork): string[] {
  const { providerKeyId } = work.newKey;
  const isNew = providerKeyId !== ports.records.keys.get(work.keyId)?.providerKeyId;
  return providerKeyId !== null && isNew ? [providerKeyId] : [];
}

/** `outcome-unknown`: looks again where nothing could be found out; otherwise the decision is the user's. */
export async function lookAgain(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'outcome-unknown') return waiting;
  // Strays that were found are the user's to decide on, until they say that they have revoked them by hand.
  if (work.state.strays !== null && !run.doneByHand) return waiting;
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  if (work.origin === 'rotated') return lookWhatBecame(ports, provider.value, work, run);
  if (!provider.value.offers.list) return waiting;
  const strays = await findStrays(ports, provider.value, work, run);
  if (!strays.ok) return blocked(strays.error);
  if (strays.value.length === 0)
    return failed(work.blocked ?? failure('outcome-unknown', { workId: work.id, strays: 0 }));
  return moved({ step: 'outcome-unknown', strays: strays.value.map((key) => key.providerKeyId) });
}

/**
 * Revokes what an unknown outcome left behind, and ends the work. Only what was named before, so that the user has seen it: where
 * nothing was found out yet, it looks for it and names it.
 */
export async function revokeStrays(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  if (work.state.step !== 'outcome-unknown') return waiting;
  const { strays } = work.state;
  if (strays === null) return lookAgain(ports, work, run);
  if (strays.length > 0) {
    const provider = await providerOf(ports, work.newKey.connectionId, run);
    if (!provider.ok) return blocked(provider.error);
    if (!provider.value.offers.revoke)
      return blocked(failure('operation-missing', { provider: provider.value.name, operation: 'revoke' }));
    const revoked = await revokeAll(provider.value, strays, run);
    if (!revoked.ok) return blocked(revoked.error);
    await noteStrays(ports, work, 'stray-revoked');
  }
  return failed(failure('outcome-unknown', { workId: work.id, strays: 0 }));
}

/** The value was stored and only the line in the journal is missing: the key is whole. */
async function adopt(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
  item: Secret,
): Promise<StepOutcome> {
  const fields = unpackFields(item, `key/${work.newKey.id}`);
  if (!fields.ok) return blocked(fields.error);
  const listed = await listedAs(ports, provider, work, run, fields.value);
  if (!listed.ok) return blocked(listed.error);
  return moved(
    { step: 'stored' },
    {
      ...work.newKey,
      providerKeyId: work.newKey.providerKeyId ?? listed.value?.providerKeyId ?? null,
      fields: describeFields(fields.value, ports.fingerprint),
      issuedAt: listed.value?.createdAt ?? work.newKey.issuedAt,
    },
  );
}

/** The key in the provider's list; null where nobody can say which it is. The key works, and its revocation will say what is missing. */
async function listedAs(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
  fields: SecretFields,
): Promise<Result<ListedKey | null, Failure>> {
  if (work.origin !== 'created')
    return ok(await findListed(ports, provider, work.newKey.connectionId, fields));
  if (!provider.offers.list) return ok(null);
  const strays = await findStrays(ports, provider, work, run);
  if (!strays.ok) return strays;
  return ok(strays.value.length === 1 ? (strays.value[0] ?? null) : null);
}
