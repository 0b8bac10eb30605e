import type { CalendarFile } from '../../shared/ipc/reminders.contract.ts';
import { count } from './dates.ts';
import { type PageFailure, type Words, words } from './errors.ts';

/** A failure of the calendar file, where the words for `.env` files would name the wrong next step. */
export function calendarFileWords(failure: PageFailure): Words {
  switch (failure.code) {
    case 'file-exists':
      return {
        title: 'There is another file of that name',
        body: `${failure.file} was not written by Keyturn and was left as it is.`,
        next: 'Choose another name for the calendar file.',
      };
    case 'file-is-folder':
      return {
        title: 'That is a folder',
        body: `${failure.file} is a folder, not a file. Nothing was written.`,
        next: 'Add the name of the file, such as keyturn.ics.',
      };
    default:
      return words(failure);
  }
}

/** The same for a file that is kept, and tried again and again. */
export function keptFileWords(failure: PageFailure): Words {
  const { title, body, next } = calendarFileWords(failure);
  const again = 'Keyturn tries again by itself.';
  return { title, body, next: next === undefined ? again : `${next} ${again}` };
}

/** What is the matter with the name of a calendar file; null where nothing is. */
export const calendarNameProblem = (file: string): string | null =>
  /\.ics$/i.test(file) ? null : 'The name has to end in .ics, such as keyturn.ics.';

/** "3 events", "3 events; 1 key is never due". */
export function eventWords({ events, neverDue }: Pick<CalendarFile, 'events' | 'neverDue'>): string {
  const never = `${count(neverDue, 'key')} ${neverDue === 1 ? 'is' : 'are'} never due`;
  return neverDue === 0 ? count(events, 'event') : `${count(events, 'event')}; ${never}`;
}
