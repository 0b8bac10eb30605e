import { openTables } from './build-tables.ts';
import { gramBytes, markOf, windowHash } from './grams.ts';
import { layTables, type ValueTables, wipeTables } from './value-tables.ts';

/** Called with the number of a value, where it begins in the text, and where it has ended. */
export type OnFound = (value: number, start: number, end: number) => void;

/** Values prepared so that all of them are looked for at once. */
export interface ValueIndex {
  /** Bytes of the longest value. */
  readonly longest: number;
  /**
   * Calls `onFound` for every place in the first `length` bytes of the text where a value stands, overlapping ones too, in
   * no certain order. The time depends on the length of the text and on what is found, not on how many values there are.
   */
  search(text: SearchedText, length: number, onFound: OnFound): void;
  /** Overwrites its values, for all threads that share them; nothing is found any more. */
  wipe(): void;
}

/** Bytes to be searched, and the same bytes as words. */
export interface SearchedText {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** Room for a text of up to `size` bytes. */
export function createText(size: number): SearchedText {
  const buffer = new ArrayBuffer(Math.ceil(size / gramBytes) * gramBytes);
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer) };
}

/** Prepares a copy of values for the search; throws where one is shorter than `shortestValueBytes`. */
export function createValueIndex(values: readonly Uint8Array[]): ValueIndex {
  return openValueIndex(layTables(values));
}

/** A search for values that lie in shared memory; whoever is the first to open them prepares them. */
export function openValueIndex(shared: SharedArrayBuffer): ValueIndex {
  const tables = openTables(shared);
  const { longest, stride, windowBytes, windows, starts, heads, next } = tables;
  const { marks, markShift, slots, slotShift, multiplier } = tables;
  const lastSlot = slots.length - 2;
  const headMask = heads.length - 1;

  function isMarked(gram: number): boolean {
    const mark = markOf(gram);
    return ((marks[Math.imul(gram, multiplier) >>> markShift] as number) & mark) === mark;
  }

  return {
    longest,
    search({ bytes, words }, length, onFound) {
      const step = stride / gramBytes;
      const end = Math.floor(length / gramBytes);
      for (let word = 0; word < end; word += step) {
        const gram = words[word] as number;
        const hash = Math.imul(gram, multiplier);
        const mark = markOf(gram);
        if (((marks[hash >>> markShift] as number) & mark) !== mark) continue;
        // Wherever in a window the gram is, one of its neighbours is in it too.
        if (!isMarked(words[word - 1] ?? 0) && !isMarked(words[word + 1] ?? 0)) continue;
        let slot = (hash >>> slotShift) << 1;
        while (slots[slot + 1] !== 0 && slots[slot] !== gram) slot = (slot + 2) & lastSlot;
        for (let left = slots[slot + 1] as number; left !== 0; left &= left - 1) {
          const start = word * gramBytes - (31 - Math.clz32(left & -left));
          if (start < 0 || start + windowBytes > length) continue;
          const head = windowHash(bytes, start, windowBytes) & headMask;
          for (let entry = heads[head] as number; entry !== 0; entry = next[entry - 1] as number) {
            const value = entry - 1;
            const at = start - ((windows[value] as number) - (starts[value] as number));
            if (stands(tables, value, bytes, at, length))
              onFound(value, at, at + (starts[entry] as number) - (starts[value] as number));
          }
        }
      }
    },
    wipe: () => wipeTables(shared),
  };
}

function stands(tables: ValueTables, value: number, text: Uint8Array, at: number, length: number): boolean {
  const { bytes, starts } = tables;
  const from = starts[value] as number;
  const size = (starts[value + 1] as number) - from;
  if (at < 0 || at + size > length) return false;
  for (let index = 0; index < size; index += 1) if (text[at + index] !== bytes[from + index]) return false;
  return true;
}
