import { type DueState, daysUntil, dueState } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { snoozeOf } from '../../text/reminders.ts';

/** How far the time line looks ahead at first, and what counts as `later`. */
export const horizonDays = 90;

/** A key that is due some day. `days` are calendar days from today: 0 today, negative once the day has passed. */
export interface DueKey {
  readonly key: KeyRow;
  readonly dueAt: number;
  readonly days: number;
  /** Nothing is said about it before a day that is yet to come. */
  readonly isSnoozed: boolean;
}

/** Every key that will be due, in the order of its day, told apart by how pressing it is. */
export interface Agenda {
  /** All of them, those due first first. */
  readonly all: readonly DueKey[];
  readonly overdue: readonly DueKey[];
  readonly dueSoon: readonly DueKey[];
  /** What would be overdue or due soon, and was put off. */
  readonly snoozed: readonly DueKey[];
  /** Due within the horizon, and not soon. */
  readonly later: readonly DueKey[];
  /** Due after the horizon. */
  readonly beyond: readonly DueKey[];
  /** How many keys are never due. */
  readonly never: number;
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorts the keys that can be rotated by how soon they are due. Revoked and replaced keys are not among them. */
export function agendaOf(keys: readonly KeyRow[], now: number): Agenda {
  const live = keys.filter((key) => key.status === 'active' || key.status === 'needs-attention');
  const due = live
    .flatMap((key): DueKey[] =>
      key.dueAt === null
        ? []
        : [
            {
              key,
              dueAt: key.dueAt,
              days: daysUntil(key.dueAt, now),
              isSnoozed: snoozeOf(key, now) !== null,
            },
          ],
    )
    .sort((a, b) => a.dueAt - b.dueAt || names.compare(a.key.name, b.key.name));
  const overdue: DueKey[] = [];
  const dueSoon: DueKey[] = [];
  const snoozed: DueKey[] = [];
  const later: DueKey[] = [];
  const beyond: DueKey[] = [];
  for (const item of due) {
    const state = dueState(item.dueAt, now);
    const isPressing = state === 'overdue' || state === 'due-soon';
    if (isPressing && item.isSnoozed) snoozed.push(item);
    else if (state === 'overdue') overdue.push(item);
    else if (state === 'due-soon') dueSoon.push(item);
    else if (item.days <= horizonDays) later.push(item);
    else beyond.push(item);
  }
  return { all: due, overdue, dueSoon, snoozed, later, beyond, never: live.length - due.length };
}

/** How a key of the agenda stands, with its snooze. */
export const standingOf = ({ dueAt, isSnoozed }: DueKey, now: number): DueState | 'snoozed' =>
  isSnoozed ? 'snoozed' : dueState(dueAt, now);
