import { expect, test } from 'vitest';
import { ageShort, ageWords, bytesWords, pathWithin } from '../../../renderer/text/finds.ts';

const dayMs = 86_400_000;
const now = new Date(2026, 10, 21).getTime();

test.each([
  [null, '', '–'],
  [now - 3_600_000, '', '–'],
  [now - dayMs, 'At least 1 day old', '1 day'],
  [now - 45 * dayMs, 'At least 45 days old', '45 days'],
  [now - 250 * dayMs, 'At least 8 months old', '8 months'],
  [now - 1_100 * dayMs, 'At least 3 years old', '3 years'],
])('an age is told as the least that it can be', (since, words, short) => {
  expect(ageWords(since, now)).toBe(words);
  expect(ageShort(since, now)).toBe(short);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_234_567, '1.2 MB'],
  [999_950_000, '1 GB'],
  [123_456_789_012, '123 GB'],
])('an amount is told in its largest sensible unit: %d', (bytes, words) => {
  expect(bytesWords(bytes)).toBe(words);
});

test.each([
  ['/home/mira/code', '/home/mira/code/shop/.env', 'shop/.env'],
  ['/home/mira/code/', '/home/mira/code/shop/.env', 'shop/.env'],
  ['/home/mira/co', '/home/mira/code/shop/.env', '/home/mira/code/shop/.env'],
  ['/', '/etc/app.env', 'etc/app.env'],
  ['C:\\code', 'C:\\code\\shop\\.env', 'shop\\.env'],
])('a path is told from the folder on: %s', (folder, file, seen) => {
  expect(pathWithin(folder, file)).toBe(seen);
});
