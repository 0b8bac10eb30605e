import { describe, expect, it } from 'vitest';
import { isPlaceholder } from '../../../main/finds/placeholder.ts';
import { lookalike, madeUp } from './finds-world.ts';

describe('a value that nobody would have been given as a key', () => {
  it.each([
    '',
    'changeme',
    'change-me-please-now',
    'xxxxxxxxxxxxxxxxxxxxxxxx',
    'sk_test_xxxxxxxxxxxxxxxxxxxxxxxx',
    '<your-key-here>',
    'your-key-here',
    'sk_live_your_key_here_please',
    `\${STRIPE_SECRET_KEY_FROM_ELSEWHERE}`,
    '$STRIPE_SECRET_KEY_ELSEWHERE',
    '$(pass show stripe/live/secret-key)',
    '{{ stripe_secret_key_from_vault }}',
    '[insert the real key in here]',
    'https://example.com/some/long/path',
    'op://vault/stripe/secret-key',
    'encrypted:BAbcdefghijklmnop0123456789==',
    'REPLACE_ME_WITH_YOUR_REAL_KEY',
    'sk-ant-...your-key-goes-here',
    'sk_test_…',
    '************************',
    '0000000000000000000000000000000',
    '1234567890123456',
    'sk_test_abcdefghijklmnopqrstuvwx',
    'true',
    'production',
    'two words and many letters',
    'abababababababababababab',
    'short1',
  ])('%j', (value) => expect(isPlaceholder(value)).toBe(true));
});

describe('a value that may well be a key', () => {
  it.each(Object.entries(lookalike))('%s', (_, make) => {
    for (let number = 1; number <= 200; number += 1) expect(isPlaceholder(make(number))).toBe(false);
  });

  it('of letters and digits, or of hexadecimal digits only', () => {
    const hex = '0123456789abcdef';
    const passed = Array.from({ length: 2000 }, (_, number) => [
      isPlaceholder(madeUp(40, number)),
      isPlaceholder(madeUp(32, number, hex)),
    ]).flat();
    expect(passed.filter((isTaken) => isTaken).length).toBeLessThan(4);
  });
});
