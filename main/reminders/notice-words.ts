import type { Day } from '../../shared/domain/calendar.ts';
import { dueTitle } from '../../shared/domain/due-title.ts';
import type { Notice } from '../../shared/domain/notice.ts';

/** A notice in words, for the desktop to show. */
export interface NoticeWords {
  readonly title: string;
  readonly body: string;
}

const named = 3;
const listFormat = new Intl.ListFormat('en-GB');

/** Says what several notices say as one: the key by its name where it is one, otherwise how many are overdue and how many due. */
export function noticeWords(notices: readonly Pick<Notice, 'keys'>[], today: Day): NoticeWords {
  // The same key may have been announced twice while it was quiet: its last due day counts.
  const keys = [...new Map(notices.flatMap(({ keys: all }) => all).map((key) => [key.id, key])).values()];
  const [first] = keys;
  if (keys.length === 1 && first !== undefined) return wordsForOne(first.name, first.due - today);
  const names = keys.flatMap(({ name }) => (name === '' ? [] : [name]));
  return {
    title: dueTitle(
      keys.map(({ due }) => due),
      today,
    ),
    body: names.length === 0 ? unlockFirst : `${listOf(names, keys.length)}.`,
  };
}

/** The first names, and how many more there are. */
function listOf(names: readonly string[], count: number): string {
  const some = names.slice(0, named);
  const rest = count - some.length;
  return listFormat.format(rest > 0 ? [...some, `${rest} more`] : some);
}

const unlockFirst = 'Unlock the vault to see which.';

function wordsForOne(name: string, days: number): NoticeWords {
  const when = dueWhen(days);
  return name === ''
    ? { title: `A key is ${when}`, body: unlockFirst }
    : { title: `${name} is ${when}`, body: 'Rotating it replaces it everywhere and ends the old one last.' };
}

function dueWhen(days: number): string {
  if (days < 0) return days === -1 ? '1 day overdue' : `${-days} days overdue`;
  if (days === 0) return 'due today';
  return days === 1 ? 'due tomorrow' : `due in ${days} days`;
}
