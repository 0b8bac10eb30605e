import { expect, it } from 'vitest';
import { pathOf } from '../../../main/env-files/typed-path.ts';

it.each([
  ['/a/.env', '/a/.env'],
  ['  /a/.env\n', '/a/.env'],
  ['"/a b/.env"', '/a b/.env'],
  ["'/a/.env' ", '/a/.env'],
  ['~/shop/.env', '/home/you/shop/.env'],
  ['"~/shop/.env"', '/home/you/shop/.env'],
  ['~', '/home/you'],
  ['/a/./b/../.env', '/a/.env'],
  ['/a/b"c/.env', '/a/b"c/.env'],
  ['~other/.env', '~other/.env'],
  ['a/../.env', 'a/../.env'],
  ['""', '""'],
  ['', ''],
])('takes what is typed as %j for the path %j', (typed, meant) => {
  expect(pathOf(typed, '/home/you')).toBe(meant);
  expect(pathOf(meant, '/home/you')).toBe(meant);
});
