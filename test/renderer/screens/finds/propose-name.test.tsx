import { expect, test } from 'vitest';
import { type NameClues, proposeName } from '../../../../renderer/screens/finds/propose-name.ts';

const clues = (facts: Partial<NameClues> = {}): NameClues => ({
  provider: 'Stripe',
  variable: 'STRIPE_SECRET_KEY',
  file: '/home/mira/code/shop/.env',
  environment: null,
  ...facts,
});

test.each([
  ['its project where the variable tells nothing more', clues(), 'Stripe shop'],
  ['what its variable says', clues({ variable: 'STRIPE_REFUNDS_KEY' }), 'Stripe refunds'],
  ['a project above folders that tell nothing', clues({ file: '/srv/shop/config/.env' }), 'Stripe shop'],
  ['a project on a Windows disk', clues({ file: 'C:\\code\\shop\\.env' }), 'Stripe shop'],
  ['its provider alone where nothing tells more', clues({ file: '/.env' }), 'Stripe'],
  [
    'no word of its provider twice',
    clues({ provider: 'Package registry', variable: 'PACKAGE_TOKEN' }),
    'Package registry shop',
  ],
])('a found key is named after %s', (_, given, name) => {
  expect(proposeName(given, new Set())).toBe(name);
});

test('no two names are alike, whatever their letters', () => {
  const taken = new Set(['stripe shop']);
  const live = clues({ environment: 'live' });
  expect([live, live, live].map((each) => proposeName(each, taken))).toEqual([
    'Stripe shop live',
    'Stripe shop 2',
    'Stripe shop 3',
  ]);
});

test('a name is never longer than a key’s may be', () => {
  const long = clues({ variable: `STRIPE_${'X'.repeat(200)}_KEY` });
  const taken = new Set<string>();
  for (const name of [proposeName(long, taken), proposeName(long, taken)]) {
    expect(name.length).toBeLessThanOrEqual(80);
  }
});
