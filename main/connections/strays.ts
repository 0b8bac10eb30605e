import {
  type Failure,
  failure,
  type ProviderFailure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { ConnectionPorts } from './add-connection.ts';
import { openProvider } from './open-provider.ts';

type StrayFailure = SecretStoreFailure | ProviderFailure | Failure<'connection-unknown' | 'storage-failed'>;

/** Keys that the provider lists as alive and the vault does not know. */
export async function findStrays(
  ports: ConnectionPorts,
  id: ConnectionId,
): Promise<Result<ListedKey[], StrayFailure>> {
  const provider = await openProvider(ports, id);
  if (!provider.ok) return provider;
  const listed = await provider.value.list({});
  if (!listed.ok) return listed;
  const known = new Set(
    ports.records.keys
      .all()
      .filter((key) => key.connectionId === id)
      .map((key) => key.providerKeyId),
  );
  return ok(listed.value.filter((key) => key.active && !known.has(key.providerKeyId)));
}

/** Revokes a key that the vault does not know. Confirmed by its name; a key that the vault holds is refused. */
export async function revokeStray(
  ports: ConnectionPorts,
  id: ConnectionId,
  stray: { readonly providerKeyId: string; readonly confirmName: string },
  answers: Answers,
): Promise<Result<void, StrayFailure | Failure<'confirmation-needed'>>> {
  const strays = await findStrays(ports, id);
  if (!strays.ok) return strays;
  const found = strays.value.find((key) => key.providerKeyId === stray.providerKeyId);
  // Gone or taken into the vault meanwhile: there is no such stray any more, which is what was asked for.
  if (found === undefined) return ok(undefined);
  const name = found.name === '' ? found.providerKeyId : found.name;
  if (stray.confirmName !== name) return fail(failure('confirmation-needed', { name }));
  const provider = await openProvider(ports, id);
  if (!provider.ok) return provider;
  const revoked = await provider.value.revoke(found.providerKeyId, answers);
  if (!revoked.ok) return revoked;
  return ports.activity.add({
    at: ports.clock.now(),
    event: 'stray-revoked',
    keyId: null,
    connectionId: id,
    subject: name,
    detail: '',
  });
}
