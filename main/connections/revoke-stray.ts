import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { ConnectionPorts } from './add-connection.ts';
import { type CompareFailure, compareAll } from './compare-keys.ts';
import { openProvider } from './open-provider.ts';

/**
 * Revokes a key that the vault does not know as alive, or the management credential itself. Confirmed by the name that
 * the comparison shows. A living key of the vault is left alone, and one of unfinished work is refused.
 */
export async function revokeStray(
  ports: ConnectionPorts,
  id: ConnectionId,
  stray: { readonly providerKeyId: string; readonly confirmName: string },
  answers: Answers,
): Promise<Result<void, CompareFailure | Failure<'confirmation-needed' | 'work-running'>>> {
  const compared = await compareAll(ports, id, answers);
  if (!compared.ok) return compared;
  const match = compared.value.find((each) => each.listed?.providerKeyId === stray.providerKeyId);
  const isRevocable = match?.standing === 'stray' || match?.standing === 'own';
  // Gone or taken into the vault meanwhile: there is no such stray any more, which is what was asked for.
  if (match === undefined || !isRevocable) return ok(undefined);
  if (match.isOfWork) return fail(failure('work-running'));
  const { name } = match;
  if (stray.confirmName !== name) return fail(failure('confirmation-needed', { name }));
  const provider = await openProvider(ports, id);
  if (!provider.ok) return provider;
  const revoked = await provider.value.revoke(stray.providerKeyId, answers);
  if (!revoked.ok) return revoked;
  return ports.activity.add({
    at: ports.clock.now(),
    event: 'stray-revoked',
    keyId: match.keyId,
    connectionId: id,
    subject: name,
    detail: '',
  });
}
