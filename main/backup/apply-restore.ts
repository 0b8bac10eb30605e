import type { Failure, SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { done, ok, type Result } from '../../shared/result.ts';
import { dropMany, type NamedSecret, putMany } from '../secrets/many-secrets.ts';
import { packFields } from '../secrets/secret-fields.ts';
import type { SecretName, SecretStore } from '../secrets/secret-store.ts';
import type { Activity } from '../storage/activity.ts';
import type { Records } from '../storage/records.ts';
import type { PendingRestore } from './pending-restore.ts';
import type { RestoreList } from './restore-list.ts';

/** What a restore changes. */
export interface RestorePlaces {
  readonly secrets: SecretStore;
  readonly records: Records;
  readonly activity: Activity;
  readonly setSettings: (settings: Settings) => Promise<Result<unknown, Failure<'storage-failed'>>>;
  readonly pending: PendingRestore;
  readonly now: () => number;
}

export type RestoreProgress = (done: number, total: number) => void;

/**
 * Brings a restore that is decided to its end: values first, then what they belong to, so that no record ever stands
 * without its value; what only the vault had goes last. Every change may be made again, so after a failure, or a
 * power cut, the same list leads to the same end.
 */
export async function applyRestore(
  list: RestoreList,
  places: RestorePlaces,
  progress: RestoreProgress = () => undefined,
): Promise<Result<void, SecretStoreFailure>> {
  const { secrets, records, activity, pending } = places;
  const lost = await putValues(list, secrets, progress);
  if (!lost.ok) return lost;
  const keys = list.keys.map(({ record }) => (lost.value.has(`key/${record.id}`) ? without(record) : record));
  const dropped: SecretName[] = [
    ...list.removed.keys.map((id) => `key/${id}` as const),
    ...list.removed.connections.map((id) => `connection/${id}` as const),
  ];
  return inTurn([
    () => records.definitions.putAll(list.definitions),
    () => records.connections.putAll(list.connections.map(({ record }) => record)),
    () => records.keys.putAll(keys),
    () => records.keys.removeAll(list.removed.keys),
    () => records.connections.removeAll(list.removed.connections),
    () => records.definitions.removeAll(list.removed.definitions),
    () => firstFailure(dropMany(secrets, dropped)),
    async () => (list.settings === null ? done : places.setSettings(list.settings)),
    () =>
      activity.add({
        at: places.now(),
        event: 'backup-restored',
        keyId: null,
        connectionId: null,
        subject: 'Vault',
        detail: new Date(list.createdAt).toISOString(),
      }),
    () => pending.clear(),
  ]);
}

/** Brings to its end what an earlier run of the app has left of a restore. Before anyone uses the vault. */
export async function finishRestore(places: RestorePlaces): Promise<Result<void, SecretStoreFailure>> {
  const left = await places.pending.read();
  if (!left.ok) return left;
  return left.value === null ? done : applyRestore(left.value, places);
}

/** Puts the values; answers those that this store can never hold, which is no reason to leave the rest. */
async function putValues(
  list: RestoreList,
  secrets: SecretStore,
  progress: RestoreProgress,
): Promise<Result<ReadonlySet<SecretName>, SecretStoreFailure>> {
  const values: NamedSecret[] = [
    ...list.connections.flatMap(({ record, credential }) =>
      credential === null ? [] : [[`connection/${record.id}`, packFields(credential)] as const],
    ),
    ...list.keys.flatMap(({ record, fields }) =>
      fields === null ? [] : [[`key/${record.id}`, packFields(fields)] as const],
    ),
  ];
  const lost = new Set<SecretName>();
  let count = 0;
  for await (const put of putMany(secrets, values)) {
    const name = values[count]?.[0];
    if (!put.ok && put.error.code !== 'secret-too-big') return put;
    if (!put.ok && name !== undefined) lost.add(name);
    count += 1;
    progress(count, values.length);
  }
  return ok(lost);
}

function without(record: KeyRecord): KeyRecord {
  if (record.revokedAt !== null) return record;
  return { ...record, status: 'needs-attention', attention: 'secret-missing' };
}

type Step = () => Promise<Result<unknown, SecretStoreFailure>>;

async function inTurn(steps: readonly Step[]): Promise<Result<void, SecretStoreFailure>> {
  for (const step of steps) {
    const stepped = await step();
    if (!stepped.ok) return stepped;
  }
  return done;
}

async function firstFailure(
  outcomes: AsyncIterable<Result<void, SecretStoreFailure>>,
): Promise<Result<void, SecretStoreFailure>> {
  for await (const outcome of outcomes) if (!outcome.ok) return outcome;
  return done;
}
