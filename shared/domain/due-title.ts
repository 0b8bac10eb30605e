import type { Day } from './calendar.ts';
import { dueSoonDays } from './due.ts';

/**
 * How many keys are overdue, due today and due soon, for the days on which they are due: "630 keys are overdue, 355 are due
 * within 14 days". The desktop and the list in the app say it alike. None of the days is more than 14 days away.
 */
export function dueTitle(days: readonly Day[], today: Day): string {
  const overdue = days.filter((day) => day < today).length;
  const onTheDay = days.filter((day) => day === today).length;
  const parts = [
    { keys: overdue, words: 'overdue' },
    { keys: onTheDay, words: 'due today' },
    { keys: days.length - overdue - onTheDay, words: `due within ${dueSoonDays} days` },
  ].filter(({ keys }) => keys > 0);
  return parts.map(({ keys, words }, index) => `${counted(keys, index === 0)} ${words}`).join(', ');
}

/** "1 key is", "2 keys are"; what is counted is named once. */
function counted(keys: number, isFirst: boolean): string {
  const noun = keys === 1 ? ' key' : ' keys';
  return `${keys.toLocaleString('en-GB')}${isFirst ? noun : ''} ${keys === 1 ? 'is' : 'are'}`;
}
