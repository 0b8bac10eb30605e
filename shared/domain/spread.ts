import { type Day, weekOf } from './calendar.ts';

/** A key and the day on which it is due. */
export interface DueKey<Id extends string> {
  readonly id: Id;
  readonly due: Day;
}

/** How many keys come due in a week, which is named by its Monday. */
export interface WeekLoad {
  readonly week: Day;
  readonly keys: number;
}

/** The keys that come due in each week from `today` on, weeks without any left out, in order. Overdue keys count as due today. */
export function forecast(keys: readonly DueKey<string>[], today: Day, days: number): WeekLoad[] {
  const perWeek = new Map<Day, number>();
  for (const { due } of keys) {
    if (due > today + days) continue;
    const week = weekOf(Math.max(due, today));
    perWeek.set(week, (perWeek.get(week) ?? 0) + 1);
  }
  return [...perWeek].map(([week, count]) => ({ week, keys: count })).sort((a, b) => a.week - b.week);
}

/**
 * Spreads the keys of one week over it and the weeks before, from `today` on, so that the fullest week gets as few as
 * possible. A key is only ever moved to an earlier day, by at most `mostEarlier` days, on the same day of the week;
 * those that are moved are the ones due last. `others` is what is due in these weeks already. Answers the new day of
 * every key that is moved.
 */
export function spread<Id extends string>(
  keys: readonly DueKey<Id>[],
  others: readonly WeekLoad[],
  today: Day,
  mostEarlier: number,
): Map<Id, Day> {
  const load = new Map(others.map(({ week, keys: count }) => [week, count]));
  const days = new Map<Id, Day>();
  for (const { id, due } of [...keys].sort((a, b) => a.due - b.due)) {
    const week = weekOf(due);
    const choices: Day[] = [];
    for (let day = due; day >= today && due - day <= mostEarlier; day -= 7) choices.push(day);
    // Of weeks that are equally full the latest, so that nothing is rotated earlier than it helps.
    const best = choices.reduce<Day>(
      (chosen, day) => ((load.get(weekOf(day)) ?? 0) < (load.get(weekOf(chosen)) ?? 0) ? day : chosen),
      due,
    );
    load.set(weekOf(best), (load.get(weekOf(best)) ?? 0) + 1);
    if (weekOf(best) !== week) days.set(id, best);
  }
  return days;
}
