import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import { fail, type Result } from '../../shared/result.ts';
import { removeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import type { Works } from './works.ts';

export type DeleteFailure =
  | SecretStoreFailure
  | Failure<'key-unknown' | 'work-running' | 'key-still-alive' | 'storage-failed'>;

/**
 * Forgets a key: first its value, then its record, so that a cut in between leaves a record that can be deleted
 * again and never a value without one. A key that is not revoked is deleted only when `leaveAlive` says that it may go
 * on working at the provider. A revocation that is stopped is given up with it.
 */
export async function deleteKey(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  leaveAlive: boolean,
): Promise<Result<void, DeleteFailure>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (key.revokedAt === null && !leaveAlive) return fail(failure('key-still-alive'));
  const work = works.ofKey(id);
  if (work !== undefined) {
    const givenUp = work.kind === 'revoke' ? await works.giveUp(work.id) : fail(failure('work-running'));
    if (!givenUp.ok)
      return fail(givenUp.error.code === 'storage-failed' ? givenUp.error : failure('work-running'));
  }
  const dropped = await ports.secrets.drop(`key/${id}`);
  if (!dropped.ok) return dropped;
  const removed = await removeKey(ports, id);
  if (!removed.ok) return removed;
  return ports.activity.add({
    at: ports.clock.now(),
    event: 'key-deleted',
    keyId: id,
    connectionId: key.connectionId,
    subject: key.name,
    detail: '',
  });
}
