import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Lane } from './lanes.ts';
import type { DueKey } from './timeline.ts';

/** What was pressed, as the time line reads it. */
export interface Pressed {
  readonly key: string;
  readonly ctrl: boolean;
}

/**
 * The key that a press leads to: left and right by day within the lane, up and down to the nearest day of the next
 * lane, Home and End to the ends of the lane, and with Ctrl to the first and the last of all. null: it leads nowhere.
 */
export function moveMark(pressed: Pressed, lanes: readonly Lane[], current: KeyId | null): DueKey | null {
  const at = placeOf(lanes, current);
  if (at === null) return isMove(pressed.key) ? (lanes[0]?.items[0] ?? null) : null;
  const { lane, index, laneIndex } = at;
  switch (pressed.key) {
    case 'ArrowRight':
      return lane.items[index + 1] ?? null;
    case 'ArrowLeft':
      return lane.items[index - 1] ?? null;
    case 'ArrowDown':
      return nearest(lanes[laneIndex + 1], lane.items[index]);
    case 'ArrowUp':
      return nearest(lanes[laneIndex - 1], lane.items[index]);
    case 'Home':
      return (pressed.ctrl ? lanes[0]?.items[0] : lane.items[0]) ?? null;
    case 'End':
      return (pressed.ctrl ? lanes.at(-1)?.items.at(-1) : lane.items.at(-1)) ?? null;
    default:
      return null;
  }
}

const moves: readonly string[] = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'];
const isMove = (key: string): boolean => moves.includes(key);

/** Where a key is among the lanes, and its number among all marks, counted from 1. */
export function placeOf(
  lanes: readonly Lane[],
  id: KeyId | null,
): {
  readonly lane: Lane;
  readonly laneIndex: number;
  readonly index: number;
  readonly position: number;
} | null {
  let before = 0;
  for (const [laneIndex, lane] of lanes.entries()) {
    const index = lane.items.findIndex(({ key }) => key.id === id);
    if (index !== -1) return { lane, laneIndex, index, position: before + index + 1 };
    before += lane.items.length;
  }
  return null;
}

function nearest(lane: Lane | undefined, from: DueKey | undefined): DueKey | null {
  if (lane === undefined || from === undefined) return null;
  const distance = ({ days }: DueKey) => Math.abs(days - from.days);
  return lane.items.reduce((best, item) => (distance(item) < distance(best) ? item : best));
}
