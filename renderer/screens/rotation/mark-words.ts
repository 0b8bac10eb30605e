import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { dayOf, dueWords } from '../../text/dates.ts';
import { snoozedWords, snoozeOf } from '../../text/reminders.ts';
import type { DueKey } from './timeline.ts';

/** What is said of a mark to those who do not see it: name, provider, environment, and when it is due. */
export function markWords({ key, dueAt }: DueKey, now: number): string {
  const extra = becauseWords(key);
  const snoozed = snoozeWordsOf(key, now);
  return [
    key.name,
    key.provider,
    key.environment,
    `${dueWords(dueAt, now)}, on ${dayOf(dueAt)}`,
    ...(extra === null ? [] : [extra]),
    ...(snoozed === null ? [] : [snoozed]),
  ].join(', ');
}

/** Why a key is due earlier than its period says; null where its period says so. */
export function becauseWords({ dueBecause }: Pick<KeyRow, 'dueBecause'>): string | null {
  if (dueBecause === 'expiry') return 'it expires at its provider';
  return dueBecause === 'plan' ? 'planned for an earlier day' : null;
}

/** "Snoozed until 3 Mar"; null where the key is not snoozed, or not any more. */
export function snoozeWordsOf(key: Pick<KeyRow, 'snoozedUntil'>, now: number): string | null {
  const until = snoozeOf(key, now);
  return until === null ? null : snoozedWords(until, now);
}
