import { createText, type OnFound, type ValueIndex } from './value-index.ts';

/** Searches something that comes piece by piece; a value that spans pieces is found too, and once. */
export interface StreamSearch {
  /** Where the next bytes are to be put; never empty. */
  room(): Uint8Array;
  /** Says how many bytes were put there. */
  filled(count: number): void;
  /** Searches what is left. The next bytes are the first ones of something else. */
  end(): void;
}

/**
 * A search over a buffer of `size` bytes that is used again and again; something that fits into it is searched in one go.
 * `onFound` gets places counted from the first byte.
 */
export function createStreamSearch(index: ValueIndex, size: number, onFound: OnFound): StreamSearch {
  const text = createText(size + index.longest);
  const capacity = text.bytes.length;
  /** Bytes that have gone before those in the buffer; how many are in it; and how many of these were searched already. */
  let gone = 0;
  let length = 0;
  let searched = 0;

  function search(): void {
    index.search(text, length, (value, start, end) => {
      if (end > searched) onFound(value, gone + start, gone + end);
    });
  }

  return {
    room: () => text.bytes.subarray(length, capacity),
    filled(count) {
      length += count;
      if (length < capacity) return;
      search();
      // The rest may be the beginning of a value.
      const kept = Math.max(0, index.longest - 1);
      text.bytes.copyWithin(0, length - kept, length);
      gone += length - kept;
      length = kept;
      searched = kept;
    },
    end() {
      if (length > searched) search();
      gone = 0;
      length = 0;
      searched = 0;
    },
  };
}
