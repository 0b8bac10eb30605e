import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** A key, and the account that it is of; null where that cannot be read. */
export type LoadedKey =
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly detail: KeyDetail; readonly connection: ConnectionView | null };

/**
 * Reads both. Without the connection, what its provider asks at a call is unknown; main then says `answer-needed`, and it
 * is asked by name.
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
  return { state: 'ready', detail: detail.value, connection: connection ?? null };
}
