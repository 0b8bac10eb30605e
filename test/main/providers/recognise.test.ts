import { expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import { recognise } from '../../../main/providers/recognise.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { threadMs } from '../../support/thread-time.ts';
import { definitionOf } from './world.ts';

const field = (part: object) => ({ name: 'KEY', label: 'Key', secret: true, variable: 'KEY', ...part });
const prefix = { test: 'sk_test_', live: 'sk_live_' };
const definitions = [
  definitionOf({ id: 'by-prefix', fields: [field({ prefix })] }),
  definitionOf({ id: 'by-pattern', fields: [field({ pattern: 'sk_[a-z]+_[0-9]{4}' })] }),
  definitionOf({ id: 'by-both', fields: [field({ prefix, pattern: 'sk_(test|live)_[0-9]{4}' })] }),
  definitionOf({ id: 'silent', fields: [field({})] }),
];

test.each([
  [
    'sk_test_1234',
    [
      ['by-both', 'test'],
      ['by-pattern', null],
      ['by-prefix', 'test'],
    ],
  ],
  ['sk_live_12345', [['by-prefix', 'live']]],
  ['sk_other_1234', [['by-pattern', null]]],
  ['x sk_live_1234', []],
  ['sk_live_1234\n', [['by-prefix', 'live']]],
  ['', []],
])('%j may be a key of %j, the most certain first', (value, expected) => {
  const found = recognise(definitions, new Secret(value));
  expect(found.map(({ providerId, environment }) => [providerId, environment])).toEqual(expected);
  expect(found.every((candidate) => candidate.field === 'KEY')).toBe(true);
});

test('a value of any length is looked at without delay', () => {
  const endless = new Secret(`sk_live_${'a'.repeat(5_000_000)}`);
  expect(threadMs(() => recognise(catalog(), endless))).toBeLessThan(1000);
});
