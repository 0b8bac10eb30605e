import {
  type Failure,
  failure,
  type ProviderFailure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import { mayBeFrom } from '../../shared/domain/lost-key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import type { Work } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { ConnectionPorts } from './add-connection.ts';
import { openProvider } from './open-provider.ts';

type StrayFailure = SecretStoreFailure | ProviderFailure | Failure<'connection-unknown' | 'storage-failed'>;

/** Keys that the provider lists as alive and that neither the vault nor unfinished work knows. */
export async function findStrays(
  ports: ConnectionPorts,
  id: ConnectionId,
): Promise<Result<ListedKey[], StrayFailure>> {
  const unknown = await listUnknown(ports, id);
  return unknown.ok ? ok(unknown.value.filter((each) => !each.isOfWork).map((each) => each.key)) : unknown;
}

interface Unknown {
  readonly key: ListedKey;
  /** Made by work that has not finished, as far as can be told; that work keeps it or revokes it. */
  readonly isOfWork: boolean;
}

async function listUnknown(
  ports: ConnectionPorts,
  id: ConnectionId,
): Promise<Result<Unknown[], StrayFailure>> {
  const provider = await openProvider(ports, id);
  if (!provider.ok) return provider;
  const { listsNames } = provider.value;
  const listed = await provider.value.list({});
  if (!listed.ok) return listed;
  // Looked at after the list, so that a key which was made meanwhile is known.
  const held = ports.records.keys.all().filter((key) => key.connectionId === id);
  const ids = new Set(held.map((key) => key.providerKeyId));
  const labels = new Set(held.filter((key) => key.providerKeyId === null).map((key) => key.label));
  const works = ports.journal.unfinished().filter((work) => work.newKey?.connectionId === id);
  return ok(
    listed.value
      .filter((key) => key.active && !ids.has(key.providerKeyId) && !(listsNames && labels.has(key.name)))
      .map((key) => ({ key, isOfWork: works.some((work) => mayHaveMade(work, key, listsNames)) })),
  );
}

/** Whether the work made the key: by its id once that is known, before that by its label or the time of its making. */
function mayHaveMade(work: Work, key: ListedKey, listsNames: boolean): boolean {
  const providerKeyId = work.newKey?.providerKeyId ?? null;
  if (providerKeyId !== null) return key.providerKeyId === providerKeyId;
  return mayBeFrom(work, key, listsNames);
}

/**
 * Revokes a key that the vault does not know. Confirmed by its name. A key that the vault holds is left alone, and
 * one of unfinished work is refused.
 */
export async function revokeStray(
  ports: ConnectionPorts,
  id: ConnectionId,
  stray: { readonly providerKeyId: string; readonly confirmName: string },
  answers: Answers,
): Promise<Result<void, StrayFailure | Failure<'confirmation-needed' | 'work-running'>>> {
  const unknown = await listUnknown(ports, id);
  if (!unknown.ok) return unknown;
  const match = unknown.value.find((each) => each.key.providerKeyId === stray.providerKeyId);
  // Gone or taken into the vault meanwhile: there is no such stray any more, which is what was asked for.
  if (match === undefined) return ok(undefined);
  if (match.isOfWork) return fail(failure('work-running'));
  const found = match.key;
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
