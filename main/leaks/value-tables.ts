import { gramBytes } from './grams.ts';

/** A value is looked for from this many bytes on: a shorter one is found in too many places that have nothing to do with it. */
export const shortestValueBytes = 12;

const longestStride = 32;
/** Of the marks; the more, the fewer looks go further than them. */
const bitsPerGram = 16;
/** Where marks no longer fit into the processor's own memory, which costs more than looks that go further. */
const bitsPerGramOfMany = 8;
const markBitsOfMany = 18;

/**
 * Values, and the tables by which all of them are looked for at once. It is one piece of memory, `shared`, which is handed
 * to threads without a copy, built by one of them and wiped as a whole.
 *
 * Of each value a window is chosen, as long for all, and every gram in it is entered. A text is then looked at only every
 * `stride` bytes: wherever a value stands, one of these looks falls on a gram of its window. What a gram says is the places
 * in a window where it may be; the bytes of the window lead to the value, which is compared whole.
 */
export interface ValueTables {
  readonly shared: SharedArrayBuffer;
  readonly count: number;
  /** Bytes of the longest value. */
  readonly longest: number;
  /** A multiple of the gram, so that words are read where they lie in memory. */
  readonly stride: number;
  readonly windowBytes: number;
  /** The values, one behind the other. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` each value begins, and after them where the last one ends. */
  readonly starts: Int32Array;
  /** Where in `bytes` the window of each value begins. */
  readonly windows: Int32Array;
  /** The values by the bytes of their windows. An entry is the number of the value plus one; 0 is the end. */
  readonly heads: Int32Array;
  readonly next: Int32Array;
  /** Words that most of any text fails at: a gram has two bits in one of them (a blocked Bloom filter). */
  readonly marks: Int32Array;
  readonly markShift: number;
  /** Two words each: a gram, and the places where it may be in a window, bit n for n bytes after its beginning. 0: free. */
  readonly slots: Int32Array;
  readonly slotShift: number;
  readonly header: Int32Array;
}

/** Words of the header. The first five say how all the rest lies in memory. */
export const inHeader = {
  count: 0,
  stride: 1,
  longest: 2,
  bytes: 3,
  grams: 4,
  multiplier: 5,
  state: 6,
} as const;
const headerWords = 8;

/** Copies values into new memory with room for their tables. Throws where one is shorter than `shortestValueBytes`. */
export function layTables(values: readonly Uint8Array[]): SharedArrayBuffer {
  const shortest = values.reduce((least, { length }) => Math.min(least, length), longestStride * 2);
  if (shortest < shortestValueBytes) throw new Error('A value is too short to be looked for');
  const stride = Math.min(longestStride, Math.floor((shortest - gramBytes + 1) / gramBytes) * gramBytes);
  const header = new Int32Array(headerWords);
  header[inHeader.count] = values.length;
  header[inHeader.stride] = stride;
  header[inHeader.longest] = values.reduce((most, { length }) => Math.max(most, length), 0);
  header[inHeader.bytes] = values.reduce((sum, { length }) => sum + length, 0);
  header[inHeader.grams] = values.length * stride;
  const shared = new SharedArrayBuffer(placesOf(header).end);
  new Int32Array(shared, 0, headerWords).set(header);
  const { bytes, starts } = viewTables(shared);
  let at = 0;
  for (let value = 0; value < values.length; value += 1) {
    const content = values[value] as Uint8Array;
    bytes.set(content, at);
    at += content.length;
    starts[value + 1] = at;
  }
  return shared;
}

/** Overwrites the values and all that was made of them. */
export function wipeTables(shared: SharedArrayBuffer): void {
  new Uint8Array(shared).fill(0);
}

/** Where each table begins, in bytes, by the first words of the header. */
function placesOf(header: Int32Array) {
  const count = header[inHeader.count] as number;
  const grams = header[inHeader.grams] as number;
  const headSize = 2 ** bitsFor(count * 2 + 1);
  const slotBits = bitsFor(grams * 2 + 1);
  const markBits = markBitsFor(grams);
  let end = headerWords * 4;
  const take = (words: number) => {
    const from = end;
    end += words * 4;
    return { from, words };
  };
  return {
    starts: take(count + 1),
    windows: take(count),
    next: take(count),
    heads: take(headSize),
    marks: take(2 ** markBits),
    slots: take(2 ** slotBits * 2),
    markShift: 32 - markBits,
    slotShift: 32 - slotBits,
    bytes: end,
    end: end + (header[inHeader.bytes] as number),
  };
}

/** Of the number of words with marks. */
function markBitsFor(grams: number): number {
  const wished = bitsFor((grams * bitsPerGram) / 32);
  const least = bitsFor((grams * bitsPerGramOfMany) / 32);
  return Math.min(25, Math.max(10, least, Math.min(wished, markBitsOfMany)));
}

/** How many bits a number below `size` has. */
const bitsFor = (size: number): number => Math.ceil(Math.log2(Math.max(1, size)));

/** The tables as they lie in memory, built or not. */
export function viewTables(shared: SharedArrayBuffer): ValueTables {
  const header = new Int32Array(shared, 0, headerWords);
  const places = placesOf(header);
  const table = ({ from, words }: { from: number; words: number }) => new Int32Array(shared, from, words);
  const stride = header[inHeader.stride] as number;
  return {
    shared,
    header,
    count: header[inHeader.count] as number,
    longest: header[inHeader.longest] as number,
    stride,
    windowBytes: stride + gramBytes - 1,
    bytes: new Uint8Array(shared, places.bytes),
    starts: table(places.starts),
    windows: table(places.windows),
    next: table(places.next),
    heads: table(places.heads),
    marks: table(places.marks),
    markShift: places.markShift,
    slots: table(places.slots),
    slotShift: places.slotShift,
  };
}
