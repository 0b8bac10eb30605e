import { type Failure, failure } from '../../shared/domain/failure.ts';
import { mayBeFrom } from '../../shared/domain/lost-key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { holds } from './find-listed.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import type { Run } from './work-step.ts';

/**
 * Keys at the provider that this work may have made and the vault does not know: they carry its label, or, where the
 * provider lists no names or names the key itself, were made since the work began.
 */
export async function findStrays(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<Result<ListedKey[], Failure>> {
  const listed = await provider.list(run.answers);
  if (!listed.ok) return listed;
  // Another connection's provider may use the same ids; other work may have a key that is not recorded yet.
  const isHeld = holds(ports, work.newKey.connectionId);
  const isFoundByName = provider.listsNames && work.origin === 'created';
  return ok(listed.value.filter((key) => key.active && !isHeld(key) && mayBeFrom(work, key, isFoundByName)));
}

/** Revokes every one of these. Safe to repeat. */
export async function revokeAll(
  provider: Provider,
  ids: readonly string[],
  run: Run,
): Promise<Result<void, Failure>> {
  for (const id of ids) {
    const revoked = await revokeAtProvider(provider, id, run);
    if (!revoked.ok) return revoked;
  }
  return done;
}

/**
 * Revokes a key by its provider's id. Where the provider leaves that to its dashboard, the user's word that they have
 * done it is taken; without it the failure says that it is needed.
 */
export async function revokeAtProvider(
  provider: Provider,
  id: string,
  run: Run,
  key?: SecretFields,
): Promise<Result<void, Failure>> {
  if (provider.offers.revoke) return provider.revoke(id, run.answers, key);
  return run.doneByHand ? done : fail(failure('revocation-needed', { provider: provider.name }));
}

/** Notes in the activity what became of an answer that got lost. */
export async function noteStrays(
  ports: Pick<KeyPorts, 'activity' | 'clock'>,
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
