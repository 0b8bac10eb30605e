import { z } from 'zod';
import type { RecordSeal } from './record-seal.ts';

/** What all stores of one kind of record have in common. `schema` names the exact shape that records have. */
export interface ShardFormat {
  readonly kind: string;
  readonly version: number;
  readonly schema: string;
  readonly seal: RecordSeal;
}

/** The entries of a store by id, as `RecordSeal.entry` makes them. */
export type Entries = ReadonlyMap<string, string>;

const shardFileSchema = z.object({
  version: z.number().int().positive(),
  schema: z.string(),
  keyCheck: z.string(),
  seal: z.string(),
  records: z.record(z.string(), z.string()),
});

/** What a store was found to be. In an altered one `sound` and `altered` are told apart record by record. */
export type ShardContent =
  | { readonly state: 'unreadable' }
  | { readonly state: 'newer'; readonly version: number }
  | {
      readonly state: 'read';
      readonly version: number;
      readonly schema: string;
      readonly ownKey: boolean;
      readonly whole: boolean;
      readonly sound: Entries;
      readonly altered: Entries;
    };

/** The content of a store's file. */
export function encodeShard(format: ShardFormat, name: string, entries: Entries): Record<string, unknown> {
  return {
    version: format.version,
    schema: format.schema,
    keyCheck: format.seal.keyCheck,
    seal: format.seal.seal(headOf(name, format.version, format.schema), entries),
    records: Object.fromEntries(entries),
  };
}

/** Reads a store's file; nothing in `sound` was changed by anyone without the data key. */
export function decodeShard(format: ShardFormat, name: string, stored: unknown): ShardContent {
  const parsed = shardFileSchema.safeParse(stored);
  if (!parsed.success) return { state: 'unreadable' };
  const { version, schema, keyCheck, seal, records } = parsed.data;
  if (version > format.version) return { state: 'newer', version };
  const entries = new Map(Object.entries(records));
  const ownKey = keyCheck === format.seal.keyCheck;
  const head = headOf(name, version, schema);
  if (ownKey && format.seal.isSeal(seal, head, entries)) {
    return { state: 'read', version, schema, ownKey, whole: true, sound: entries, altered: new Map() };
  }
  const sound = new Map<string, string>();
  const altered = new Map<string, string>();
  for (const [id, entry] of entries) {
    const side = format.seal.open(format.kind, id, entry) === null ? altered : sound;
    side.set(id, entry);
  }
  return { state: 'read', version, schema, ownKey, whole: false, sound, altered };
}

function headOf(name: string, version: number, schema: string): string {
  return `${name} ${version} ${schema}`;
}
