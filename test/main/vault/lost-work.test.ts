import { expect, test } from 'vitest';
import { afterLostWork } from '../../../main/vault/lost-work.ts';
import { keyRecord } from '../storage/records-for-tests.ts';

const other = keyRecord(2).id;

test.each([
  ['that was replaced is the user’s to revoke', { status: 'retiring', replacedBy: other }, 'not-revoked'],
  [
    'that was just replaced is the user’s to revoke',
    { status: 'rotating', replacedBy: other },
    'not-revoked',
  ],
] as const)('a key %s', (_, changes, attention) => {
  const key = keyRecord(1, changes);
  expect(afterLostWork(key)).toEqual({ ...key, status: 'needs-attention', attention });
});

test('a key that was not replaced yet works as before', () => {
  const key = keyRecord(1, { status: 'rotating' });
  expect(afterLostWork(key)).toEqual({ ...key, status: 'active' });
});

test.each([
  { status: 'active' },
  { status: 'needs-attention', attention: 'secret-missing' },
  { status: 'revoked', revokedAt: 5 },
  { status: 'retiring', revokedAt: 5 },
] as const)('any other key is left alone: %o', (changes) => {
  expect(afterLostWork(keyRecord(1, changes))).toBeNull();
});
