import type { Lane } from './lanes.ts';
import type { DueKey } from './timeline.ts';

/** What is drawn at one place of a lane: one key, or as many as fall together there. */
export interface Spot {
  /** Its middle, in CSS pixels from the left of its area: the overdue band, or the time after it. */
  readonly x: number;
  /** Its middle, from the top of all lanes. */
  readonly y: number;
  /** Never empty; the key that is due first comes first. */
  readonly items: readonly DueKey[];
}

/** One lane as it is laid out. Its spots stand from left to right. */
export interface LaneLayout {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
  readonly isFolded: boolean;
  readonly overdue: readonly Spot[];
  readonly ahead: readonly Spot[];
}

/** The whole picture without what frames it. */
export interface Layout {
  readonly lanes: readonly LaneLayout[];
  readonly height: number;
  readonly bandWidth: number;
  readonly pxPerDay: number;
}

/** What is free before today, so that the marks of today stand whole. */
export const leadIn = 14;
/** What is free after the last day, so that its marks do. */
export const leadOut = 8;
/** How wide a day is where so many are in view after today, beside a band for what is overdue. */
export const dayWidth = (width: number, bandWidth: number, days: number): number =>
  Math.max(1, width - bandWidth - leadIn - leadOut) / (days + 1);
/** Marks that are closer than this fall together. */
export const spotSize = 20;
/** In an open lane, how many marks that fall together stand above each other before they become a number. */
export const mostStacked = 3;
const levelHeight = 18;
const lanePadding = 6;

export interface LayoutInput {
  readonly lanes: readonly Lane[];
  readonly folded: ReadonlySet<string>;
  /** The width of the overdue band; 0 where nothing is overdue. */
  readonly bandWidth: number;
  readonly pxPerDay: number;
}

/**
 * Where every key stands. In an open lane up to three keys that fall together are stacked; more of them, or any in a
 * folded lane, become one spot with their number, so that no key is ever behind another.
 */
export function layOut({ lanes, folded, bandWidth, pxPerDay }: LayoutInput): Layout {
  const longest = Math.max(7, ...lanes.map(({ items }) => -(items[0]?.days ?? 0)));
  const xOf = ({ days }: DueKey) =>
    days < 0 ? overdueX(-days, longest, bandWidth) : leadIn + (days + 0.5) * pxPerDay;
  let top = 0;
  const laid = lanes.map((lane): LaneLayout => {
    const isFolded = folded.has(lane.id);
    const ahead = lane.items.findIndex(({ days }) => days >= 0);
    const split = ahead === -1 ? lane.items.length : ahead;
    const groups = {
      overdue: groupsOf(lane.items, 0, split, xOf),
      ahead: groupsOf(lane.items, split, lane.items.length, xOf),
    };
    const levels = isFolded ? 1 : levelsOf([...groups.overdue, ...groups.ahead]);
    const height = levels * levelHeight + lanePadding;
    const place = { top, height, levels };
    top += height;
    return {
      lane,
      top: place.top,
      height,
      isFolded,
      overdue: groups.overdue.flatMap((group) => spotsOf(group, place)),
      ahead: groups.ahead.flatMap((group) => spotsOf(group, place)),
    };
  });
  return { lanes: laid, height: top, bandWidth, pxPerDay };
}

/** The longer overdue, the further left; the square root keeps days apart from each other while years still fit. */
function overdueX(days: number, longest: number, width: number): number {
  const room = Math.max(0, width - spotSize);
  return width - spotSize / 2 - room * Math.sqrt((days - 1) / Math.max(1, longest - 1));
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly items: readonly DueKey[];
}

function groupsOf(
  items: readonly DueKey[],
  start: number,
  end: number,
  xOf: (item: DueKey) => number,
): readonly Group[] {
  const groups: { from: number; to: number; items: DueKey[] }[] = [];
  for (let index = start; index < end; index += 1) {
    const item = items[index];
    if (item === undefined) continue;
    const x = xOf(item);
    const last = groups.at(-1);
    if (last !== undefined && x - last.from < spotSize) {
      last.items.push(item);
      last.to = x;
    } else groups.push({ from: x, to: x, items: [item] });
  }
  return groups;
}

/** As many levels as the fullest group needs that is still told apart. */
function levelsOf(groups: readonly Group[]): number {
  let most = 1;
  for (const { items } of groups) if (items.length <= mostStacked) most = Math.max(most, items.length);
  return most;
}

function spotsOf(
  { from, to, items }: Group,
  { top, height, levels }: { readonly top: number; readonly height: number; readonly levels: number },
): readonly Spot[] {
  const x = (from + to) / 2;
  if (items.length > levels) return [{ x, y: top + height / 2, items }];
  const first = top + height / 2 + ((items.length - 1) * levelHeight) / 2;
  return items.map((item, level) => ({ x, y: first - level * levelHeight, items: [item] }));
}

/** The index of the first spot at or after `x`. */
export function firstFrom(spots: readonly Spot[], x: number): number {
  let low = 0;
  let high = spots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spots[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A place in the picture: in the overdue band or after it. `x` is from the left of that area. */
export interface Point {
  readonly area: 'overdue' | 'ahead';
  readonly x: number;
  readonly y: number;
}

/** The spot at a point; null where there is none within reach. */
export function spotAt({ lanes }: Layout, { area, x, y }: Point): Spot | null {
  const at = lanes.find(({ top, height }) => y >= top && y < top + height);
  if (at === undefined) return null;
  const spots = at[area];
  let nearest: Spot | null = null;
  let best = spotSize / 2 + 1;
  for (let index = firstFrom(spots, x - spotSize); index < spots.length; index += 1) {
    const spot = spots[index];
    if (spot === undefined || spot.x > x + spotSize) break;
    const distance = Math.max(Math.abs(spot.x - x), Math.abs(spot.y - y));
    if (distance < best) {
      best = distance;
      nearest = spot;
    }
  }
  return nearest;
}

/** Where a key stands; null where it has no mark. */
export function spotOf(
  { lanes }: Layout,
  item: DueKey,
): { readonly area: Point['area']; readonly spot: Spot } | null {
  const at = lanes.find(({ lane }) => lane.id === item.key.providerId);
  if (at === undefined) return null;
  const area = item.days < 0 ? 'overdue' : 'ahead';
  const spot = at[area].find(({ items }) => items.some(({ key }) => key.id === item.key.id));
  return spot === undefined ? null : { area, spot };
}
