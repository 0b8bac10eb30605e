import { expect, it } from 'vitest';
import { dueTitle } from '../../../shared/domain/due-title.ts';

const today = 20_500;
const days = (overdue: number, onTheDay: number, soon: number) => [
  ...Array<number>(soon).fill(today + 14),
  ...Array<number>(overdue).fill(today - 1),
  ...Array<number>(onTheDay).fill(today),
];

it.each([
  [1, 0, 0, '1 key is overdue'],
  [2, 0, 0, '2 keys are overdue'],
  [0, 1, 0, '1 key is due today'],
  [0, 3, 0, '3 keys are due today'],
  [0, 0, 1, '1 key is due within 14 days'],
  [0, 0, 5, '5 keys are due within 14 days'],
  [1, 1, 0, '1 key is overdue, 1 is due today'],
  [2, 0, 1, '2 keys are overdue, 1 is due within 14 days'],
  [0, 1, 2, '1 key is due today, 2 are due within 14 days'],
  [1, 2, 3, '1 key is overdue, 2 are due today, 3 are due within 14 days'],
  [630, 0, 355, '630 keys are overdue, 355 are due within 14 days'],
  [1_200, 0, 0, '1,200 keys are overdue'],
])('%s overdue, %s due today and %s due soon are told apart: “%s”', (overdue, onTheDay, soon, title) => {
  expect(dueTitle(days(overdue, onTheDay, soon), today)).toBe(title);
});
