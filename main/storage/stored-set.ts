import { join } from 'node:path';
import type { z } from 'zod';
import type { Failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Migration, migrate, type RecordKind, type StoredRecord } from './migrations/migration.ts';
import { type OpenedShard, openShard } from './open-shard.ts';
import { readabilityOf } from './readable.ts';
import { textOf } from './record-seal.ts';
import type { RecordSet, SetAside } from './records.ts';
import { moveAside, setAside } from './set-aside.ts';
import { Shard } from './shard.ts';
import type { ShardFormat } from './shard-file.ts';
import { storageFailed } from './storage-failure.ts';
import type { OpenStore } from './store-like.ts';

/** Where and how one kind of record is stored. `names` are all its stores, `nameOf` the one that an id belongs to. */
export interface StoredKind<R> {
  readonly kind: RecordKind;
  readonly schema: z.ZodType<R>;
  readonly names: readonly string[];
  readonly nameOf: (id: string) => string;
}

export interface StoredSetContext {
  readonly folder: string;
  /** The files that were in the folder. */
  readonly files: ReadonlySet<string>;
  readonly openStore: OpenStore;
  readonly format: ShardFormat;
  readonly isOwnVault: () => Promise<boolean>;
  readonly migrations: readonly Migration[];
  readonly report: (found: SetAside) => void;
  readonly now: () => number;
}

/** One kind of record, read into memory; a change is on disk before it is in memory. */
export async function openStoredSet<Id extends string, R extends { readonly id: Id }>(
  { kind, schema, names, nameOf }: StoredKind<R>,
  context: StoredSetContext,
): Promise<Result<RecordSet<Id, R>, Failure<'storage-failed'>>> {
  const { folder, files, openStore, format, isOwnVault, migrations, report, now } = context;
  const records = new Map<string, R>();
  const shards = new Map<string, Shard>();

  const openExisting = async (name: string): Promise<Failure<'storage-failed'> | null> => {
    const path = join(folder, `${name}.json`);
    const readability = await readabilityOf(path);
    if (readability === 'shut' && !(await isOwnVault()))
      return storageFailed(path, new Error('it cannot be opened as a file'));
    const place = readability === 'shut' ? await moveAside(path, now()) : readability;
    const store = openStore(name);
    const opened = await openShard(format, name, store, place, isOwnVault, now());
    if (opened.state !== 'open') return refusal(store.path, opened, format.version);
    const sameShape = opened.version === format.version && opened.schema === format.schema;
    const entries = new Map(opened.entries);
    const found = [...opened.found];
    for (const [id, entry] of opened.entries) {
      const text = textOf(entry);
      const stored: StoredRecord = JSON.parse(text);
      // Written under this very schema by whoever has the data key, so it was parsed when it was written.
      const record = sameShape
        ? (stored as unknown as R)
        : read(schema, migrate(migrations, kind, opened.version, stored));
      if (record === null || record.id !== id) {
        found.push(await setAside(folder, `${name} ${id}.txt`, entry, 'unreadable', now()));
        entries.delete(id);
        continue;
      }
      if (!sameShape) entries.set(id, format.seal.entry(kind, id, canonicalJson(record)));
      records.set(id, record);
    }
    const shard = new Shard({ format, name, store, entries, report, now });
    if (opened.repair || !sameShape || found.length > 0) await shard.repair();
    shards.set(name, shard);
    found.forEach(report);
    return null;
  };

  const shardOf = (name: string): Shard => {
    const known = shards.get(name);
    if (known !== undefined) return known;
    const shard = new Shard({ format, name, store: openStore(name), entries: new Map(), report, now });
    shards.set(name, shard);
    return shard;
  };

  const change = async (
    name: string,
    update: (entries: Map<string, string>) => void,
    apply: () => void,
  ): Promise<Result<void, Failure<'storage-failed'>>> => {
    try {
      await shardOf(name).change(update);
    } catch (error) {
      return fail(storageFailed(`${name}.json`, error));
    }
    apply();
    return done;
  };

  const putAll = async (given: readonly R[]): Promise<Result<void, Failure<'storage-failed'>>> => {
    const parsed = given.map((record) => schema.parse(record));
    for (const [name, group] of Map.groupBy(parsed, ({ id }) => nameOf(id))) {
      const entries = group.map(
        (record) => [record.id, format.seal.entry(kind, record.id, canonicalJson(record))] as const,
      );
      const changed = await change(
        name,
        (all) => {
          for (const [id, entry] of entries) all.set(id, entry);
        },
        () => {
          for (const record of group) records.set(record.id, record);
        },
      );
      if (!changed.ok) return changed;
    }
    return done;
  };

  const removeAll = async (ids: readonly Id[]): Promise<Result<void, Failure<'storage-failed'>>> => {
    for (const [name, group] of Map.groupBy(ids, nameOf)) {
      const changed = await change(
        name,
        (all) => {
          for (const id of group) all.delete(id);
        },
        () => {
          for (const id of group) records.delete(id);
        },
      );
      if (!changed.ok) return changed;
    }
    return done;
  };

  for (const name of names.filter((each) => files.has(`${each}.json`) || files.has(`${each}.json.bak`))) {
    const refused = await openExisting(name);
    if (refused !== null) return fail(refused);
  }

  return ok({
    all: () => [...records.values()],
    get: (id) => records.get(id),
    put: (record) => putAll([record]),
    remove: (id) => removeAll([id]),
    putAll,
    removeAll,
  });
}

function read<R>(schema: z.ZodType<R>, stored: StoredRecord): R | null {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

function refusal(
  file: string,
  opened: Exclude<OpenedShard, { state: 'open' }>,
  version: number,
): Failure<'storage-failed'> {
  if (opened.state === 'foreign') {
    return storageFailed(file, new Error('it was sealed with the data key of another vault'));
  }
  return storageFailed(
    file,
    new Error(
      `it was written by a newer version of the app (format ${opened.version}; this one reads up to ${version})`,
    ),
  );
}
