import type { Failure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import { changeKeys } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';

/** How long an answer that is the same as before is not written down again. */
const sameForMs = 86_400_000;

/**
 * Remembers what the list of a connection's provider has told just now about when keys were used. A list with no last use
 * in it may be of a provider that does not tell, and says nothing; beside others that have one, a key without was never used.
 */
export async function rememberLastUse(
  ports: Pick<KeyPorts, 'records' | 'clock'>,
  connectionId: ConnectionId,
  listed: readonly Pick<ListedKey, 'providerKeyId' | 'lastUsedAt'>[],
): Promise<Result<void, Failure<'storage-failed'>>> {
  if (listed.every(({ lastUsedAt }) => lastUsedAt === null)) return done;
  const now = ports.clock.now();
  const uses = new Map<string | null, number | null>(
    listed.map(({ providerKeyId, lastUsedAt }) => [providerKeyId, lastUsedAt]),
  );
  const ids = ports.records.keys
    .all()
    .filter((key) => key.connectionId === connectionId && uses.has(key.providerKeyId))
    // Of two that have one id at the provider, the list means the one that replaced the other.
    .filter((key) => key.revokedAt === null && key.replacedBy === null)
    .map(({ id }) => id);
  const changed = await changeKeys(ports, ids, (key) => {
    const lastUsedAt = uses.get(key.providerKeyId) ?? null;
    const isKnown = key.lastUsedAt === lastUsedAt && now - (key.lastUseToldAt ?? 0) < sameForMs;
    return isKnown ? key : { ...key, lastUsedAt, lastUseToldAt: now };
  });
  // One that was deleted meanwhile: the next list is as good.
  if (changed.ok || changed.error.code === 'key-unknown') return done;
  return fail(changed.error);
}
