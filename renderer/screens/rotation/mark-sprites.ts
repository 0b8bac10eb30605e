import { usedShare } from '../../../shared/domain/due.ts';
import type { Spot } from './line-layout.ts';
import type { Palette } from './line-palette.ts';
import { standingOf } from './timeline.ts';

/** A picture of a mark, drawn once; its side is in CSS pixels. */
export interface Sprite {
  readonly image: HTMLCanvasElement;
  readonly side: number;
}

/** Draws marks once for each look and keeps them, so that a frame with hundreds of them only copies. */
export type Sprites = (spot: Spot, now: number) => Sprite;

const side = 22;
const radius = 6;
const steps = 24;

type State = 'fine' | 'due-soon' | 'overdue' | 'snoozed';

/** The sprites for a palette and a pixel density; made anew when either changes. */
export function createSprites(palette: Palette, dpr: number): Sprites {
  const kept = new Map<string, Sprite>();
  return (spot, now) => {
    const look = lookOf(spot, now);
    const name = `${look.state} ${look.count} ${look.step}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const image = document.createElement('canvas');
    image.width = image.height = Math.ceil(side * dpr);
    const context = image.getContext('2d');
    if (context !== null) {
      context.scale(dpr, dpr);
      context.translate(side / 2, side / 2);
      if (look.count === 1) drawRing(context, palette, look.state, look.step / steps);
      else drawNumber(context, palette, look.state, look.count);
    }
    const sprite = { image, side };
    kept.set(name, sprite);
    return sprite;
  };
}

interface Look {
  readonly state: State;
  readonly count: number;
  /** How much of its period is used, in 24ths; 0 for several keys. */
  readonly step: number;
}

/** Of several keys the most pressing one says how they stand: they are snoozed where all of them are. */
function lookOf({ items }: Spot, now: number): Look {
  const first = items.find(({ isSnoozed }) => !isSnoozed) ?? items[0];
  if (first === undefined) return { state: 'fine', count: 0, step: 0 };
  const standing = standingOf(first, now);
  const state = standing === 'never' ? 'fine' : standing;
  if (items.length > 1) return { state, count: items.length, step: 0 };
  const share = usedShare(first.key.issuedAt, first.dueAt, now) ?? 0;
  return { state, count: 1, step: state === 'overdue' ? steps : Math.round(Math.min(1, share) * steps) };
}

const inkOf = (palette: Palette, state: State): string =>
  ({
    fine: palette.accent,
    'due-soon': palette.dueSoon,
    overdue: palette.overdue,
    snoozed: palette.textFaint,
  })[state];

/** The ring of the key list: the arc is the share that is used, a dot says soon, a full ring with a mark says overdue, two bars say snoozed. */
function drawRing(context: CanvasRenderingContext2D, palette: Palette, state: State, share: number): void {
  context.lineWidth = 2.5;
  context.strokeStyle = palette.track;
  context.fillStyle = palette.surface;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  const ink = inkOf(palette, state);
  context.strokeStyle = context.fillStyle = ink;
  context.beginPath();
  context.arc(0, 0, radius, -Math.PI / 2, -Math.PI / 2 + Math.max(0.02, share) * 2 * Math.PI);
  context.stroke();
  if (state === 'due-soon') {
    context.beginPath();
    context.arc(0, 0, 1.75, 0, 2 * Math.PI);
    context.fill();
  }
  if (state === 'overdue') drawExclamation(context, 0);
  if (state === 'snoozed') for (const x of [-2.4, 0.8]) context.fillRect(x, -2.8, 1.6, 5.6);
}

function drawExclamation(context: CanvasRenderingContext2D, x: number): void {
  context.beginPath();
  context.moveTo(x - 0.9, -3.6);
  context.lineTo(x + 0.9, -3.6);
  context.lineTo(x + 0.6, 0.9);
  context.lineTo(x - 0.6, 0.9);
  context.fill();
  context.beginPath();
  context.arc(x, 2.7, 0.95, 0, 2 * Math.PI);
  context.fill();
}

/** Several keys in one place: their number in a round field; what is overdue has a double edge, what is snoozed a broken one. */
function drawNumber(context: CanvasRenderingContext2D, palette: Palette, state: State, count: number): void {
  const soft = {
    fine: palette.accentSoft,
    'due-soon': palette.dueSoonSoft,
    overdue: palette.overdueSoft,
    snoozed: palette.sunken,
  };
  const half = side / 2 - 1.5;
  context.beginPath();
  context.roundRect(-half, -half + 1, 2 * half, 2 * half - 2, 7);
  context.fillStyle = soft[state];
  context.fill();
  context.strokeStyle = inkOf(palette, state);
  context.lineWidth = state === 'overdue' ? 2 : 1;
  if (state === 'snoozed') context.setLineDash([2.5, 2]);
  context.stroke();
  context.fillStyle = palette.text;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `600 ${count < 100 ? 11 : 9}px ${palette.face}`;
  context.fillText(count < 1_000 ? String(count) : `${Math.floor(count / 1_000)}k`, 0, 0.5);
}
