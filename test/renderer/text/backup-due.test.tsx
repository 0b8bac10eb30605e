import { expect, it } from 'vitest';
import { isBackupDue } from '../../../renderer/text/backup-due.ts';

const now = Date.UTC(2026, 5, 1);
const daysAgo = (days: number) => now - days * 86_400_000;

it.each([
  ['a last backup of more than 7 days', daysAgo(8), daysAgo(300), true, true],
  ['a last backup of less than 7 days', daysAgo(6), daysAgo(300), true, false],
  ['no backup and a first key of more than 7 days', null, daysAgo(8), true, true],
  ['no backup and a first key of less than 7 days', null, daysAgo(6), true, false],
  ['a vault without keys', daysAgo(100), null, true, false],
  ['reminders that are switched off', daysAgo(100), daysAgo(300), false, false],
])('reminds of a backup as it should with %s', (_, lastBackupAt, firstKeyAt, backupReminder, isDue) => {
  expect(isBackupDue({ backupReminder, lastBackupAt }, firstKeyAt, now)).toBe(isDue);
});
