/** What a movement in a list needs to know. */
export interface ListPosition {
  /** The index of the active row; -1 when there is none. */
  readonly active: number;
  readonly length: number;
  /** How many rows Page Up and Page Down pass over. */
  readonly page: number;
  readonly isHeading: (index: number) => boolean;
}

/** Where a key moves the active row, headings passed over; null when the key does not move or there is nowhere to go. */
export function moveActive(key: string, position: ListPosition): number | null {
  const { active, length, page } = position;
  const last = length - 1;
  switch (key) {
    case 'ArrowDown':
      return rowFrom(active + 1, 1, position);
    case 'ArrowUp':
      return active === -1 ? rowFrom(last, -1, position) : rowFrom(active - 1, -1, position);
    case 'Home':
      return rowFrom(0, 1, position);
    case 'End':
      return rowFrom(last, -1, position);
    case 'PageDown':
      return rowFrom(Math.min(last, active + page), 1, position) ?? rowFrom(last, -1, position);
    case 'PageUp':
      return rowFrom(Math.max(0, active - page), -1, position) ?? rowFrom(0, 1, position);
    default:
      return null;
  }
}

/** The first row at or after `from` in the direction of `step` that is not a heading; null when there is none. */
function rowFrom(from: number, step: 1 | -1, { length, isHeading }: ListPosition): number | null {
  let index = from;
  while (index >= 0 && index < length) {
    if (!isHeading(index)) return index;
    index += step;
  }
  return null;
}

/**
 * The next row that begins with what was typed, going around at the end; -1 when none does. A single letter
 * typed again goes on to the next one; longer text may stay where it is.
 */
export function typeAhead(
  text: string,
  active: number,
  length: number,
  textAt: (index: number) => string,
): number {
  const same = [...text].every((letter) => letter === text[0]);
  const sought = same ? text.slice(0, 1) : text;
  const first = same ? active + 1 : Math.max(active, 0);
  for (let passed = 0; passed < length; passed += 1) {
    const index = (first + passed) % length;
    if (textAt(index).startsWith(sought)) return index;
  }
  return -1;
}
