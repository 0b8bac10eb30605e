/** A value is looked for from this many bytes on: a shorter one is found in too many places that have nothing to do with it. */
export const shortestValueBytes = 12;

/** Bytes of a gram, which is read from the text as one word. */
const gramBytes = 4;
const longestStride = 32;
/** Of the bitmap; the more, the fewer looks go further than it. */
const bitsPerGram = 32;

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
  /** Overwrites the values; nothing is found any more. */
  wipe(): void;
}

/** Bytes to be searched, and the same bytes as words. */
export interface SearchedText {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
}

/** Room for a text of up to `size` bytes. */
export function createText(size: number): SearchedText {
  const buffer = new ArrayBuffer(Math.ceil(size / gramBytes) * gramBytes);
  return { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer) };
}

/**
 * Prepares values for the search; throws where one is shorter than `shortestValueBytes`.
 *
 * Of each value a window is chosen, as long for all, and every gram in it is entered. The text is then looked at only
 * every `stride` bytes: wherever a value stands, one of these looks falls on a gram of its window. What a gram says is
 * the places in a window where it may be; the bytes of the window lead to the value, which is compared whole.
 */
export function createValueIndex(values: readonly Uint8Array[]): ValueIndex {
  const shortest = values.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
  const longest = values.reduce((most, { length }) => Math.max(most, length), 0);
  if (shortest < shortestValueBytes) throw new Error('A value is too short to be looked for');
  if (values.length === 0) return { longest: 0, search: () => undefined, wipe: () => undefined };
  // A multiple of the gram, so that words are read where they lie in memory.
  const stride = Math.min(longestStride, Math.floor((shortest - gramBytes + 1) / gramBytes) * gramBytes);
  const windowBytes = stride + gramBytes - 1;
  const windows = chooseWindows(values, stride);
  const grams = createGrams(values, windows, stride);
  const byWindow = createWindowTable(values, windows, windowBytes);
  const { bits, shift, tableMask, keys, offsets } = grams;
  const { heads, next, mask: headMask } = byWindow;

  return {
    longest,
    search({ bytes, words }, length, onFound) {
      const step = stride / gramBytes;
      const end = Math.floor(length / gramBytes);
      for (let word = 0; word < end; word += step) {
        const gram = words[word] as number;
        const hash = Math.imul(gram, multiplier) >>> shift;
        if ((((bits[hash >>> 5] as number) >>> (hash & 31)) & 1) === 0) continue;
        let slot = hash & tableMask;
        while (offsets[slot] !== 0 && keys[slot] !== gram) slot = (slot + 1) & tableMask;
        for (let left = offsets[slot] as number; left !== 0; left &= left - 1) {
          const start = word * gramBytes - (31 - Math.clz32(left & -left));
          if (start < 0 || start + windowBytes > length) continue;
          const head = windowHash(bytes, start, windowBytes) & headMask;
          for (let entry = heads[head] as number; entry !== 0; entry = next[entry - 1] as number) {
            const at = start - (windows[entry - 1] as number);
            const value = values[entry - 1] as Uint8Array;
            if (stands(value, bytes, at, length)) onFound(entry - 1, at, at + value.length);
          }
        }
      }
    },
    wipe() {
      for (const value of values) value.fill(0);
      for (const table of [bits, keys, offsets, heads]) table.fill(0);
    },
  };
}

const multiplier = 0x9e3779b1;

function windowHash(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0;
  for (let at = start; at < start + length; at += 1)
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193) + 0x3c6ef372;
  return (hash ^ (hash >>> 15)) >>> 0;
}

function stands(value: Uint8Array, bytes: Uint8Array, at: number, length: number): boolean {
  if (at < 0 || at + value.length > length) return false;
  for (let index = 0; index < value.length; index += 1) if (bytes[at + index] !== value[index]) return false;
  return true;
}

