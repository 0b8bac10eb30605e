/** A value is looked for from this many bytes on: a shorter one is found in too many places that have nothing to do with it. */
export const shortestValueBytes = 12;

/** Bytes of a gram, which is read from the text as one word. */
const gramBytes = 4;
const longestStride = 32;
/** Of the marks; the more, the fewer looks go further than them. */
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
  readonly words: Int32Array;
}

/** Room for a text of up to `size` bytes. */
export function createText(size: number): SearchedText {
  const buffer = new ArrayBuffer(Math.ceil(size / gramBytes) * gramBytes);
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer) };
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
  const { marks, markShift, multiplier, slotShift, tableMask, keys, offsets } = grams;
  const { heads, next, mask: headMask } = byWindow;

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
        let slot = hash >>> slotShift;
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
      for (const table of [marks, keys, offsets, heads]) table.fill(0);
    },
  };
}

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

/** The gram at a place of a value, as it is read from a text of this machine. */
function gramAt(value: Uint8Array, at: number): number {
  const a = value[at] as number;
  const b = value[at + 1] as number;
  const c = value[at + 2] as number;
  const d = value[at + 3] as number;
  return isLittleEndian ? a | (b << 8) | (c << 16) | (d << 24) : d | (c << 8) | (b << 16) | (a << 24);
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/**
 * Where the window of each value begins: at its end, because keys of a provider begin alike. Where that would give two
 * values the same window, what they share is looked into.
 */
function chooseWindows(values: readonly Uint8Array[], stride: number): Int32Array {
  const windowBytes = stride + gramBytes - 1;
  const last = Int32Array.from(values, ({ length }) => length - windowBytes);
  const hashes = values.map((value, index) => windowHash(value, last[index] as number, windowBytes));
  return new Set(hashes).size === values.length ? last : rareWindows(values, stride);
}

/** Where the grams of each value are shared with the fewest other values; of equal ones the last. */
function rareWindows(values: readonly Uint8Array[], stride: number): Int32Array {
  // Grams that fall together are counted together, which makes a choice worse at most.
  const counts = new Uint32Array(2 ** 18);
  const countShift = 32 - 18;
  for (const value of values) {
    for (let at = 0; at + gramBytes <= value.length; at += 1) {
      const hash = Math.imul(gramAt(value, at), multipliers[0]) >>> countShift;
      counts[hash] = (counts[hash] as number) + 1;
    }
  }
  const longest = values.reduce((most, { length }) => Math.max(most, length), 0);
  const costs = new Uint32Array(longest);
  return Int32Array.from(values, (value) => {
    const grams = value.length - gramBytes + 1;
    for (let at = 0; at < grams; at += 1)
      costs[at] = counts[Math.imul(gramAt(value, at), multipliers[0]) >>> countShift] as number;
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

/**
 * Every gram of every window with the places where it may be in one, and words of marks that most of any text fails at: a
 * gram has two bits in one of them (a blocked Bloom filter).
 */
function createGrams(values: readonly Uint8Array[], windows: Int32Array, stride: number) {
  const most = values.length * stride;
  const markBits = Math.min(25, Math.max(10, Math.ceil(Math.log2((most * bitsPerGram) / 32))));
  const slotBits = Math.ceil(Math.log2(most * 2 + 1));
  const marks = new Int32Array(2 ** markBits);
  const markShift = 32 - markBits;
  const slotShift = 32 - slotBits;
  const tableMask = 2 ** slotBits - 1;
  const multiplier =
    multipliers.find((one) => fillMarks(marks, one, markShift, values, windows, stride)) ?? multipliers[0];
  const keys = new Int32Array(2 ** slotBits);
  /** Bit n: the gram stands n bytes after the beginning of a window. 0: the slot is free. */
  const offsets = new Int32Array(2 ** slotBits);
  for (const [index, value] of values.entries()) {
    const from = windows[index] as number;
    for (let offset = 0; offset < stride; offset += 1) {
      const gram = gramAt(value, from + offset);
      let slot = Math.imul(gram, multiplier) >>> slotShift;
      while (offsets[slot] !== 0 && keys[slot] !== gram) slot = (slot + 1) & tableMask;
      keys[slot] = gram;
      offsets[slot] = (offsets[slot] as number) | (1 << offset);
    }
  }
  return { marks, markShift, multiplier, slotShift, tableMask, keys, offsets };
}

/** The two bits of a gram in its word; they may fall together. */
function markOf(gram: number): number {
  const hash = Math.imul(gram, 0xcc9e2d51);
  return (1 << (hash >>> 27)) | (1 << ((hash >>> 22) & 31));
}

/** Odd numbers that spread grams well; another one is taken where the first lets a gram through that texts are full of. */
const multipliers = [
  0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0x2c1b3c6d, 0x297a2d39,
] as const;

/** What indents, rules and empty space consist of. */
const commonBytes = [0x00, 0x09, 0x0a, 0x20, 0x2a, 0x2d, 0x2e, 0x2f, 0x30, 0x3d, 0x41, 0x5f, 0xff];

/** Sets the marks; answers whether runs of common bytes fail at it, except those that are in a value. */
function fillMarks(
  marks: Int32Array,
  multiplier: number,
  shift: number,
  values: readonly Uint8Array[],
  windows: Int32Array,
  stride: number,
): boolean {
  marks.fill(0);
  const inValues = new Set<number>();
  for (const [index, value] of values.entries()) {
    const from = windows[index] as number;
    for (let at = from; at < from + stride; at += 1) {
      const gram = gramAt(value, at);
      const word = Math.imul(gram, multiplier) >>> shift;
      marks[word] = (marks[word] as number) | markOf(gram);
      if (value[at] === value[at + 1]) inValues.add(gram);
    }
  }
  return commonBytes.every((byte) => {
    const gram = Math.imul(byte, 0x01010101);
    const mark = markOf(gram);
    const word = marks[Math.imul(gram, multiplier) >>> shift] as number;
    return (word & mark) !== mark || inValues.has(gram);
  });
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
