import type { z } from 'zod';
import { type ConnectionRecord, connectionRecordSchema } from '../../shared/domain/connection.ts';
import { type DefinitionRecord, definitionRecordSchema } from '../../shared/domain/definition-record.ts';
import { type KeyRecord, keyRecordSchema } from '../../shared/domain/key.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { latestVersion, migrate, type RecordKind, type StoredRecord } from './migrations/migration.ts';
import { createRecordSeal, textOf } from './record-seal.ts';
import { salvageShard } from './salvage-shard.ts';
import { decodeShard, type Entries, type ShardFormat } from './shard-file.ts';
import { parseObject } from './store-like.ts';

/** The records in a file that was set aside which this vault has written, and how many others it shows. */
export interface AsideRecords<R> {
  readonly records: readonly R[];
  readonly broken: number;
}

/** Reads records from files that were set aside; takes nothing that does not prove itself under the data key. */
export interface AsideReader {
  keys(was: string, text: string): AsideRecords<KeyRecord>;
  connections(was: string, text: string): AsideRecords<ConnectionRecord>;
  definitions(was: string, text: string): AsideRecords<DefinitionRecord>;
}

/** The reader for the vault with this data key. `was`: the name that the file had. */
export function createAsideReader(dataKey: Uint8Array): AsideReader {
  const seal = createRecordSeal(dataKey);
  const readerOf =
    <R>(kind: RecordKind, schema: z.ZodType<R>) =>
    (was: string, text: string): AsideRecords<R> => {
      // Whatever shape the records have, each of them is parsed, so that none has to be named here.
      const format: ShardFormat = { kind, version: latestVersion(allMigrations), schema: '', seal };
      const { version, sound } = was.endsWith('.txt')
        ? readEntry(format, text)
        : readShard(format, was.split('.')[0] ?? '', text);
      const records = [...sound].flatMap(([id, entry]) => {
        const stored: StoredRecord = JSON.parse(textOf(entry));
        const parsed = schema.safeParse(migrate(allMigrations, kind, version, stored));
        return parsed.success && stored.id === id ? [parsed.data] : [];
      });
      return { records, broken: Math.max(0, entriesBegun(text) - records.length) };
    };
  return {
    keys: readerOf('key', keyRecordSchema),
    connections: readerOf('connection', connectionRecordSchema),
    definitions: readerOf('definition', definitionRecordSchema),
  };
}

interface Found {
  readonly version: number;
  readonly sound: Entries;
}

function readShard(format: ShardFormat, name: string, text: string): Found {
  const content = decodeShard(format, name, parseObject(text));
  if (content.state === 'read') return content;
  return content.state === 'newer'
    ? { version: content.version, sound: new Map() }
    : salvageShard(format, text);
}

/** One record that was set aside alone, as it stood in its store. */
function readEntry({ kind, version, seal }: ShardFormat, entry: string): Found {
  const id = parseObject(textOf(entry)).id;
  const isOurs = typeof id === 'string' && seal.open(kind, id, entry) !== null;
  return { version, sound: new Map(isOurs ? [[id, entry]] : []) };
}

/** How many records the text shows, whole or not: each begins with its code. */
function entriesBegun(text: string): number {
  return text.match(/(?:^|")[\w-]{43} \{/g)?.length ?? 0;
}
