import type { Day } from './calendar.ts';

/** How many days before a key is due its owner is told; 0 is the day itself. */
export const leadDays = [14, 3, 0] as const;
export type Lead = (typeof leadDays)[number];

/** After the due day, how many days pass between one notice and the next. */
export const againAfterDays = 7;

/** Why a key is announced: a lead time was reached, it is still not done after a week, or its snooze is over. */
export type Reason = Lead | 'again' | 'snooze-over';

/** The due day of a key where its owner is, and a name for it that is the same in every zone: the day as UTC has it. */
export interface DueDay {
  readonly day: Day;
  readonly utcDay: Day;
}

/** One announcement of a lead time: for which due day (as UTC has it), which lead, and the day on which it was made. */
export interface Announced {
  readonly due: Day;
  readonly lead: Lead;
  readonly on: Day;
}

/** What has been announced of one key so far. */
export interface Told {
  readonly leads: readonly Announced[];
  /** The day of the last announcement of any kind; never after the last day that was looked at. */
  readonly last: Day | null;
  /** The snooze whose end was announced, by its day. */
  readonly snooze: Day | null;
}

/** A key of which nothing has been announced. */
export const nothingTold: Told = { leads: [], last: null, snooze: null };

/** What is to be remembered of a key after it was looked at, and the announcement to make, if any. */
export interface Verdict {
  readonly told: Told;
  readonly reason: Reason | null;
}

/**
 * Whether a key is to be announced today.
 *
 * [Note: never missed, never doubled]
 * Each lead time of each due day is announced once: when it has been reached, also late, and then stands for the
 * longer ones that were missed. What has been announced stays announced when the clock is set back, the zone changes or the
 * period is changed there and back, because it is remembered by due day, reckoned in UTC, and lead time, not by when it was. A day
 * that lies before the last announcement means that the clock was wrong one of the times: the week until the next
 * notice is then counted from the earlier day, so that a year ahead by mistake does not silence a year.
 * A snooze puts off everything until its day, on which the key is announced once.
 */
export function judge(due: DueDay | null, today: Day, snoozedUntil: Day | null, told: Told): Verdict {
  const last = told.last === null ? null : Math.min(told.last, today);
  const seen: Told = last === told.last ? told : { ...told, last };
  const lead = due === null ? null : reachedLead(due.day, today);
  if (due === null || lead === null) return { told: seen, reason: null };
  if (snoozedUntil !== null && today < snoozedUntil) return { told: seen, reason: null };
  const snooze = snoozedUntil ?? told.snooze;

  if (!isAnnounced(told, due.utcDay, lead, today))
    return {
      told: { leads: [...told.leads, { due: due.utcDay, lead, on: today }], last: today, snooze },
      reason: lead,
    };
  if (snoozedUntil !== null && told.snooze !== snoozedUntil)
    return { told: { ...seen, last: today, snooze }, reason: 'snooze-over' };
  if (lead === 0 && today > due.day && (last === null || today - last >= againAfterDays))
    return { told: { ...seen, last: today }, reason: 'again' };
  return { told: seen, reason: null };
}

/** The shortest lead time that has been reached; null when the due day is further away than all. */
function reachedLead(due: Day, today: Day): Lead | null {
  let reached: Lead | null = null;
  for (const lead of leadDays) if (due - today <= lead) reached = lead;
  return reached;
}

/** A shorter lead time stands for a longer one, unless it was announced on a day that is still to come. */
function isAnnounced({ leads }: Told, due: Day, lead: Lead, today: Day): boolean {
  return leads.some((one) => one.due === due && (one.lead === lead || (one.lead < lead && one.on <= today)));
}

/** Forgets announcements for days that are long past and not the key's due day any more. */
export function withoutOld(told: Told, due: DueDay, today: Day): Told {
  const leads = told.leads.filter(
    (one) => one.due === due.utcDay || today - Math.max(one.due, one.on) < keptDays,
  );
  return leads.length === told.leads.length ? told : { ...told, leads };
}

/** Longer than any mistake with a clock that is likely to be put right. */
const keptDays = 800;
