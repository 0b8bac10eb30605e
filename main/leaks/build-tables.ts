import { gramAfter, gramAt, gramBytes, markOf, windowHash } from './grams.ts';
import { chooseRareWindows } from './rare-windows.ts';
import { inHeader, type ValueTables, viewTables } from './value-tables.ts';

const state = { laid: 0, building: 1, built: 2 } as const;

/** Far more than it takes. */
const longestBuildMs = 30_000;

export interface BuiltTables extends ValueTables {
  /** By which grams are spread over the marks and the slots. */
  readonly multiplier: number;
}

/** The tables; whoever opens them first builds them, and all others wait for that. Throws where it is never finished. */
export function openTables(shared: SharedArrayBuffer): BuiltTables {
  const tables = viewTables(shared);
  const { header } = tables;
  const found = Atomics.compareExchange(header, inHeader.state, state.laid, state.building);
  if (found === state.laid) {
    buildTables(tables);
    Atomics.store(header, inHeader.state, state.built);
    Atomics.notify(header, inHeader.state);
  } else if (
    found === state.building &&
    Atomics.wait(header, inHeader.state, state.building, longestBuildMs) === 'timed-out'
  )
    throw new Error('The tables of the values were not finished');
  return { ...tables, multiplier: header[inHeader.multiplier] as number };
}

function buildTables(tables: ValueTables): void {
  const { count, starts, windows, windowBytes, header } = tables;
  // At the end of each value, because keys of a provider begin alike.
  for (let value = 0; value < count; value += 1) windows[value] = (starts[value + 1] as number) - windowBytes;
  if (!enterWindows(tables)) {
    // Where two values have the same window, what they share is looked into.
    chooseRareWindows(tables);
    enterWindows(tables);
  }
  for (const multiplier of multipliers) {
    header[inHeader.multiplier] = multiplier;
    enterGrams(tables, multiplier);
    if (!lettingCommonTextThrough(tables, multiplier)) break;
  }
}

/** Enters the values by their windows; answers whether these are all different. */
function enterWindows({ count, windows, windowBytes, bytes, heads, next }: ValueTables): boolean {
  heads.fill(0);
  let areDifferent = true;
  for (let value = 0; value < count; value += 1) {
    const from = windows[value] as number;
    const head = windowHash(bytes, from, windowBytes) & (heads.length - 1);
    const first = heads[head] as number;
    for (let entry = first; areDifferent && entry !== 0; entry = next[entry - 1] as number)
      areDifferent = !areSame(bytes, from, windows[entry - 1] as number, windowBytes);
    next[value] = first;
    heads[head] = value + 1;
  }
  return areDifferent;
}

/** Marks every gram of every window, and enters the places where it may be in one. */
function enterGrams(tables: ValueTables, multiplier: number): void {
  const { count, stride, windows, bytes, marks, markShift, slots, slotShift } = tables;
  const lastSlot = slots.length - 2;
  marks.fill(0);
  slots.fill(0);
  for (let value = 0; value < count; value += 1) {
    const from = windows[value] as number;
    let gram = gramAt(bytes, from);
    for (let offset = 0; offset < stride; offset += 1) {
      if (offset > 0) gram = gramAfter(gram, bytes[from + offset + gramBytes - 1] as number);
      const hash = Math.imul(gram, multiplier);
      const word = hash >>> markShift;
      marks[word] = (marks[word] as number) | markOf(gram);
      let slot = (hash >>> slotShift) << 1;
      while (slots[slot + 1] !== 0 && slots[slot] !== gram) slot = (slot + 2) & lastSlot;
      slots[slot] = gram;
      slots[slot + 1] = (slots[slot + 1] as number) | (1 << offset);
    }
  }
}

/** Whether there are runs of a common byte that pass the marks though they are in no value. */
function lettingCommonTextThrough(tables: ValueTables, multiplier: number): boolean {
  const { marks, markShift, slots, slotShift } = tables;
  const lastSlot = slots.length - 2;
  return commonBytes.some((byte) => {
    const gram = Math.imul(byte, 0x01010101);
    const hash = Math.imul(gram, multiplier);
    const mark = markOf(gram);
    if (((marks[hash >>> markShift] as number) & mark) !== mark) return false;
    let slot = (hash >>> slotShift) << 1;
    while (slots[slot + 1] !== 0 && slots[slot] !== gram) slot = (slot + 2) & lastSlot;
    return slots[slot + 1] === 0;
  });
}

function areSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (bytes[one + at] !== bytes[other + at]) return false;
  return true;
}

/** Odd numbers that spread grams well; another one is taken where the first lets a gram through that texts are full of. */
const multipliers = [
  0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0x2c1b3c6d, 0x297a2d39,
] as const;

/** What indents, rules and empty space consist of. */
const commonBytes = [0x00, 0x09, 0x0a, 0x20, 0x2a, 0x2d, 0x2e, 0x2f, 0x30, 0x3d, 0x41, 0x5f, 0xff];
