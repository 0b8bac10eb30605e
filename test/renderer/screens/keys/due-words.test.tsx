import { expect, test } from 'vitest';
import { dueShort, dueWords, relativeTime } from '../../../../renderer/text/dates.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = new Date(2026, 5, 1, 12).getTime();

test.each([
  [null, 'Never due', 'Never'],
  [now + 90 * dayMs, 'Due in 90 days', 'In 90 days'],
  [now + 2 * dayMs, 'Due in 2 days', 'In 2 days'],
  [now + 13 * hourMs, 'Due tomorrow', 'Tomorrow'],
  [now + dayMs, 'Due tomorrow', 'Tomorrow'],
  [now + hourMs, 'Due today', 'Today'],
  [now - hourMs, 'Due today', 'Today'],
  [now - dayMs, '1 day overdue', '1 day overdue'],
  [now - 100 * dayMs, '100 days overdue', '100 days overdue'],
])('says when a key is due: %s', (due, words, short) => {
  expect(dueWords(due, now)).toBe(words);
  expect(dueShort(due, now)).toBe(short);
});

test.each([
  [now - 10_000, 'just now'],
  [now - 60_000, '1 minute ago'],
  [now - 5 * hourMs, '5 hours ago'],
  [now + 3 * dayMs, 'in 3 days'],
  [now - 61 * dayMs, '1 Apr 2026'],
])('says an instant as a person does: %s', (at, words) => {
  expect(relativeTime(at, now)).toBe(words);
});
