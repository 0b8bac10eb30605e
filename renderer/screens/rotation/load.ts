import { type Calendar, calendarIn, type Day, isoOf, weekOf } from '../../../shared/domain/calendar.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { type DueKey as DueOn, forecast, spread, type WeekLoad } from '../../../shared/domain/spread.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { type DueKey, horizonDays } from './timeline.ts';

/** How much earlier than it is due a key may be planned, so that a week has less: four weeks. */
export const mostEarlier = 28;

/** From how many keys on a week is worth a word. */
const leastPeak = 6;

/** A key that is to be rotated on an earlier day than it is due, this once. */
export interface Move {
  readonly key: KeyRow;
  readonly from: Day;
  readonly to: Day;
}

/** How many keys come due in each week, and the week that has clearly more than the others. */
export interface Load {
  readonly today: Day;
  readonly weeks: readonly WeekLoad[];
  /** null where no week stands out, or where nothing would get better. */
  readonly peak: Peak | null;
  /** The keys that are planned for an earlier day. */
  readonly planned: readonly DueKey[];
}

export interface Peak extends WeekLoad {
  readonly moves: readonly Move[];
  /** How many keys each week would have then. */
  readonly after: readonly WeekLoad[];
}

/** The calendar of this machine. */
export const localCalendar = (): Calendar => calendarIn(new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** What comes due week by week, up to the end of the line. `items` are all keys that are due some day. */
export function loadOf(items: readonly DueKey[], days: number, now: number, calendar: Calendar): Load {
  const today = calendar.dayOf(now);
  const ahead = items.filter((item) => item.days >= 0);
  const due = ahead.map(({ key, dueAt }): DueOn<KeyId> => ({ id: key.id, due: calendar.dayOf(dueAt) }));
  return {
    today,
    weeks: forecast(due, today, days),
    peak: peakOf(ahead, due, today),
    planned: items.filter(({ key }) => key.dueBecause === 'plan'),
  };
}

/**
 * The fullest week of the next 90 days after this one, where it has at least six keys and twice as many as the other
 * weeks that have any, on average, and where spreading makes it less full. Keys that are planned already stay where they
 * are.
 */
function peakOf(items: readonly DueKey[], due: readonly DueOn<KeyId>[], today: Day): Peak | null {
  const weeks = forecast(due, today, horizonDays);
  const fullest = weeks
    .filter(({ week }) => week > weekOf(today))
    .reduce<WeekLoad | null>((most, week) => (most === null || week.keys > most.keys ? week : most), null);
  if (fullest === null || fullest.keys < leastPeak) return null;
  const others = weeks.filter(({ week, keys }) => week !== fullest.week && keys > 0);
  const average = others.reduce((sum, { keys }) => sum + keys, 0) / Math.max(1, others.length);
  if (fullest.keys < 2 * average) return null;

  const rows = new Map(items.map(({ key }) => [key.id, key]));
  const movable = due.filter(
    ({ id, due: day }) => weekOf(day) === fullest.week && rows.get(id)?.dueBecause !== 'plan',
  );
  const chosen = new Set(movable.map(({ id }) => id));
  const settled = forecast(
    due.filter(({ id }) => !chosen.has(id)),
    today,
    horizonDays,
  );
  const moved = spread(movable, settled, today, mostEarlier);
  const moves = movable.flatMap(({ id, due: from }): Move[] => {
    const to = moved.get(id);
    const key = rows.get(id);
    return to === undefined || key === undefined ? [] : [{ key, from, to }];
  });
  if (moves.length === 0) return null;
  const after = forecast(
    due.map((one) => ({ ...one, due: moved.get(one.id) ?? one.due })),
    today,
    horizonDays,
  );
  return { ...fullest, moves, after };
}

/** The plans as main takes them. */
export const plansOf = (moves: readonly Move[]): { id: KeyId; day: string }[] =>
  moves.map(({ key, to }) => ({ id: key.id, day: isoOf(to) }));
