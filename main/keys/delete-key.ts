import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import { removeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import { removeKeyLines } from './remove-lines.ts';
import { requestRevocation } from './request-revocation.ts';
import type { Works } from './works.ts';

/** What is to become of a key at its provider when it is deleted here. */
export interface DeleteWish {
  /** Null: nothing, which is enough only for a key that is revoked already. */
  readonly atProvider: 'revoke' | 'leave-alive' | null;
  readonly confirmName?: string;
  readonly answers?: Answers;
  /** The user's word that they have revoked the key in the dashboard. */
  readonly doneByHand?: boolean;
  /** Whether the lines that hold the key go out of its files first. */
  readonly removeLines?: boolean;
}

/**
 * Forgets a key: first its value, then its record, so that a cut in between leaves a record that can be deleted
 * again and never a value without one. A key that is still alive is revoked first, and deleted only when that has come to
 * its end; or the user says that it may go on working at the provider. A revocation that is stopped is then given up.
 */
export async function deleteKey(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  wish: DeleteWish,
): Promise<Result<void, Failure>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (key.revokedAt === null) {
    const settled = await settleAtProvider(ports, works, id, wish);
    if (!settled.ok) return settled;
  }
  if (works.ofKey(id) !== undefined) return fail(failure('work-running'));
  for (const target of wish.removeLines ? key.targets : []) {
    const removed = await removeKeyLines(ports, key, target);
    if (!removed.ok) return removed;
  }
  const dropped = await ports.secrets.drop(`key/${id}`);
  if (!dropped.ok) return dropped;
  const removed = await removeKey(ports, id);
  if (!removed.ok) return removed;
  return noteKey(ports, key, 'key-deleted');
}

async function settleAtProvider(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  { atProvider, confirmName = '', answers = {}, doneByHand = false }: DeleteWish,
): Promise<Result<void, Failure>> {
  switch (atProvider) {
    case null:
      return fail(failure('key-still-alive'));
    case 'leave-alive':
      return giveUpRevoking(works, id);
    case 'revoke': {
      const asked = await requestRevocation(ports, works, id, { confirmName, answers, doneByHand });
      if ((ports.records.keys.get(id)?.revokedAt ?? null) !== null) return done;
      if (!asked.ok) return asked;
      const { state, blocked } = asked.value;
      const reason = state.step === 'finished' ? state.reason : blocked;
      // Without a reason the provider lets the old value go on until its own grace ends.
      return fail(reason ?? failure('key-still-alive'));
    }
  }
}

/** A revocation that is stopped is given up; a key in other work stays. */
async function giveUpRevoking(works: Works, id: KeyId): Promise<Result<void, Failure>> {
  const work = works.ofKey(id);
  if (work === undefined) return done;
  const givenUp = work.kind === 'revoke' ? await works.giveUp(work.id) : fail(failure('work-running'));
  if (givenUp.ok) return done;
  return fail(givenUp.error.code === 'storage-failed' ? givenUp.error : failure('work-running'));
}
