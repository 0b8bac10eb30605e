import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type ConnectionRecord, connectionRecordSchema } from '../../shared/domain/connection.ts';
import { type DefinitionRecord, definitionRecordSchema } from '../../shared/domain/definition-record.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { ConnectionId, KeyId } from '../../shared/domain/ids.ts';
import { type KeyRecord, keyRecordSchema } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { latestVersion, type Migration } from './migrations/migration.ts';
import { readabilityOf } from './readable.ts';
import { createRecordSeal, type RecordSeal } from './record-seal.ts';
import type { Records, SetAside } from './records.ts';
import type { ShardFormat } from './shard-file.ts';
import { keyShardNames, keyShardOf } from './shard-names.ts';
import { storageFailed } from './storage-failure.ts';
import { type OpenStore, parseObject } from './store-like.ts';
import { openStoredSet, type StoredKind } from './stored-set.ts';

const keyKind: StoredKind<KeyRecord> = {
  kind: 'key',
  schema: keyRecordSchema,
  names: keyShardNames,
  nameOf: keyShardOf,
};

const connectionKind: StoredKind<ConnectionRecord> = {
  kind: 'connection',
  schema: connectionRecordSchema,
  names: ['connections'],
  nameOf: () => 'connections',
};

const definitionKind: StoredKind<DefinitionRecord> = {
  kind: 'definition',
  schema: definitionRecordSchema,
  names: ['definitions'],
  nameOf: () => 'definitions',
};

/**
 * Opens the records in the folder, which the stores of `openStore` are in. Damaged records are set aside and
 * reported, the others work. Fails, and changes nothing, when the folder cannot be read or written, when a store was
 * written by a newer version, or when it was sealed with another data key.
 */
export async function openRecords({
  folder,
  dataKey,
  openStore,
  migrations = allMigrations,
  now = Date.now,
}: {
  readonly folder: string;
  readonly dataKey: Uint8Array;
  readonly openStore: OpenStore;
  readonly migrations?: readonly Migration[];
  readonly now?: () => number;
}): Promise<Result<Records, Failure<'storage-failed'>>> {
  const found: SetAside[] = [];
  const seal = createRecordSeal(dataKey);
  const version = latestVersion(migrations);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files = await filesOf(folder);
    const context = {
      folder,
      files,
      openStore,
      isOwnVault: () => hasStoreUnder(seal.keyCheck, folder, files),
      migrations,
      report: (each: SetAside) => found.push(each),
      now,
    };
    const connections = await openStoredSet<ConnectionId, ConnectionRecord>(connectionKind, {
      ...context,
      format: connectionFormat(seal, version),
    });
    if (!connections.ok) return connections;
    const definitions = await openStoredSet<string, DefinitionRecord>(definitionKind, {
      ...context,
      format: definitionFormat(seal, version),
    });
    if (!definitions.ok) return definitions;
    const keys = await openStoredSet<KeyId, KeyRecord>(keyKind, {
      ...context,
      format: keyFormat(seal, version),
    });
    if (!keys.ok) return keys;
    return ok({
      keys: keys.value,
      connections: connections.value,
      definitions: definitions.value,
      setAside: found,
    });
  } catch (error) {
    return fail(storageFailed(folder, error));
  }
}

/** The format of the stores that key records are in. */
export function keyFormat(seal: RecordSeal, version = latestVersion(allMigrations)): ShardFormat {
  return { kind: 'key', version, schema: fingerprint(keyRecordSchema), seal };
}

/** The format of the store that connections are in. */
export function connectionFormat(seal: RecordSeal, version = latestVersion(allMigrations)): ShardFormat {
  return { kind: 'connection', version, schema: fingerprint(connectionRecordSchema), seal };
}

/** The format of the store that the user's own definitions are in. */
export function definitionFormat(seal: RecordSeal, version = latestVersion(allMigrations)): ShardFormat {
  return { kind: 'definition', version, schema: fingerprint(definitionRecordSchema), seal };
}

/** Names the exact shape that a schema takes. Records written under another one are parsed and written again. */
function fingerprint(schema: z.ZodType): string {
  return createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(schema)))
    .digest('hex')
    .slice(0, 16);
}

/** Whether any of the files is a store that was sealed with the data key. */
async function hasStoreUnder(keyCheck: string, folder: string, files: ReadonlySet<string>): Promise<boolean> {
  for (const name of files) {
    if (!name.endsWith('.json') && !name.endsWith('.json.bak')) continue;
    const file = join(folder, name);
    if ((await readabilityOf(file)) !== 'file') continue;
    if (parseObject(await readFile(file, 'utf8')).keyCheck === keyCheck) return true;
  }
  return false;
}

/** What a write of one of these stores may leave behind that a crash cut short: Conf's file, and the other name. */
const leftOverName =
  /^(?:keys-[0-9a-f]{2}|connections|definitions)\.json\.(?:tmp-\d{10}[0-9a-f]{6}|bak\.tmp)$/;

/** The names of the files in the folder. Removes left-overs. */
async function filesOf(folder: string): Promise<Set<string>> {
  const names = await readdir(folder);
  const leftOver = names.filter((name) => leftOverName.test(name));
  await Promise.all(leftOver.map((name) => rm(join(folder, name), { force: true })));
  return new Set(names.filter((name) => !leftOver.includes(name)));
}
