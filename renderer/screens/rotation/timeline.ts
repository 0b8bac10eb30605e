import { daysUntil, dueState } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';

/** How far the time line looks ahead. */
export const horizonDays = 90;

/** A key that is due some day, with where it stands. `share` is its place on the line: 0 now, 1 in 90 days. */
export interface DueKey {
  readonly key: KeyRow;
  readonly dueAt: number;
  readonly days: number;
  readonly share: number;
}

/** Every key that will be due, in the order of its day, told apart by how pressing it is. */
export interface Agenda {
  readonly overdue: readonly DueKey[];
  readonly dueSoon: readonly DueKey[];
  readonly later: readonly DueKey[];
  /** Keys due after the horizon, and keys that are never due. */
  readonly beyond: number;
  readonly never: number;
}

/** Sorts the keys that can be rotated by how soon they are due. Revoked and replaced keys are not among them. */
export function agendaOf(keys: readonly KeyRow[], now: number): Agenda {
  const live = keys.filter((key) => key.status === 'active' || key.status === 'needs-attention');
  const due = live
    .flatMap((key) => (key.dueAt === null ? [] : [place(key, key.dueAt, now)]))
    .sort((a, b) => a.dueAt - b.dueAt || a.key.name.localeCompare(b.key.name));
  const within = (state: ReturnType<typeof dueState>) =>
    due.filter((item) => dueState(item.dueAt, now) === state);
  const fine = within('fine');
  return {
    overdue: within('overdue'),
    dueSoon: within('due-soon'),
    later: fine.filter((item) => item.days <= horizonDays),
    beyond: fine.filter((item) => item.days > horizonDays).length,
    never: live.length - due.length,
  };
}

function place(key: KeyRow, dueAt: number, now: number): DueKey {
  const days = daysUntil(dueAt, now);
  return { key, dueAt, days, share: Math.min(1, Math.max(0, days / horizonDays)) };
}

/** Marks that fall on the same day stand above each other; answers the level of each, 0 at the line. */
export function levels(items: readonly DueKey[], most: number): readonly number[] {
  const perDay = new Map<number, number>();
  return items.map(({ days }) => {
    const level = perDay.get(days) ?? 0;
    perDay.set(days, level + 1);
    return Math.min(level, most);
  });
}
