import { type Failure, failure } from '../../shared/domain/failure.ts';
import { graceSeconds } from '../../shared/domain/grace.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { issuedAs, turnedDown } from './ask-for-key.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { readFields } from './read-fields.ts';
import { isRefused } from './refused.ts';
import { findStrays, noteStrays } from './strays-of-work.ts';
import { blocked, failed, moved, type Run, type StepOutcome } from './work-step.ts';

/** What is asked for at least, where the provider lets an old value go on: the files are written in this time. */
const deliverySeconds = 60;

/** Pauses between looks at whether the old value is refused, in milliseconds: a rotation takes a while to spread. */
const patienceMs = [500, 1_000, 2_000] as const;

/** For how long the provider is asked to let the old value go on. */
const askedGraceSeconds = (work: ObtainingWork): number =>
  Math.max(deliverySeconds, graceSeconds(work.grace));

/**
 * Has the provider replace the old key's value, once and never again: a second time would end the new value too. The
 * old values are read first, because the answer may hold only those that changed.
 */
export async function rotateAtProvider(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  const old = await oldFields(ports, work);
  if (!old.ok) return failed(old.error);
  const providerKeyId = ports.records.keys.get(work.keyId)?.providerKeyId ?? null;
  if (providerKeyId === null)
    return failed(failure('operation-missing', { provider: provider.name, operation: 'rotate' }));
  const wish = {
    expiresInDays: work.newKey.request.expiresInDays,
    graceSeconds: Math.min(askedGraceSeconds(work), provider.rotateGraceSeconds),
  };
  const rotated = await provider.rotate(providerKeyId, wish, run.answers, old.value);
  if (!rotated.ok) {
    const { outcome, failure: reason } = rotated.error;
    if (outcome === 'rejected') return turnedDown(run, reason);
    await noteStrays(ports, work, 'outcome-unknown');
    return moved({ step: 'outcome-unknown', strays: null });
  }
  const fields = { ...old.value, ...rotated.value.fields };
  // The moment of this value, which is not the one at which a key that keeps its id was made.
  return issuedAs(ports, work, { ...rotated.value, fields }, ports.clock.now());
}

/** When the old value's grace that the provider gives is over for certain; its end where it gives none. */
export const providerGraceEnd = (work: ObtainingWork, provider: Provider): number =>
  work.newKey.issuedAt + provider.rotateGraceSeconds * 1_000;

/** When the old value ends if the provider did as it was asked. */
export const askedGraceEnd = (work: ObtainingWork, provider: Provider): number =>
  work.newKey.issuedAt + Math.min(askedGraceSeconds(work), provider.rotateGraceSeconds) * 1_000;

/**
 * It is not known whether a rotation happened, and it is never asked for again. The old value tells: accepted after every
 * grace it might have, nothing has happened; refused, it is dead and nobody has the new one.
 */
export async function lookWhatBecame(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  const strays = provider.offers.list ? await findStrays(ports, provider, work, run) : ok([]);
  if (!strays.ok) return blocked(strays.error);
  const isAccepted = await isOldAccepted(ports, provider, work);
  if (!isAccepted.ok) return blocked(isAccepted.error);

  const ids = strays.value.map((key) => key.providerKeyId);
  const isGraceOver = ports.clock.now() >= work.startedAt + provider.rotateGraceSeconds * 1_000;
  if (isAccepted.value === true && isGraceOver) return failed(null);
  if (isAccepted.value === false || ids.length > 0) return moved({ step: 'outcome-unknown', strays: ids });
  return moved({ step: 'outcome-unknown', strays: null });
}

/** Whether the old value still works, after some patience; null where nobody can be asked. */
async function isOldAccepted(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
): Promise<Result<boolean | null, Failure>> {
  if (!provider.offers.check) return ok(null);
  const old = await oldFields(ports, work);
  if (!old.ok) return old;
  if (Object.keys(old.value).length === 0) return ok(null);
  for (const pauseMs of [0, ...patienceMs]) {
    if (pauseMs > 0) await ports.clock.sleep(pauseMs);
    const checked = await provider.check(old.value);
    if (!checked.ok) return checked;
    if (isRefused(checked.value)) return ok(false);
  }
  return ok(true);
}

/** The old key's values; none where they are gone. */
async function oldFields(ports: KeyPorts, work: ObtainingWork): Promise<Result<SecretFields, Failure>> {
  const fields = await readFields(ports, work.keyId);
  if (fields.ok) return fields;
  return fields.error.code === 'secret-gone' ? ok({}) : fail(fields.error);
}
