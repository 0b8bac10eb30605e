/** A line in the time line's axis. */
export interface Tick {
  /** Calendar days from today. */
  readonly days: number;
  /** Empty where there is no room for words. */
  readonly label: string;
  readonly kind: 'month' | 'week' | 'day';
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short' });
const monthAndYear = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' });

/** The least room in CSS pixels that a label of each kind needs. */
const room = { day: 48, week: 52, month: 44 } as const;
/** Below this a month's name is shortened. */
const wholeMonth = 84;

/**
 * The lines of the axis from today on: the first of each month, each Monday, and each day where there is room for its
 * name. Labels are left out before they would run into each other.
 */
export function ticksOf(now: number, days: number, pxPerDay: number): readonly Tick[] {
  const today = new Date(now);
  const ticks: Tick[] = [];
  const areDaysNamed = pxPerDay >= room.day;
  const areWeeksNamed = pxPerDay * 7 >= room.week;
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const at = new Date(today.getFullYear(), today.getMonth(), today.getDate() + ahead);
    const isMonday = at.getDay() === 1;
    if (at.getDate() === 1)
      ticks.push({ days: ahead, kind: 'month', label: monthWords(at, areWeeksNamed, pxPerDay) });
    else if (isMonday)
      ticks.push({
        days: ahead,
        kind: 'week',
        label: areWeeksNamed && !areDaysNamed ? dayAndMonth.format(at) : dayWords(at, areDaysNamed),
      });
    else if (areDaysNamed) ticks.push({ days: ahead, kind: 'day', label: weekday.format(at) });
  }
  return apart(ticks, pxPerDay);
}

const dayWords = (at: Date, isNamed: boolean): string => (isNamed ? weekday.format(at) : '');

function monthWords(at: Date, areWeeksNamed: boolean, pxPerDay: number): string {
  if (areWeeksNamed) return dayAndMonth.format(at);
  if (pxPerDay * 28 < room.month) return '';
  if (at.getMonth() === 0) return monthAndYear.format(at);
  return (pxPerDay * 28 < wholeMonth ? shortMonth : month).format(at);
}

/** Where two labels are too close the month's stays, otherwise the earlier one. "Today" stands at the beginning. */
function apart(ticks: readonly Tick[], pxPerDay: number): readonly Tick[] {
  const months = ticks.filter(({ kind, label }) => kind === 'month' && label !== '');
  const least = room.week;
  const isFree = (tick: Tick, others: readonly Tick[]) =>
    others.every((other) => other === tick || Math.abs(other.days - tick.days) * pxPerDay >= least);
  return ticks.map((tick) => {
    if (tick.label === '') return tick;
    const isBehindToday = tick.days * pxPerDay < least;
    const isCovered = tick.kind === 'week' && !isFree(tick, months);
    return isBehindToday || isCovered ? { ...tick, label: '' } : tick;
  });
}
