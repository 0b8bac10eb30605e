import { KeyRound } from 'lucide-react';
import { expect, test } from 'vitest';
import { entryOf } from '../../../../renderer/screens/keys/entries.ts';
import type { PaletteAction } from '../../../../renderer/screens/palette/actions.ts';
import { matches } from '../../../../renderer/screens/palette/match.ts';
import { keyRow } from '../../support/fake-bridge.ts';

const action = (id: string, facts: Partial<PaletteAction> = {}): PaletteAction => ({
  id,
  label: id,
  icon: KeyRound,
  run: () => undefined,
  ...facts,
});

const facts = { status: 'active', attention: null, unsealed: false } as const;
const entries = [
  entryOf(keyRow(1, { ...facts, name: 'webhooks' })),
  entryOf(keyRow(2, { ...facts, name: 'web checkout', status: 'revoked' })),
];
const actions = [action('Generate key', { keywords: 'new' }), action('Rotate', { subject: 'webhooks' })];

const found = (search: string) => matches(search, actions, entries).map(({ key }) => key);

test('finds an action by its words and by other words for it', () => {
  expect(found('gen')).toContain('Generate key');
  expect(found('new')).toContain('Generate key');
});

test('puts a key before actions that fit only by its name', () => {
  expect(found('webh')).toEqual([keyRow(1).id, 'Rotate']);
});

test('offers an action on every key that is found, where the key allows it', () => {
  expect(found('revoke web')).toEqual([`revoke ${keyRow(1).id}`]);
});

test('puts keys in whose name a word begins with what was typed before all others, however many those are', () => {
  const others = Array.from({ length: 50 }, (_, turn) => entryOf(keyRow(turn, { ...facts, name: 'latest' })));
  const wanted = [
    entryOf(keyRow(60, { ...facts, name: 'staging' })),
    entryOf(keyRow(61, { ...facts, name: 'web staging' })),
  ];
  const hits = matches('rotate st', [], [...others, ...wanted]).map(({ key }) => key);
  expect(hits.slice(0, 2)).toEqual([`rotate ${keyRow(60).id}`, `rotate ${keyRow(61).id}`]);
  expect(hits).toHaveLength(20);
});
