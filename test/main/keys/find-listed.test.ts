import { expect, it } from 'vitest';
import { fits } from '../../../main/keys/find-listed.ts';

const value = 'sk_test_abcdefghijklmnop1234';

it.each([
  ['…1234', true],
  ['sk_test_…1234', true],
  ['sk_test_abcd…', true],
  ['sk_test_abcdefgh********1234', true],
  ['sk_test_...1234', true],
  ['••••••••1234', true],
  ['sk_test_xxxxxxxx1234', true],
])('a masked value such as %s tells the key', (masked, expected) => {
  expect(fits(masked, value)).toBe(expected);
});

it.each([
  ['another end', '…9999'],
  ['another beginning', 'sk_live_…1234'],
  ['too short an end', '…34'],
  ['only what all keys have', 'sk_test_…'],
  ['nothing', ''],
  ['nothing but what is left out', '********'],
  ['a name in which nothing is left out', 'sk_test_abcdefghijklmnop1234'],
  ['more than the value is long', 'sk_test_abcdefghijklmnop…mnop1234'],
])('a masked value that shows %s does not', (_what, masked) => {
  expect(fits(masked, value)).toBe(false);
});
