import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { BatchView } from '../../../shared/ipc/work.contract.ts';

/** A new key that is in no file and whose value nobody has yet, though it can be copied once. */
export interface Unplaced {
  readonly key: KeyRow;
  /** When the key that it replaced ends; null where that has ended already. */
  readonly until: number | null;
}

/** The new keys of a batch that nobody has, those whose old key ends first first. */
export function unplacedOf({ keys }: BatchView, rows: readonly KeyRow[]): readonly Unplaced[] {
  const replaced = new Set(keys.filter(isReplaced).map(({ keyId }) => keyId));
  const old = new Map(rows.filter(({ id }) => replaced.has(id)).map((row) => [row.id, row]));
  return rows
    .flatMap((key): Unplaced[] => {
      if (key.replaces === null || !replaced.has(key.replaces) || key.targets > 0 || !key.unsealed) return [];
      const before = old.get(key.replaces);
      return [{ key, until: before?.status === 'retiring' ? before.retiresAt : null }];
    })
    .sort((a, b) => (a.until ?? 0) - (b.until ?? 0));
}

/** The keys of a batch that are written in no file, by the id that they had when it began. */
export function filelessOf({ keys }: BatchView, rows: readonly KeyRow[]): ReadonlySet<KeyId> {
  const begun = new Set(keys.map(({ keyId }) => keyId));
  const fileless = rows.filter(({ targets }) => targets === 0);
  // A key that was replaced has its files no more: the new one has them.
  const renewed = new Map(rows.flatMap((row) => (row.replaces === null ? [] : [[row.replaces, row]])));
  return new Set(
    fileless.flatMap(({ id, replaces }) => {
      if (replaces !== null && begun.has(replaces)) return [replaces];
      return begun.has(id) && !renewed.has(id) ? [id] : [];
    }),
  );
}

const isReplaced = ({ state }: BatchView['keys'][number]): boolean =>
  state === 'in-grace' || state === 'done';
