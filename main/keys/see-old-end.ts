import type { Failure } from '../../shared/domain/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { providerOf } from './provider-of.ts';
import { readFields } from './read-fields.ts';
import { isRefused } from './refused.ts';
import { recordRevoked, waitUntilRefused } from './revoke-key.ts';
import { askedGraceEnd, providerGraceEnd } from './rotate-at-provider.ts';
import { blocked, moved, type Run, type StepOutcome } from './work-step.ts';

/**
 * `revoking`, after the provider has replaced the value: the old one ends by itself, and nothing is revoked, because the
 * new one may have the same id. It counts as revoked when the provider refuses it, or, where nobody can be asked, when
 * the provider's grace is over.
 */
export async function seeOldEnd(ports: KeyPorts, work: ObtainingWork, run: Run): Promise<StepOutcome> {
  const provider = await providerOf(ports, work.newKey.connectionId, run);
  if (!provider.ok) return blocked(provider.error);
  const longest = providerGraceEnd(work, provider.value);
  const fields = await readFields(ports, work.keyId);
  if (ports.clock.now() < longest) {
    const isEnded = await hasEnded(provider.value, fields);
    if (!isEnded.ok) return blocked(isEnded.error);
    if (!isEnded.value) return waitOn(ports, work, longest);
  } else {
    const refused = await waitUntilRefused(ports, provider.value, fields);
    if (!refused.ok) return blocked(refused.error);
  }
  const recorded = await recordRevoked(ports, work.keyId);
  if (!recorded.ok) return blocked(recorded.error);
  return moved({ step: 'finished', outcome: 'done', reason: null });
}

/** When to look at the old value first: some providers let it go on as long as they were asked, others as long as they do. */
export const firstLook = (work: ObtainingWork, provider: Provider): number =>
  provider.offers.check ? askedGraceEnd(work, provider) : providerGraceEnd(work, provider);

/** Whether the old value is refused already; not as far as anyone knows where nobody can be asked. */
async function hasEnded(
  provider: Provider,
  fields: Result<SecretFields, Failure>,
): Promise<Result<boolean, Failure>> {
  if (!fields.ok) return fields.error.code === 'secret-gone' ? ok(false) : fields;
  if (!provider.offers.check) return ok(false);
  const checked = await provider.check(fields.value);
  return checked.ok ? ok(isRefused(checked.value)) : checked;
}

/** The old value still works, as the provider lets it: the grace goes on. */
async function waitOn(ports: KeyPorts, work: ObtainingWork, until: number): Promise<StepOutcome> {
  const told = await changeKey(ports, work.keyId, (key) =>
    ok({ ...key, status: 'retiring', attention: null, retiresAt: until }),
  );
  if (!told.ok && told.error.code !== 'key-unknown') return blocked(told.error);
  return moved({ step: 'retiring', until });
}
