import { describe, expect, test } from 'vitest';
import { applyChange, entryOf } from '../../../../renderer/screens/keys/entries.ts';
import { filterEntries, linesOf, noFilter, sortEntries } from '../../../../renderer/screens/keys/view.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { keyRow } from '../../support/fake-bridge.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const plain: Partial<KeyRow> = { attention: null, status: 'active', unsealed: false };

/** Keys with these names and facts, one per argument, otherwise alike. */
const keys = (...facts: readonly Partial<KeyRow>[]) =>
  facts.map((fact, index) => entryOf(keyRow(index, { ...plain, ...fact }, now)));

const names = (entries: readonly { readonly row: KeyRow }[]) => entries.map(({ row }) => row.name);

describe('searching', () => {
  const entries = keys(
    { name: 'Checkout', provider: 'Stripe', lastFour: 'AB12', environment: 'live' },
    { name: 'Mailer', provider: 'Postmark', lastFour: '9f3c', environment: 'test' },
  );
  const found = (search: string) => names(filterEntries(entries, search, noFilter, now));

  test.each([
    ['check', ['Checkout']],
    ['POST', ['Mailer']],
    ['ab12', ['Checkout']],
    ['live stripe', ['Checkout']],
    ['stripe mailer', []],
    ['  ', ['Checkout', 'Mailer']],
  ])(
    'finds by any part of name, provider, environment and last four, all words at once: "%s"',
    (search, expected) => {
      expect(found(search)).toEqual(expected);
    },
  );
});

describe('filtering', () => {
  const entries = keys(
    { name: 'late', dueAt: now - 1 },
    { name: 'soon', dueAt: now + 14 * dayMs },
    { name: 'fine', dueAt: now + 15 * dayMs },
    { name: 'never', dueAt: null },
    { name: 'dead', dueAt: now - dayMs, status: 'revoked' },
    { name: 'fresh', dueAt: now + 90 * dayMs, unsealed: true },
  );
  const shown = (filter: Partial<typeof noFilter>) =>
    names(filterEntries(entries, '', { ...noFilter, ...filter }, now));

  test('never calls a revoked key overdue', () => {
    expect(shown({ due: 'overdue' })).toEqual(['late']);
  });

  test('calls a key due soon from 14 days before', () => {
    expect(shown({ due: 'due-soon' })).toEqual(['soon']);
  });

  test('finds keys whose files are out of step, and never one that is revoked', () => {
    const some = keys(
      { name: 'astray', targets: 2, targetsAstray: 1 },
      { name: 'in step', targets: 2, targetsAstray: 0 },
      { name: 'dead', targets: 1, targetsAstray: 1, status: 'revoked' },
      { name: 'without', targets: 0, targetsAstray: 0 },
    );
    const of = (files: typeof noFilter.files) => names(filterEntries(some, '', { ...noFilter, files }, now));
    expect(of('astray')).toEqual(['astray']);
    expect(of('none')).toEqual(['without']);
  });

  test('finds what waits for a person, sealed or not', () => {
    expect(shown({ status: 'waiting' })).toEqual(['fresh']);
  });
});

describe('the order of the list', () => {
  const entries = keys(
    { name: 'dead', status: 'revoked', dueAt: now - 50 * dayMs },
    { name: 'later', dueAt: now + 60 * dayMs },
    { name: 'broken', status: 'needs-attention', attention: 'not-revoked', dueAt: now + 80 * dayMs },
    { name: 'late', dueAt: now - dayMs },
  );

  test.each(['none', 'provider', 'environment', 'due'] as const)(
    'puts what waits for you first and revoked keys last, grouped by %s',
    (grouping) => {
      const lines = linesOf(sortEntries(entries, 'due'), grouping, now);
      const rows = lines.filter((line) => line.kind === 'key').map(({ row }) => row.name);
      expect(rows.at(0)).toBe('broken');
      expect(rows.at(-1)).toBe('dead');
      expect(rows).toHaveLength(4);
    },
  );

  test('counts the keys under each heading', () => {
    const headings = linesOf(sortEntries(entries, 'due'), 'due', now).filter(
      (line) => line.kind === 'heading',
    );
    expect(headings.map(({ text, count }) => [text, count])).toEqual([
      ['Waiting for you', 1],
      ['Overdue', 1],
      ['Later', 1],
      ['Revoked', 1],
    ]);
  });

  test('needs no heading where there is nothing to tell apart', () => {
    const lines = linesOf(keys({ name: 'a' }, { name: 'b' }), 'none', now);
    expect(lines.map(({ kind }) => kind)).toEqual(['key', 'key']);
  });
});

describe('a change by id', () => {
  test('replaces, adds and removes, and leaves every other row the same object', () => {
    const before = keys({ name: 'a' }, { name: 'b' }, { name: 'c' });
    const after = applyChange(before, {
      changed: [keyRow(1, { ...plain, name: 'b2' }), keyRow(9, { ...plain, name: 'new' })],
      removed: [keyRow(2).id],
    });
    expect(names(after)).toEqual(['a', 'b2', 'new']);
    expect(after[0]).toBe(before[0]);
  });
});
