import { dueSoonDays } from '../../../shared/domain/due.ts';
import type { WeekLoad } from '../../../shared/domain/spread.ts';
import { firstFrom, type LaneLayout, type Layout, leadIn, type Spot, spotSize } from './line-layout.ts';
import type { Palette } from './line-palette.ts';
import type { Tick } from './line-ticks.ts';
import type { Sprites } from './mark-sprites.ts';

/** The heights of what frames the lanes, in CSS pixels. */
export const axisHeight = 28;
export const loadHeight = 44;

/** Everything that one frame shows. Lengths are in CSS pixels. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly scrollX: number;
  readonly scrollY: number;
  readonly layout: Layout;
  readonly ticks: readonly Tick[];
  readonly weeks: readonly WeekLoad[];
  /** The day that the weeks are counted from. */
  readonly today: number;
  /** The week that stands out; null where none does. */
  readonly peak: number | null;
  /** How many days the line holds. */
  readonly length: number;
  readonly overdue: number;
  /** What would be overdue, and was put off. */
  readonly snoozed: number;
  /** How much of today is over: 0 to 1. */
  readonly ofToday: number;
  readonly chosen: Spot | null;
  readonly hovered: Spot | null;
  readonly now: number;
}

/** Draws one frame of the time line. Only what is in view is touched. */
export function paint(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  sprites: Sprites,
): void {
  const { width, height, layout, scrollX } = scene;
  const { bandWidth, pxPerDay } = layout;
  const xOf = (days: number) => bandWidth + leadIn + days * pxPerDay - scrollX;
  const lanesBottom = height - loadHeight;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, height);
  if (scene.overdue > 0)
    shade(context, palette.overdueSoft, [0, axisHeight, bandWidth, lanesBottom - axisHeight]);

  within(context, bandWidth, 0, width - bandWidth, height, () => {
    paintSoon(context, scene, palette, xOf, lanesBottom);
    paintGrid(context, scene, palette, xOf, lanesBottom);
    paintToday(context, scene, palette, xOf, lanesBottom);
  });
  within(context, 0, axisHeight, width, lanesBottom - axisHeight, () =>
    paintLanes(context, scene, palette, sprites),
  );
  within(context, bandWidth, 0, width - bandWidth, height, () => {
    paintAxis(context, scene, palette, xOf);
    paintLoad(context, scene, palette, xOf, lanesBottom);
  });
  paintBand(context, scene, palette, lanesBottom);
  context.fillStyle = palette.lineStrong;
  context.fillRect(0, axisHeight - 1, width, 1);
  context.fillRect(0, lanesBottom, width, 1);
}

type Place = (days: number) => number;

function within(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}

function paintSoon(
  context: CanvasRenderingContext2D,
  { layout }: Scene,
  palette: Palette,
  xOf: Place,
  bottom: number,
): void {
  const width = (dueSoonDays + 1) * layout.pxPerDay;
  shade(context, palette.dueSoonSoft, [xOf(0), axisHeight, width, bottom - axisHeight]);
}

function shade(
  context: CanvasRenderingContext2D,
  ink: string,
  [x, y, width, height]: readonly [number, number, number, number],
): void {
  context.globalAlpha = 0.5;
  context.fillStyle = ink;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
}

function paintGrid(
  context: CanvasRenderingContext2D,
  { ticks, width }: Scene,
  palette: Palette,
  xOf: Place,
  bottom: number,
): void {
  for (const { days, kind } of ticks) {
    const x = Math.round(xOf(days));
    if (x < 0 || x > width || kind === 'day') continue;
    context.fillStyle = kind === 'month' ? palette.lineStrong : palette.line;
    context.fillRect(x, axisHeight, 1, bottom - axisHeight);
  }
}

function paintLanes(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  sprites: Sprites,
): void {
  const { layout, scrollX, scrollY, width, height } = scene;
  const bottom = height - loadHeight;
  for (const lane of layout.lanes) {
    const top = axisHeight + lane.top - scrollY;
    if (top > bottom) break;
    if (top + lane.height < axisHeight) continue;
    context.fillStyle = palette.line;
    context.fillRect(0, Math.round(top + lane.height) - 1, width, 1);
    within(context, layout.bandWidth, axisHeight, width - layout.bandWidth, bottom - axisHeight, () => {
      const shift = layout.bandWidth - scrollX;
      paintSpots(context, scene, palette, sprites, lane.ahead, { shift, from: scrollX, to: scrollX + width });
    });
    paintSpots(context, scene, palette, sprites, lane.overdue, { shift: 0, from: 0, to: layout.bandWidth });
  }
}

