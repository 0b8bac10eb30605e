import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { getMany } from '../secrets/many-secrets.ts';
import { type PassphraseSealing, usualWorkFactor } from '../secrets/passphrase-sealing.ts';
import { shortestPassphrase } from '../secrets/sealed-file-secret-store.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { unpackFields } from '../secrets/secret-fields.ts';
import type { SecretName, SecretStore } from '../secrets/secret-store.ts';
import type { Activity } from '../storage/activity.ts';
import { checkPlace, type WriteFailure } from '../storage/check-place.ts';
import type { Records } from '../storage/records.ts';
import { type Archive, writeArchive } from './archive.ts';
import { writeBackup } from './backup-file.ts';

/** What a backup is made of, and what making it touches. */
export interface MakePorts {
  readonly secrets: SecretStore;
  readonly records: Records;
  readonly activity: Activity;
  readonly settings: Settings;
  readonly sealing: PassphraseSealing;
  readonly now: () => number;
  readonly workFactor?: number;
}

export interface MakeRequest {
  readonly file: string;
  readonly passphrase: string;
  /** Whether a file that is there is replaced. */
  readonly replace: boolean;
}

/** How a backup that is under way is watched and stopped. */
export interface Watch {
  readonly isCancelled: () => boolean;
  readonly progress: (done: number, total: number) => void;
}

export interface MadeBackup {
  readonly file: string;
  readonly holds: { readonly definitions: number; readonly connections: number; readonly keys: number };
  /** The names of what could not be read of living keys and of connections. */
  readonly withoutValue: string[];
  readonly bytes: number;
}

export type MakeFailure =
  | WriteFailure
  | SecretStoreFailure
  | Failure<'passphrase-too-short' | 'backup-cancelled'>;

/**
 * Writes everything that the vault is made of into one file under the passphrase. A store that does not answer fails
 * the whole; a single value that is gone or damaged is left out and named. The file is on disk, and the activity
 * says so, when this answers; whatever fails before that leaves what was there.
 */
export async function makeBackup(
  ports: MakePorts,
  { file, passphrase, replace }: MakeRequest,
  watch: Watch,
): Promise<Result<MadeBackup, MakeFailure>> {
  if ([...passphrase].length < shortestPassphrase)
    return fail(failure('passphrase-too-short', { minLength: shortestPassphrase }));
  const place = await checkPlace(file, replace);
  if (!place.ok) return place;

  const gathered = await gather(ports, watch);
  if (!gathered.ok) return gathered;
  const { archive, withoutValue } = gathered.value;
  const bytes = await ports.sealing.seal(
    writeArchive(archive),
    passphrase,
    ports.workFactor ?? usualWorkFactor,
  );
  if (watch.isCancelled()) return fail(failure('backup-cancelled'));
  const written = await writeBackup(file, bytes, replace);
  if (!written.ok) return written;
  const noted = await ports.activity.add({
    at: archive.createdAt,
    event: 'backup-made',
    keyId: null,
    connectionId: null,
    subject: 'Vault',
    detail: file,
  });
  if (!noted.ok) return noted;
  const holds = {
    definitions: archive.definitions.length,
    connections: archive.connections.length,
    keys: archive.keys.length,
  };
  return ok({ file, holds, withoutValue, bytes: bytes.length });
}

interface Gathered {
  readonly archive: Archive;
  readonly withoutValue: string[];
}

async function gather(
  { secrets, records, settings, now }: MakePorts,
  { isCancelled, progress }: Watch,
): Promise<Result<Gathered, SecretStoreFailure | Failure<'backup-cancelled'>>> {
  // As they stand now: what changes while the values are read is for the next backup.
  const definitions = [...records.definitions.all()];
  const connections = [...records.connections.all()];
  const keys = [...records.keys.all()];
  const names: SecretName[] = [
    ...connections.map(({ id }) => `connection/${id}` as const),
    ...keys.map(({ id }) => `key/${id}` as const),
  ];
  const values: (SecretFields | null)[] = [];
  if (isCancelled()) return fail(failure('backup-cancelled'));
  for await (const got of getMany(secrets, names)) {
    const fields = got.ok ? unpackFields(got.value, names[values.length] ?? '') : got;
    if (!fields.ok && !isOfOne(fields.error)) return fields;
    values.push(fields.ok ? fields.value : null);
    progress(values.length, names.length);
    if (isCancelled()) return fail(failure('backup-cancelled'));
  }
  const valueAt = (index: number) => values[index] ?? null;
  const savedConnections = connections.map((record, index) => ({ record, credential: valueAt(index) }));
  const savedKeys = keys.map((record, index) => ({ record, fields: valueAt(connections.length + index) }));
  return ok({
    archive: { createdAt: now(), settings, definitions, connections: savedConnections, keys: savedKeys },
    withoutValue: [
      ...savedConnections.flatMap(({ record, credential }) => (credential === null ? [record.name] : [])),
      // A revoked key's value is of no use to anyone.
      ...savedKeys.flatMap(({ record, fields }) =>
        fields === null && record.revokedAt === null ? [record.name] : [],
      ),
    ],
  });
}

/** Whether the failure is one item's, and says nothing of the others. */
const isOfOne = ({ code }: SecretStoreFailure): boolean =>
  code === 'secret-gone' || code === 'secret-unreadable';
