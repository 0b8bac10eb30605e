import { z } from 'zod';
import { connectionRecordSchema } from '../../shared/domain/connection.ts';
import { type DefinitionRecord, definitionRecordSchema } from '../../shared/domain/definition-record.ts';
import { type ConnectionId, connectionIdSchema, type KeyId, keyIdSchema } from '../../shared/domain/ids.ts';
import { keyRecordSchema } from '../../shared/domain/key.ts';
import { type Settings, settingsSchema } from '../../shared/domain/settings.ts';
import type { SavedConnection, SavedKey } from './archive.ts';
import type { RestorePlan } from './plan-restore.ts';
import { concealed, revealed, savedValuesSchema } from './saved-values.ts';

/**
 * All that a restore does, decided: done once or many times over, it ends in the same. Where the values of a key or a
 * connection are null, those in the vault stay as they are.
 */
export interface RestoreList {
  /** When the backup was made. */
  readonly createdAt: number;
  /** Null: the settings stay. */
  readonly settings: Settings | null;
  readonly definitions: readonly DefinitionRecord[];
  readonly connections: readonly SavedConnection[];
  readonly keys: readonly SavedKey[];
  readonly removed: {
    readonly definitions: readonly string[];
    readonly connections: readonly ConnectionId[];
    readonly keys: readonly KeyId[];
  };
}

/** What the user chose. `takeBackup`: the ids of the conflicts in which the backup's side counts. */
export interface RestoreChoice {
  readonly mode: 'merge' | 'replace';
  readonly takeBackup: readonly string[];
}

/** What the choice makes of the plan. */
export function listOf(plan: RestorePlan, { mode, takeBackup }: RestoreChoice): RestoreList {
  const replaces = mode === 'replace';
  const isTaken = (id: string): boolean => replaces || takeBackup.includes(id);
  const { added, changed, onlyHere } = plan;
  const idsOf = <I extends string>(records: readonly { readonly id: I }[]): I[] =>
    replaces ? records.map(({ id }) => id) : [];
  return {
    createdAt: added.createdAt,
    settings: replaces ? added.settings : null,
    definitions: [...added.definitions, ...changed.definitions.filter(({ id }) => isTaken(id))],
    connections: [...added.connections, ...changed.connections.filter(({ record }) => isTaken(record.id))],
    keys: [...added.keys, ...changed.keys.filter(({ record }) => isTaken(record.id))],
    removed: {
      definitions: idsOf(onlyHere.definitions),
      connections: idsOf(onlyHere.connections),
      keys: idsOf(onlyHere.keys),
    },
  };
}

const listSchema = z.object({
  createdAt: z.int(),
  settings: settingsSchema.nullable(),
  definitions: z.array(definitionRecordSchema),
  connections: z.array(z.object({ record: connectionRecordSchema, credential: savedValuesSchema })),
  keys: z.array(z.object({ record: keyRecordSchema, fields: savedValuesSchema })),
  removed: z.object({
    definitions: z.array(z.string()),
    connections: z.array(connectionIdSchema),
    keys: z.array(keyIdSchema),
  }),
});

/** The list as bytes, in the clear: for encryption, and nothing else. */
export function writeList(list: RestoreList): Uint8Array {
  const plain: z.input<typeof listSchema> = {
    ...list,
    definitions: [...list.definitions],
    connections: list.connections.map(({ record, credential }) => ({
      record,
      credential: revealed(credential),
    })),
    keys: list.keys.map(({ record, fields }) => ({ record, fields: revealed(fields) })),
    removed: {
      definitions: [...list.removed.definitions],
      connections: [...list.removed.connections],
      keys: [...list.removed.keys],
    },
  };
  return Buffer.from(JSON.stringify(plain));
}

/** The list back from its bytes. Throws for anything that `writeList` does not write. */
export function readList(bytes: Uint8Array): RestoreList {
  const plain = listSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  return {
    ...plain,
    connections: plain.connections.map(({ record, credential }) => ({
      record,
      credential: concealed(credential),
    })),
    keys: plain.keys.map(({ record, fields }) => ({ record, fields: concealed(fields) })),
  };
}
