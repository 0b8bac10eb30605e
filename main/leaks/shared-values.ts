import { layTables } from './value-tables.ts';

/** What is looked for: byte strings, and for each the number of the group that it belongs to, which is what a hit tells. */
export interface Wanted {
  readonly values: readonly Uint8Array[];
  readonly groups: readonly number[];
}

/** The same in memory that all threads share; `wipeTables` overwrites it. */
export interface SharedValues {
  readonly tables: SharedArrayBuffer;
  readonly groups: Int32Array;
}

/** Copies what is looked for into shared memory. The copy is the caller's to wipe, and so is what it was made of. */
export function shareValues({ values, groups }: Wanted): SharedValues {
  return { tables: layTables(values), groups: Int32Array.from(groups) };
}
