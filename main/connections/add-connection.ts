import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import {
  type Failure,
  failure,
  type ProviderFailure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { Ids } from '../../shared/domain/ids.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { packFields } from '../secrets/secret-fields.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Activity } from '../storage/activity.ts';
import type { Journal } from '../storage/journal.ts';
import type { Records } from '../storage/records.ts';
import type { ProviderCatalog } from './connection-ports.ts';

export interface ConnectionPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly records: Records;
  readonly secrets: SecretStore;
  readonly activity: Activity;
  /** Looked at for keys that are being made: they are not recorded yet. */
  readonly journal: Pick<Journal, 'unfinished'>;
  readonly catalog: ProviderCatalog;
  /** Waits for what has to run before a provider can be called: the sandbox, for those that it plays. */
  readonly ready: (providerId: string) => Promise<void>;
}

/** What the user answered. */
export interface NewConnection {
  readonly providerId: string;
  readonly name: string;
  readonly environment: Environment;
  readonly settings: Readonly<Record<string, string>>;
  readonly credential: SecretFields;
}

/** Whether a trial of a credential ended in there being no call for it. */
export const hasNothingToTry = (cause: ProviderFailure): boolean => cause.code === 'operation-missing';

export type AddFailure = ProviderFailure | SecretStoreFailure | Failure<'name-taken' | 'storage-failed'>;

/**
 * Adds a connection: its credential is tried with one harmless call, then stored, then the connection is recorded.
 * A refusal at any point leaves nothing behind. Where the provider has no call to try it with, the connection is added
 * without, and its health is unknown.
 */
export async function addConnection(
  ports: ConnectionPorts,
  wanted: NewConnection,
): Promise<Result<ConnectionRecord, AddFailure>> {
  const taken = ports.records.connections.all().some((connection) => connection.name === wanted.name);
  if (taken) return fail(failure('name-taken', { name: wanted.name }));
  const origins = ports.catalog.originsOf(wanted, wanted.credential);
  if (!origins.ok) return origins;
  const provider = ports.catalog.connect({ ...wanted, ...origins.value }, wanted.credential);
  if (!provider.ok) return provider;
  const tried = await provider.value.checkCredential();
  const isUntried = !tried.ok && hasNothingToTry(tried.error);
  if (!tried.ok && !isUntried) return tried;

  const now = ports.clock.now();
  const connection: ConnectionRecord = {
    id: ports.ids.connection(),
    providerId: wanted.providerId,
    name: wanted.name,
    environment: wanted.environment,
    settings: wanted.settings,
    ...origins.value,
    policy: {},
    createdAt: now,
    checkedAt: isUntried ? null : now,
    health: isUntried ? 'unknown' : 'well',
  };
  const stored = await ports.secrets.put(`connection/${connection.id}`, packFields(wanted.credential));
  if (!stored.ok) {
    // A write that was not confirmed may still have happened.
    await ports.secrets.drop(`connection/${connection.id}`);
    return stored;
  }
  const recorded = await ports.records.connections.put(connection);
  if (!recorded.ok) {
    // The record decides whether there is a connection; a credential without one must not stay behind.
    await ports.secrets.drop(`connection/${connection.id}`);
    return recorded;
  }
  const noted = await ports.activity.add({
    at: now,
    event: 'connection-added',
    keyId: null,
    connectionId: connection.id,
    subject: connection.name,
    detail: connection.origin,
  });
  if (noted.ok) return ok(connection);
  const takenBack = await ports.records.connections.remove(connection.id);
  // A connection that could not be taken back stays whole.
  if (takenBack.ok) await ports.secrets.drop(`connection/${connection.id}`);
  return noted;
}
