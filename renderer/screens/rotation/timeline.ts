import { daysUntil, dueState } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';

/** How far the time line looks ahead at first, and what counts as `later`. */
export const horizonDays = 90;

/** A key that is due some day. `days` are calendar days from today: 0 today, negative once the day has passed. */
export interface DueKey {
  readonly key: KeyRow;
  readonly dueAt: number;
  readonly days: number;
}

/** Every key that will be due, in the order of its day, told apart by how pressing it is. */
export interface Agenda {
  readonly overdue: readonly DueKey[];
  readonly dueSoon: readonly DueKey[];
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
      key.dueAt === null ? [] : [{ key, dueAt: key.dueAt, days: daysUntil(key.dueAt, now) }],
    )
    .sort((a, b) => a.dueAt - b.dueAt || names.compare(a.key.name, b.key.name));
  const overdue: DueKey[] = [];
  const dueSoon: DueKey[] = [];
  const later: DueKey[] = [];
  const beyond: DueKey[] = [];
  for (const item of due) {
    const state = dueState(item.dueAt, now);
    if (state === 'overdue') overdue.push(item);
    else if (state === 'due-soon') dueSoon.push(item);
    else if (item.days <= horizonDays) later.push(item);
    else beyond.push(item);
  }
  return { overdue, dueSoon, later, beyond, never: live.length - due.length };
}

/** All keys of an agenda, those due first first. */
export const allOf = ({ overdue, dueSoon, later, beyond }: Agenda): readonly DueKey[] => [
  ...overdue,
  ...dueSoon,
  ...later,
  ...beyond,
];
