import type { RecordSet, Records } from '../../main/storage/records.ts';
import { type ConnectionRecord, connectionRecordSchema } from '../../shared/domain/connection.ts';
import { type DefinitionRecord, definitionRecordSchema } from '../../shared/domain/definition-record.ts';
import type { ConnectionId, KeyId } from '../../shared/domain/ids.ts';
import { type KeyRecord, keyRecordSchema } from '../../shared/domain/key.ts';
import { done } from '../../shared/result.ts';

/** Records in memory. Like those on disk they take only what their schema takes, and keep a copy of it. */
export function createMemoryRecords(): Records {
  return {
    keys: memorySet<KeyId, KeyRecord>((record) => keyRecordSchema.parse(record)),
    connections: memorySet<ConnectionId, ConnectionRecord>((record) => connectionRecordSchema.parse(record)),
    definitions: memorySet<string, DefinitionRecord>((record) => definitionRecordSchema.parse(record)),
    setAside: [],
  };
}

function memorySet<Id extends string, R extends { readonly id: Id }>(
  parse: (record: R) => R,
): RecordSet<Id, R> {
  const records = new Map<Id, R>();
  return {
    all: () => [...records.values()],
    get: (id) => records.get(id),
    put: async (record) => {
      records.set(record.id, parse(record));
      return done;
    },
    remove: async (id) => {
      records.delete(id);
      return done;
    },
    putAll: async (all) => {
      for (const record of all.map(parse)) records.set(record.id, record);
      return done;
    },
    removeAll: async (ids) => {
      for (const id of ids) records.delete(id);
      return done;
    },
  };
}
