import { gramAfter, gramAt, gramBytes } from './grams.ts';
import type { ValueTables } from './value-tables.ts';

const countBits = 18;

/** Puts the window of each value where its grams are shared with the fewest other values; of equal places at the last. */
export function chooseRareWindows({ count, longest, stride, bytes, starts, windows }: ValueTables): void {
  // Grams that fall together are counted together, which makes a choice worse at most.
  const counts = new Uint32Array(2 ** countBits);
  const places = new Uint32Array(longest);
  /** Leaves in `places` where each gram of the value is counted; answers how many these are. */
  const countedOf = (value: number): number => {
    const from = starts[value] as number;
    const grams = (starts[value + 1] as number) - from - gramBytes + 1;
    let gram = gramAt(bytes, from);
    for (let at = 0; at < grams; at += 1) {
      if (at > 0) gram = gramAfter(gram, bytes[from + at + gramBytes - 1] as number);
      places[at] = Math.imul(gram, 0x9e3779b1) >>> (32 - countBits);
    }
    return grams;
  };
  for (let value = 0; value < count; value += 1) {
    const grams = countedOf(value);
    for (let at = 0; at < grams; at += 1) {
      const place = places[at] as number;
      counts[place] = (counts[place] as number) + 1;
    }
  }
  for (let value = 0; value < count; value += 1) {
    const grams = countedOf(value);
    for (let at = 0; at < grams; at += 1) places[at] = counts[places[at] as number] as number;
    windows[value] = (starts[value] as number) + cheapestRun(places, grams, stride);
  }
  counts.fill(0);
  places.fill(0);
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
