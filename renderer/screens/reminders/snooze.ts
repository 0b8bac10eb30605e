import { dayFromIso } from '../../../shared/domain/calendar.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import { count, dayShort } from '../../text/dates.ts';
import { oneLine, type PageFailure } from '../../text/errors.ts';

/**
 * Says nothing about the keys until the day (`YYYY-MM-DD`); null ends their snooze. Tells the user what came of it, and
 * answers why it could not be, or null.
 */
export async function snooze(
  keyIds: readonly KeyId[],
  until: string | null,
  now: number,
): Promise<PageFailure | null> {
  const answer = await api.call('reminders.snooze', { ids: [...keyIds], until });
  if (!answer.ok) {
    notify('danger', oneLine(answer.error));
    return answer.error;
  }
  notify('done', doneWords(keyIds.length, until, now));
  return null;
}

function doneWords(keys: number, until: string | null, now: number): string {
  const what = count(keys, 'key');
  const day = until === null ? null : dayFromIso(until);
  if (day === null) return keys === 1 ? 'The snooze has ended.' : `The snooze of ${what} has ended.`;
  return keys === 1 ? `Snoozed until ${dayShort(day, now)}.` : `${what} snoozed until ${dayShort(day, now)}.`;
}
