import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  digestOf,
  headText,
  needsParts,
  parseHead,
  splitIntoParts,
} from '../../../main/secrets/keychain-parts.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'ö', '日', '🔑', '\n'), minLength: 1, maxLength: 300 });

test('the parts of any text are its bytes in order, none of them longer than the limit', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 64 }), (value, limit) => {
      const parts = splitIntoParts(value, limit);
      expect(parts.join('')).toBe(value);
      for (const part of parts) {
        expect(part.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(limit);
        expect(part).not.toBe('');
      }
    }),
  );
});

test('a head is read back as it was written', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a', 'b'),
      fc.integer({ min: 1, max: 999_999 }),
      text,
      (generation, parts, value) => {
        const head = { generation, parts, digest: digestOf(value) } as const;
        expect(parseHead(headText(head))).toEqual(head);
      },
    ),
  );
});

test('no value that is kept whole is ever taken for a head', () => {
  const head = headText({ generation: 'a', parts: 2, digest: digestOf('v') });
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((value) => head + value),
        fc.constant(head),
      ),
      (value) => {
        if (!needsParts(value, 2560)) expect(parseHead(value)).toBeNull();
      },
    ),
  );
  expect(needsParts(head, 2560)).toBe(true);
});
