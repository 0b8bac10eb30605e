import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamSearch } from '../../../main/leaks/stream-search.ts';
import { createText, createValueIndex, openValueIndex } from '../../../main/leaks/value-index.ts';
import { layTables, shortestValueBytes } from '../../../main/leaks/value-tables.ts';

type Found = readonly [value: number, start: number, end: number];

const sorted = (found: readonly Found[]) => found.toSorted(([a, from], [b, to]) => a - b || from - to);

/** Every place where a value stands, found one after the other. */
function slowly(values: readonly Uint8Array[], text: Uint8Array): Found[] {
  const all: Found[] = [];
  for (const [number, value] of values.entries()) {
    const bytes = Buffer.from(text);
    for (let at = bytes.indexOf(value); at !== -1; at = bytes.indexOf(value, at + 1))
      all.push([number, at, at + value.length]);
  }
  return sorted(all);
}

function quickly(values: readonly Uint8Array[], text: Uint8Array): readonly Found[] {
  const index = createValueIndex(values);
  const room = createText(text.length);
  // What lies behind the text must not be taken for a part of it.
  room.bytes.fill(0x61);
  room.bytes.set(text);
  const found: Found[] = [];
  index.search(room, text.length, (...one) => found.push(one));
  return sorted(found);
}

function inPieces(
  values: readonly Uint8Array[],
  text: Uint8Array,
  size: number,
  pieces: readonly number[],
): readonly Found[] {
  const found: Found[] = [];
  const search = createStreamSearch(createValueIndex(values), size, (...one) => found.push(one));
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const room = search.room();
    expect(room.length).toBeGreaterThan(0);
    const count = Math.min(room.length, pieces[turn % pieces.length] ?? 1, text.length - at);
    room.set(text.subarray(at, at + count));
    search.filled(count);
    at += count;
  }
  search.end();
  return sorted(found);
}

/** Few different bytes, so that values overlap each other and themselves. */
const someBytes = (length: { minLength: number; maxLength: number }) =>
  fc.oneof(
    fc.uint8Array({ ...length, max: 1 }),
    fc.uint8Array({ ...length, max: 3 }).map((bytes) => bytes.map((byte) => byte + 0x61)),
    fc.uint8Array(length),
  );

/** Values, and a text that has many of them in it, whole, cut off, and one in the other. */
const valuesInText = fc
  .array(someBytes({ minLength: shortestValueBytes, maxLength: 90 }), { minLength: 1, maxLength: 12 })
  .chain((values) => {
    const whole = fc.constantFrom(...values);
    const part = fc
      .tuple(whole, fc.nat(89), fc.nat(89))
      .map(([value, from, to]) => value.slice(Math.min(from, to), Math.max(from, to)));
    const text = fc.array(fc.oneof(whole, part, someBytes({ minLength: 0, maxLength: 40 })), {
      maxLength: 25,
    });
    return fc.tuple(
      fc.constant(values),
      text.map((pieces) => Uint8Array.from(Buffer.concat(pieces))),
    );
  });

describe('searching for many values at once', () => {
  it('finds every place that a search for one value after the other finds, and no other', () => {
    fc.assert(
      fc.property(valuesInText, ([values, text]) => {
        expect(quickly(values, text)).toEqual(slowly(values, text));
      }),
      { numRuns: 1_500 },
    );
  });

  it('finds the same in whatever pieces the text comes', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(valuesInText, fc.integer({ min: 1, max: 300 }), pieces, ([values, text], size, lengths) => {
        expect(inPieces(values, text, size, lengths)).toEqual(slowly(values, text));
      }),
      { numRuns: 1_500 },
    );
  });

  it('finds a value at every place of a text, up to its last byte', () => {
    const value = Buffer.from('sk_test_0123456789abcdefghij');
    for (let before = 0; before < 70; before += 1) {
      const text = Buffer.concat([Buffer.alloc(before, 'x'), value]);
      expect(quickly([value], text)).toEqual([[0, before, before + value.length]]);
    }
  });

  it('does not take the end of one text and the beginning of the next for a value', () => {
    const value = Buffer.from('0123456789abcdef');
    const found: Found[] = [];
    const search = createStreamSearch(createValueIndex([value]), 64, (...one) => found.push(one));
    for (const part of [value.subarray(0, 9), value.subarray(9)]) {
      search.room().set(part);
      search.filled(part.length);
      search.end();
    }
    expect(found).toEqual([]);
  });

  it('finds each of a thousand values that begin alike', () => {
    const values = Array.from({ length: 1_000 }, (_, number) =>
      Buffer.from(`provider_live_${number.toString(36).padStart(6, '0')}`),
    );
    const text = Buffer.from(values.map((value) => `KEY="${value}"`).join('\n'));
    expect(quickly(values, text)).toHaveLength(1_000);
  });

  it('finds nothing after its values were wiped, and leaves nothing of them in memory', () => {
    const value = Buffer.from('sk_test_0123456789abcdefghij');
    const shared = layTables([value]);
    const index = openValueIndex(shared);
    const text = createText(100);
    text.bytes.set(value);
    index.wipe();
    index.search(text, 100, () => expect.unreachable());
    expect(new Uint8Array(shared).every((byte) => byte === 0)).toBe(true);
  });

  it('finds the same wherever else the shared values are opened, and nothing anywhere after one has wiped them', () => {
    const value = Buffer.from('sk_test_0123456789abcdefghij');
    const shared = layTables([value]);
    const [one, other] = [openValueIndex(shared), openValueIndex(shared)];
    const text = createText(100);
    text.bytes.set(value, 30);
    const found: Found[] = [];
    other.search(text, 100, (...each) => found.push(each));
    expect(found).toEqual([[0, 30, 30 + value.length]]);
    one.wipe();
    other.search(text, 100, () => expect.unreachable());
  });

  it('finds nothing where there is nothing to look for', () => {
    expect(quickly([], Buffer.alloc(1_000))).toEqual([]);
  });

  it('refuses a value that is too short to be told from other text', () => {
    expect(() => createValueIndex([Buffer.from('short')])).toThrow('too short');
  });
});
