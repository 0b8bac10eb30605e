import { expect, it } from 'vitest';
import type { ActivityEntry } from '../../../shared/domain/activity.ts';
import { keyIdSchema } from '../../../shared/domain/ids.ts';
import { settledEntries } from '../../../shared/domain/settled-entries.ts';

const keyId = keyIdSchema.parse('key_0123456789abcdefghij');
const entry = (event: ActivityEntry['event'], detail: string, at = 0): ActivityEntry => ({
  at,
  event,
  keyId,
  connectionId: null,
  subject: 'Shop',
  detail,
});

it('tells of a write once: what came of it, or that it was begun where nobody knows', () => {
  const newestFirst = [
    entry('target-writing', '/c/.env'),
    entry('target-not-written', 'file-changed /b/my file.env'),
    entry('target-writing', '/b/my file.env'),
    entry('key-checked', 'works'),
    entry('target-written', '/a/.env'),
    entry('target-writing', '/a/.env'),
    entry('target-writing', '/a/.env'),
    entry('target-written', '/a/.env'),
  ];
  expect(settledEntries(newestFirst).map(({ event, detail }) => `${event} ${detail}`)).toEqual([
    'target-writing /c/.env',
    'target-not-written file-changed /b/my file.env',
    'key-checked works',
    'target-written /a/.env',
    'target-writing /a/.env',
    'target-written /a/.env',
  ]);
});
