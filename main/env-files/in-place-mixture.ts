/** No disk writes less than this in one go; what a power cut leaves is torn between blocks, or within one of them. */
const BLOCK_BYTES = 512;
/** A change that was cut short makes two pieces of a block, and taking it back, when that is cut short too, three. */
const MAX_PIECES = 3;
const LINE_FEED = 0x0a;

/**
 * Whether `found` can be what a cut-short change from `before` to `after` left, or a cut-short change back, when both were
 * filled up with line feeds to the same length: every block is made of at most three pieces of the two, each in its own
 * place. What the file grew by may be NUL too, which is how some file systems show space that was taken and not
 * written yet.
 */
export function isMixture(found: Uint8Array, before: Uint8Array, after: Uint8Array): boolean {
  const longest = Math.max(before.length, after.length);
  if (found.length > longest || found.length < Math.min(before.length, after.length)) return false;
  const sources = [
    filledUp(before, longest, LINE_FEED),
    filledUp(after, longest, LINE_FEED),
    filledUp(before, longest, 0),
  ];
  for (let start = 0; start < found.length; start += BLOCK_BYTES) {
    const end = Math.min(start + BLOCK_BYTES, found.length);
    let at = start;
    for (let pieces = 0; pieces < MAX_PIECES; pieces += 1) {
      const rest = found.subarray(at, end);
      at += Math.max(...sources.map((source) => alikeFromStart(rest, source.subarray(at, end))));
    }
    if (at < end) return false;
  }
  return true;
}

function filledUp(bytes: Uint8Array, length: number, filler: number): Uint8Array {
  const filled = new Uint8Array(length).fill(filler, bytes.length);
  filled.set(bytes);
  return filled;
}

/** How many bytes are alike at the start of two arrays. */
export function alikeFromStart(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}
