import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import {
  type Failure,
  failure,
  type ProviderFailure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { RotationPolicy } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type ConnectionPorts, hasNothingToTry } from './add-connection.ts';
import { keysBeingMade } from './keys-being-made.ts';
import { openProvider } from './open-provider.ts';

/**
 * Tries the management credential and remembers how that went. A provider that refuses or cannot be reached is a
 * finding here, not a failure. Where there is no call to try it with, the connection stays as it was.
 */
export async function checkConnection(
  ports: ConnectionPorts,
  id: ConnectionId,
): Promise<
  Result<
    ConnectionRecord,
    SecretStoreFailure | ProviderFailure | Failure<'connection-unknown' | 'storage-failed'>
  >
> {
  const provider = await openProvider(ports, id);
  if (!provider.ok) return provider;
  const tried = await provider.value.checkCredential();
  // Read again: it may have been removed while the provider was answering, and must not come back by this.
  const current = ports.records.connections.get(id);
  if (current === undefined) return fail(failure('connection-unknown'));
  if (!tried.ok && hasNothingToTry(tried.error)) return ok(current);
  const checked: ConnectionRecord = {
    ...current,
    checkedAt: ports.clock.now(),
    health: tried.ok ? 'well' : healthAfter(tried.error),
  };
  const recorded = await ports.records.connections.put(checked);
  return recorded.ok ? ok(checked) : recorded;
}

function healthAfter(cause: ProviderFailure): ConnectionRecord['health'] {
  return cause.code === 'credential-rejected' || cause.code === 'permission-lacking'
    ? 'refused'
    : 'unreachable';
}

/** Sets how often the keys of the connection are rotated that do not say so themselves. */
export async function setConnectionPolicy(
  { records }: Pick<ConnectionPorts, 'records'>,
  id: ConnectionId,
  policy: RotationPolicy,
): Promise<Result<ConnectionRecord, Failure<'connection-unknown' | 'storage-failed'>>> {
  const connection = records.connections.get(id);
  if (connection === undefined) return fail(failure('connection-unknown'));
  const next = { ...connection, policy };
  const recorded = await records.connections.put(next);
  return recorded.ok ? ok(next) : recorded;
}

/**
 * Forgets a connection and its credential. Refused while the vault still holds keys of it, revoked ones too (they are
 * listed under it), and while one is being made.
 */
export async function removeConnection(
  ports: ConnectionPorts,
  id: ConnectionId,
): Promise<
  Result<void, SecretStoreFailure | Failure<'connection-unknown' | 'connection-in-use' | 'storage-failed'>>
> {
  const connection = ports.records.connections.get(id);
  if (connection === undefined) return fail(failure('connection-unknown'));
  const held = [...ports.records.keys.all(), ...keysBeingMade(ports.journal)]
    .filter((key) => key.connectionId === id)
    .map((key) => key.id);
  const keys = new Set(held).size;
  if (keys > 0) return fail(failure('connection-in-use', { keys }));
  const dropped = await ports.secrets.drop(`connection/${id}`);
  if (!dropped.ok) return dropped;
  const removed = await ports.records.connections.remove(id);
  if (!removed.ok) return removed;
  return ports.activity.add({
    at: ports.clock.now(),
    event: 'connection-removed',
    keyId: null,
    connectionId: id,
    subject: connection.name,
    detail: '',
  });
}
