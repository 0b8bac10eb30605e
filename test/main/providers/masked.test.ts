import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedIn } from '../../../main/providers/masked.ts';

const bothEnds = { kind: 'prefix-suffix', prefix: '/p', suffix: '/s' } as const;
const lastFour = { kind: 'last-four', prefix: '/p', at: '/s' } as const;
const whole = 'secret-0123456789';

describe('what is shown of a key by both its ends', () => {
  test.each([
    ['two ends of a long value', 'vcp_abcdefghijklmnopqrstuvwx', '6789', 'vcp_abcdefgh…6789'],
    ['more of the end than is shown', 'vcp_abcdefghijklmnopqrstuvwx', '01234567', 'vcp_abcdefgh…4567'],
    ['short ends', 'vcp_abcdefgh', 'wxyz', 'vcp_…wxyz'],
    ['very short ends', 'vcp_', 'wxyz', '…wxyz'],
    ['the whole value twice', whole, whole, 'secr…6789'],
    ['the whole value and its end', whole, '6789', 'secr…6789'],
    ['a beginning and the whole value', 'secret', whole, 'secr…6789'],
    ['two parts that overlap', 'abcdef', 'cdefgh', '…efgh'],
    ['all of a short value in two parts', 'abcd', 'ef', 'a…ef'],
    ['a beginning alone', 'abcdefgh', '', 'abcd…'],
    ['an end alone', '', 'wxyz', '…yz'],
    ['one character', 'a', '', '…'],
    ['nothing', '', '', ''],
  ])('%s', (_what, p, s, shown) => {
    expect(maskedIn({ p, s }, bothEnds)).toBe(shown);
  });

  const parts = fc.string({ minLength: 1, maxLength: 80 }).chain((value) =>
    fc.record({
      value: fc.constant(value),
      p: fc.nat(value.length).map((length) => value.slice(0, length)),
      s: fc.nat(value.length).map((length) => value.slice(value.length - length)),
    }),
  );

  test('is never more than half of a value, however the provider cuts it', () => {
    fc.assert(
      fc.property(parts, ({ value, p, s }) => {
        const shown = maskedIn({ p, s }, bothEnds);
        expect(Math.max(0, shown.length - 1)).toBeLessThanOrEqual(Math.floor(value.length / 2));
        expect(shown.length).toBeLessThanOrEqual(17);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what is shown of a key by its last four characters', () => {
  test.each([
    ['a prefix and the end', 'sk_live_', 'wxyz', 'sk_live_…wxyz'],
    ['a prefix and the whole value', 'sk_live_', 'sk_live_abcdefghwxyz', 'sk_live_…wxyz'],
    ['the whole value for a prefix', whole, '6789', 'secr…6789'],
    ['the whole value twice', whole, whole, 'secr…6789'],
    ['a short value twice', 'abcdef', 'abcdef', '…cdef'],
    ['no end', 'sk_live_', '', ''],
  ])('%s', (_what, p, s, shown) => {
    expect(maskedIn({ p, s }, lastFour)).toBe(shown);
  });
});
