import { mostDays } from './lanes.ts';

/** The zooms that have a name, in days. */
export const namedZooms = [
  { days: 14, label: '2 weeks' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: '1 year' },
] as const;

/** The least and the most days that fit into view. */
export const leastZoom = 14;
export const mostZoom = 365;
const step = 1.5;

/** As many days as the zoom allows. */
export const limitZoom = (days: number): number => Math.min(mostZoom, Math.max(leastZoom, days));

/** One step closer or further away. */
export const zoomBy = (days: number, steps: number): number => limitZoom(Math.round(days * step ** -steps));

/** A turn of the wheel with Ctrl held, in CSS pixels: smooth where the wheel is. */
export const zoomByWheel = (days: number, delta: number): number =>
  limitZoom(days * 1.002 ** Math.max(-200, Math.min(200, delta)));

/** How many days the line holds: today and what fits into view after it, or up to the last key that has a mark. */
export const lengthOf = (days: number, last: number): number => Math.min(mostDays, Math.max(days, last)) + 1;
