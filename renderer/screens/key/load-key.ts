import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Question } from '../../../shared/domain/provider.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** A key, and what its provider asks at every call. */
export type LoadedKey =
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly detail: KeyDetail; readonly questions: readonly Question[] };

/**
 * Reads both. Without the connections the questions are unknown; main then says `answer-needed`, and they are asked by
 * name.
 */
export async function loadKey(keyId: KeyId): Promise<LoadedKey> {
  const [detail, connections] = await Promise.all([
    api.call('keys.get', { id: keyId }),
    api.call('connections.list', {}),
  ]);
  if (!detail.ok) return { state: 'failed', failure: detail.error };
  const connection = connections.ok
    ? connections.value.connections.find(({ id }) => id === detail.value.connectionId)
    : undefined;
  return { state: 'ready', detail: detail.value, questions: connection?.provider.askedAtCall ?? [] };
}
