import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';

/** A row with what searching and sorting compare, worked out once when the row arrives. */
export interface KeyEntry {
  /** A line of the list as it stands, so that showing 10,000 of them makes no new objects. */
  readonly kind: 'key';
  readonly key: KeyId;
  readonly row: KeyRow;
  readonly lowerName: string;
  /** Everything that search looks at, in lower case. */
  readonly haystack: string;
}

/** Every key by its id, in the order in which main told of them. */
export type KeyEntries = readonly KeyEntry[];

/** Prepares a row. */
export function entryOf(row: KeyRow): KeyEntry {
  const lowerName = row.name.toLowerCase();
  const haystack = `${lowerName}\n${row.provider.toLowerCase()}\n${row.environment}\n${row.lastFour.toLowerCase()}`;
  return { kind: 'key', key: row.id, row, lowerName, haystack };
}

/** What is known after a change by id. Rows that did not change stay the same objects. */
export function applyChange(
  entries: KeyEntries,
  change: { readonly changed: readonly KeyRow[]; readonly removed: readonly KeyId[] },
): KeyEntries {
  const changed = new Map(change.changed.map((row) => [row.id, entryOf(row)]));
  const removed = new Set<KeyId>(change.removed);
  const next: KeyEntry[] = [];
  for (const entry of entries) {
    const { id } = entry.row;
    if (removed.has(id)) continue;
    next.push(changed.get(id) ?? entry);
    changed.delete(id);
  }
  for (const [id, entry] of changed) if (!removed.has(id)) next.push(entry);
  return next;
}
