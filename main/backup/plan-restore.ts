import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import type { DefinitionRecord } from '../../shared/domain/definition-record.ts';
import type { KeyField, KeyRecord } from '../../shared/domain/key.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import type { Archive, SavedConnection, SavedKey } from './archive.ts';

/** What the vault holds, as far as a restore has to know. */
export interface Held {
  readonly definitions: readonly DefinitionRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly keys: readonly KeyRecord[];
}

/** Something that the vault and the backup both have, and not alike. `differs` names what is not alike. */
export interface Conflict {
  readonly kind: 'definition' | 'connection' | 'key';
  readonly id: string;
  readonly name: string;
  readonly differs: readonly string[];
}

/** What a restore would do. Nothing has been done yet. */
export interface RestorePlan {
  /** In the backup, and not in the vault. */
  readonly added: Archive;
  /** In both, and not alike; in `added` there is nothing of it. */
  readonly conflicts: readonly Conflict[];
  /** The backup's side of each conflict. */
  readonly changed: Archive;
  /** How many are alike in both. */
  readonly alike: number;
  /** In the vault, and not in the backup: a restore that replaces forgets them. */
  readonly onlyHere: Held;
}

/** Describes the fields of a key as this vault does, by its own data key. */
export type DescribeFields = (fields: SecretFields) => readonly KeyField[];

/**
 * Holds a backup against the vault. Records of the backup come out as this vault would have written them: fingerprints
 * under its own data key, no status that only unfinished work explains, and no name that another has here.
 */
export function planRestore(archive: Archive, held: Held, describeHere: DescribeFields): RestorePlan {
  const connections = archive.connections.map((saved) => renamed(saved, held.connections));
  const keysHere = new Map(held.keys.map((key) => [key.id, key]));
  const keys = archive.keys.map((saved) => settled(saved, describeHere, keysHere.get(saved.record.id)));

  const definitionSides = sides('definition', archive.definitions, held.definitions, (each) => each);
  const connectionSides = sides('connection', connections, held.connections, (each) => each.record);
  const keySides = sides('key', keys, held.keys, (each) => each.record);
  const { createdAt, settings } = archive;
  return {
    added: {
      createdAt,
      settings,
      definitions: definitionSides.added,
      connections: connectionSides.added,
      keys: keySides.added,
    },
    changed: {
      createdAt,
      settings,
      definitions: definitionSides.changed,
      connections: connectionSides.changed,
      keys: keySides.changed,
    },
    conflicts: [...definitionSides.conflicts, ...connectionSides.conflicts, ...keySides.conflicts],
    alike: definitionSides.alike + connectionSides.alike + keySides.alike,
    onlyHere: {
      definitions: definitionSides.onlyHere,
      connections: connectionSides.onlyHere,
      keys: keySides.onlyHere,
    },
  };
}

interface Sides<S, R> {
  readonly added: S[];
  readonly changed: S[];
  readonly conflicts: Conflict[];
  readonly alike: number;
  readonly onlyHere: R[];
}

function sides<S, R extends { readonly id: string }>(
  kind: Conflict['kind'],
  saved: readonly S[],
  held: readonly R[],
  recordOf: (saved: S) => R,
): Sides<S, R> {
  const here = new Map(held.map((record) => [record.id, record]));
  const inBackup = new Set(saved.map((each) => recordOf(each).id));
  const added: S[] = [];
  const changed: S[] = [];
  const conflicts: Conflict[] = [];
  for (const each of saved) {
    const record = recordOf(each);
    const other = here.get(record.id);
    if (other === undefined) {
      added.push(each);
      continue;
    }
    const differs = differences(record, other);
    if (differs.length === 0) continue;
    changed.push(each);
    conflicts.push({ kind, id: record.id, name: nameOf(record), differs });
  }
  const alike = saved.length - added.length - changed.length;
  return { added, changed, conflicts, alike, onlyHere: held.filter(({ id }) => !inBackup.has(id)) };
}

/** What only says when something was looked at, or put off for a while, and is no reason to ask anybody. */
const passing = new Set([
  'checkedAt',
  'lastUsedAt',
  'lastUseToldAt',
  'snoozedUntil',
  'health',
  'addedAt',
  'file',
]);

function differences(one: object, other: object): string[] {
  const left = new Map<string, unknown>(Object.entries(one));
  const right = new Map<string, unknown>(Object.entries(other));
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter(
    (name) =>
      !passing.has(name) &&
      canonicalJson([left.get(name) ?? null]) !== canonicalJson([right.get(name) ?? null]),
  );
}

function nameOf(record: { readonly id: string; readonly name?: string }): string {
  return record.name ?? record.id;
}

/** A connection whose name another one has here gets a name of its own. */
function renamed(saved: SavedConnection, held: readonly ConnectionRecord[]): SavedConnection {
  const isTaken = (name: string) => held.some((other) => other.name === name && other.id !== saved.record.id);
  const { name } = saved.record;
  if (!isTaken(name)) return saved;
  let number = 2;
  while (isTaken(`${name} (${number})`)) number += 1;
  return { ...saved, record: { ...saved.record, name: `${name} (${number})` } };
}

/**
 * A key as this vault would have recorded it. The work that it was part of is not in the backup; a value that is only
 * here stays; and what was left of its one time to be seen is what is left of it here, or nothing.
 */
function settled(
  { record, fields }: SavedKey,
  describeHere: DescribeFields,
  here: KeyRecord | undefined,
): SavedKey {
  const described = fields === null ? (here?.fields ?? record.fields) : [...describeHere(fields)];
  const hasValue = fields !== null || (here !== undefined && here.attention !== 'secret-missing');
  const copyOnce = here?.copyOnce ?? { ...record.copyOnce, sealed: true };
  // Where both say the same, the work that explains it is here.
  const isAsHere = here?.status === record.status && here.attention === record.attention;
  const settledAs = isAsHere ? {} : standing(record, hasValue);
  return { record: { ...record, fields: described, copyOnce, ...settledAs }, fields };
}

function standing(record: KeyRecord, hasValue: boolean): Pick<KeyRecord, 'status' | 'attention'> {
  if (record.revokedAt !== null) return { status: 'revoked', attention: null };
  if (!hasValue) return { status: 'needs-attention', attention: 'secret-missing' };
  if (record.replacedBy !== null) return { status: 'needs-attention', attention: 'not-revoked' };
  if (record.status === 'rotating' || record.attention === 'secret-missing')
    return { status: 'active', attention: null };
  return { status: record.status, attention: record.attention };
}