/** Calls `each` with the grams of a part of the value, as they are read from a text of this machine, and their places. */
function eachGram(
  value: Uint8Array,
  from: number,
  to: number,
  each: (gram: number, at: number) => void,
): void {
  for (let at = from; at < to; at += 1) {
    scratch[0] = value[at] as number;
    scratch[1] = value[at + 1] as number;
    scratch[2] = value[at + 2] as number;
    scratch[3] = value[at + 3] as number;
    each(scratchWord[0] as number, at);
  }
  scratch.fill(0);
}

const scratch = new Uint8Array(gramBytes);
const scratchWord = new Uint32Array(scratch.buffer);

/**
 * Where the window of each value begins: where its grams are shared with the fewest other values, so that what all keys of a
 * provider begin with costs nothing; of equal ones the last.
 */
function chooseWindows(values: readonly Uint8Array[], stride: number): Int32Array {
  // Grams that fall together are counted together, which makes a choice worse at most.
  const counts = new Uint32Array(2 ** 18);
  const countShift = 32 - 18;
  for (const value of values) {
    eachGram(value, 0, value.length - gramBytes + 1, (gram) => {
      const hash = Math.imul(gram, multiplier) >>> countShift;
      counts[hash] = (counts[hash] as number) + 1;
    });
  }
  const longest = values.reduce((most, { length }) => Math.max(most, length), 0);
  const costs = new Uint32Array(longest);
  return Int32Array.from(values, (value) => {
    const grams = value.length - gramBytes + 1;
    eachGram(value, 0, grams, (gram, at) => {
      costs[at] = counts[Math.imul(gram, multiplier) >>> countShift] as number;
    });
    return cheapestRun(costs, grams, stride);
  });
}

/** Where the `run` neighbours among the first `length` begin whose sum is the least; of equal ones the last. */
function cheapestRun(costs: Uint32Array, length: number, run: number): number {
  let cost = 0;
  for (let at = 0; at < run; at += 1) cost += costs[at] as number;
  let best = cost;
  let bestAt = 0;
  for (let at = 1; at + run <= length; at += 1) {
    cost += (costs[at + run - 1] as number) - (costs[at - 1] as number);
    if (cost > best) continue;
    best = cost;
    bestAt = at;
  }
  return bestAt;
}

/** Every gram of every window with the places where it may be in one, and a bitmap that most of any text fails at. */
function createGrams(values: readonly Uint8Array[], windows: Int32Array, stride: number) {
  const most = values.length * stride;
  const bitCount = 2 ** Math.min(30, Math.max(15, Math.ceil(Math.log2(most * bitsPerGram))));
  const tableSize = 2 ** Math.ceil(Math.log2(most * 2 + 1));
  const tableMask = tableSize - 1;
  const bits = new Uint32Array(bitCount / 32);
  const shift = 32 - Math.log2(bitCount);
  const keys = new Uint32Array(tableSize);
  /** Bit n: the gram stands n bytes after the beginning of a window. 0: the slot is free. */
  const offsets = new Int32Array(tableSize);
  for (const [index, value] of values.entries()) {
    const from = windows[index] as number;
    eachGram(value, from, from + stride, (gram, at) => {
      const hash = Math.imul(gram, multiplier) >>> shift;
      bits[hash >>> 5] = (bits[hash >>> 5] as number) | (1 << (hash & 31));
      let slot = hash & tableMask;
      while (offsets[slot] !== 0 && keys[slot] !== gram) slot = (slot + 1) & tableMask;
      keys[slot] = gram;
      offsets[slot] = (offsets[slot] as number) | (1 << (at - from));
    });
  }
  return { bits, shift, keys, offsets, tableMask };
}

/** The values by the bytes of their windows. An entry is the number of the value plus one; 0 is the end. */
function createWindowTable(values: readonly Uint8Array[], windows: Int32Array, windowBytes: number) {
  const size = 2 ** Math.ceil(Math.log2(values.length * 2 + 1));
  const heads = new Int32Array(size);
  const next = new Int32Array(values.length);
  for (const [index, value] of values.entries()) {
    const head = windowHash(value, windows[index] as number, windowBytes) & (size - 1);
    next[index] = heads[head] as number;
    heads[head] = index + 1;
  }
  return { heads, next, mask: size - 1 };
}