function paintSpots(
  context: CanvasRenderingContext2D,
  { scrollY, now, chosen, hovered }: Scene,
  palette: Palette,
  sprites: Sprites,
  spots: LaneLayout['ahead'],
  view: { readonly shift: number; readonly from: number; readonly to: number },
): void {
  for (let index = firstFrom(spots, view.from - spotSize); index < spots.length; index += 1) {
    const spot = spots[index];
    if (spot === undefined || spot.x > view.to + spotSize) break;
    const x = spot.x + view.shift;
    const y = axisHeight + spot.y - scrollY;
    const { image, side } = sprites(spot, now);
    context.drawImage(image, x - side / 2, y - side / 2, side, side);
    if (spot === chosen) outline(context, x, y, palette.focus, 2);
    else if (spot === hovered) outline(context, x, y, palette.textFaint, 1);
  }
}

function outline(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  ink: string,
  lineWidth: number,
): void {
  context.strokeStyle = ink;
  context.lineWidth = lineWidth;
  context.beginPath();
  context.roundRect(x - 11.5, y - 11.5, 23, 23, 8);
  context.stroke();
}

function paintAxis(
  context: CanvasRenderingContext2D,
  { ticks, width, layout }: Scene,
  palette: Palette,
  xOf: Place,
): void {
  context.fillStyle = palette.surface;
  context.fillRect(layout.bandWidth, 0, width, axisHeight);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { days, kind, label } of ticks) {
    const x = Math.round(xOf(days));
    if (x < -100 || x > width) continue;
    context.fillStyle = kind === 'month' ? palette.textFaint : palette.lineStrong;
    const length = kind === 'day' ? 4 : 8;
    context.fillRect(x, axisHeight - length, 1, length);
    if (label === '') continue;
    context.font = `${kind === 'month' ? 600 : 400} 11px ${palette.face}`;
    context.fillStyle = kind === 'month' ? palette.text : palette.textFaint;
    // A word is there as a whole or not at all.
    if (x + 4 + context.measureText(label).width <= width) context.fillText(label, x + 4, axisHeight / 2 - 1);
  }
  const today = xOf(0);
  context.font = `600 11px ${palette.face}`;
  context.fillStyle = palette.accentText;
  context.fillText('Today', today + 4, axisHeight / 2 - 1);
}

/** As much of a bar has to be in view as its number is wide, in CSS pixels. */
const leastSeen = 11;

/** How many keys come due in each week: a bar with its number; the week that stands out in bold. */
function paintLoad(
  context: CanvasRenderingContext2D,
  { weeks, peak, today, length, layout, width, height }: Scene,
  palette: Palette,
  xOf: Place,
  bottom: number,
): void {
  context.fillStyle = palette.surface;
  context.fillRect(0, bottom, width, height - bottom);
  const most = Math.max(1, ...weeks.map(({ keys }) => keys));
  const weekWidth = 7 * layout.pxPerDay;
  const room = height - bottom - 18;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const { week, keys } of weeks) {
    const from = Math.max(0, week - today);
    const left = xOf(from) + 1.5;
    const right = xOf(Math.min(length, week - today + 7)) - 1.5;
    if (keys === 0 || right < layout.bandWidth || left > width) continue;
    const tall = Math.max(2, (keys / most) * room);
    context.fillStyle = week === peak ? palette.accent : palette.track;
    context.fillRect(left, height - tall - 1, right - left, tall);
    const seen = [Math.max(left, layout.bandWidth), Math.min(right, width)] as const;
    if (weekWidth < 16 || seen[1] - seen[0] < leastSeen) continue;
    context.font = `${week === peak ? 700 : 400} 10px ${palette.face}`;
    context.fillStyle = week === peak ? palette.text : palette.textQuiet;
    context.fillText(
      keys < 1_000 ? String(keys) : `${Math.round(keys / 1_000)}k`,
      (seen[0] + seen[1]) / 2,
      height - tall - 4,
    );
  }
}

function paintToday(
  context: CanvasRenderingContext2D,
  { ofToday }: Scene,
  palette: Palette,
  xOf: Place,
  bottom: number,
): void {
  const x = Math.round(xOf(ofToday));
  context.fillStyle = palette.accent;
  context.fillRect(x - 1, axisHeight, 2, bottom - axisHeight);
}

/** What is overdue, put off or not, stands before today, in a field of its own that does not move. */
function paintBand(
  context: CanvasRenderingContext2D,
  { layout: { bandWidth }, overdue, snoozed, height }: Scene,
  palette: Palette,
  bottom: number,
): void {
  if (bandWidth === 0) return;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, bandWidth, axisHeight);
  context.fillRect(0, bottom, bandWidth, height - bottom);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = `600 11px ${palette.face}`;
  context.fillStyle = overdue > 0 ? palette.overdue : palette.textFaint;
  const title =
    overdue > 0 ? `Overdue ${overdue.toLocaleString('en-GB')}` : `Snoozed ${snoozed.toLocaleString('en-GB')}`;
  context.fillText(title, 6, axisHeight / 2 - 1);
  context.fillStyle = palette.lineStrong;
  context.fillRect(bandWidth - 1, 0, 1, height);
}
