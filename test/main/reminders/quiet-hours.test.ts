import { expect, it } from 'vitest';
import { isQuiet } from '../../../main/reminders/quiet-hours.ts';

const at = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

it.each([
  ['22:00', '07:30', '21:59', false],
  ['22:00', '07:30', '22:00', true],
  ['22:00', '07:30', '00:00', true],
  ['22:00', '07:30', '07:29', true],
  ['22:00', '07:30', '07:30', false],
  ['09:00', '17:00', '08:59', false],
  ['09:00', '17:00', '16:59', true],
  ['09:00', '17:00', '17:00', false],
  ['09:00', '09:00', '09:00', false],
])('quiet hours from %s to %s: at %s it is quiet: %s', (from, to, time, quiet) => {
  expect(isQuiet({ from, to }, at(time))).toBe(quiet);
});

it('without quiet hours it is never quiet', () => {
  expect(isQuiet(null, at('03:00'))).toBe(false);
});
