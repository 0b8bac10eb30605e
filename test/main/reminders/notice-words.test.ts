import { expect, it } from 'vitest';
import { noticeWords } from '../../../main/reminders/notice-words.ts';
import { keyIdSchema } from '../../../shared/domain/ids.ts';
import type { Notice } from '../../../shared/domain/notice.ts';

const today = 20_500;
const key = (number: number, due: number, name = `Key ${number}`): Notice['keys'][number] => ({
  id: keyIdSchema.parse(`key_${String(number).padStart(20, '0')}`),
  name,
  due: today + due,
  reason: 0,
});
const words = (...keys: Notice['keys']) => noticeWords([{ keys }], today);

it.each([
  [-2, 'Key 1 is 2 days overdue'],
  [-1, 'Key 1 is 1 day overdue'],
  [0, 'Key 1 is due today'],
  [1, 'Key 1 is due tomorrow'],
  [14, 'Key 1 is due in 14 days'],
])('one key that is due in %s days is told as “%s”', (due, title) => {
  expect(words(key(1, due)).title).toBe(title);
});

it('many keys are counted by how they stand, and three of them named', () => {
  expect(words(key(1, -3), key(2, 0), key(3, 3), key(4, 3), key(5, 14))).toEqual({
    title: '1 key is overdue, 1 is due today, 3 are due within 14 days',
    body: 'Key 1, Key 2, Key 3 and 2 more.',
  });
  expect(words(key(1, 0), key(2, 0)).body).toBe('Key 1 and Key 2.');
});

it('a key that was announced twice meanwhile is one key, due when it was said last', () => {
  expect(noticeWords([{ keys: [key(1, 3)] }, { keys: [key(1, 0)] }], today).title).toBe('Key 1 is due today');
});

it('keys whose names are not known are counted, and the way to the names is told', () => {
  expect(words(key(1, 0, ''))).toEqual({
    title: 'A key is due today',
    body: 'Unlock the vault to see which.',
  });
  expect(words(key(1, 0, ''), key(2, 0, ''))).toEqual({
    title: '2 keys are due today',
    body: 'Unlock the vault to see which.',
  });
});
