import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { keyBeingRevoked, type Work } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { KeyPorts } from './key-ports.ts';
import { planRevocation } from './revoke-key.ts';
import { freshRun, type Works } from './works.ts';

/**
 * Revokes a key because the user wants it, and answers the work when it has finished or is blocked. A live key needs its
 * name as confirmation. A revocation that was blocked goes on; the grace of a replaced key ends now.
 */
export async function requestRevocation(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  wish: { readonly confirmName: string; readonly answers: Answers; readonly doneByHand?: boolean },
): Promise<Result<Work, Failure>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (key.revokedAt !== null) return fail(failure('key-not-active', { status: key.status }));
  if (needsConfirmation(key, wish.confirmName))
    return fail(failure('confirmation-needed', { name: key.name }));

  const unfinished = works.ofKey(id);
  if (unfinished !== undefined && keyBeingRevoked(unfinished) === id && unfinished.state.step !== 'undoing')
    return works.goOn(unfinished.id, wish);
  // Only the old key's grace ends with the wish to revoke it; the new one may be in the same work.
  if (unfinished?.state.step === 'retiring' && unfinished.keyId === id)
    return works.endGrace(unfinished.id, wish.answers, wish.doneByHand);
  const started = await works.start(planRevocation(ports, key), freshRun(wish.answers, wish.doneByHand));
  return started.ok ? ok(await started.value.ended) : started;
}

const needsConfirmation = (key: KeyRecord, typed: string): boolean =>
  key.environment === 'live' && typed !== key.name;
