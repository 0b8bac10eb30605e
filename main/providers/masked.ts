import type { MaskedMapping } from './operation.ts';
import { textAt } from './pointers.ts';

/** The most that is shown of how a value begins and ends, in characters. */
const most = { before: 12, after: 4 };

/** What may be shown of a key in a list. However the provider answers, it is never a whole secret. */
export function maskedIn(item: unknown, mapping: MaskedMapping): string {
  const text = (pointer: string | undefined) => (pointer === undefined ? '' : (textAt(item, pointer) ?? ''));
  switch (mapping.kind) {
    case 'last-four': {
      const [prefix, lastFour] = [text(mapping.prefix), text(mapping.at).slice(-most.after)];
      if (lastFour === '') return '';
      // A prefix with the end in it is the whole value, or most of it.
      const room = prefix.includes(lastFour) ? roomIn(prefix.length) - lastFour.length : most.before;
      return `${beginning(prefix, room)}…${lastFour}`;
    }
    case 'prefix-suffix':
      return ends(text(mapping.prefix), text(mapping.suffix));
    case 'label':
      return cut(text(mapping.at));
  }
}

/** The two ends of a value: never more than half of what the provider tells of it, of which the end says most. */
function ends(prefix: string, suffix: string): string {
  if (prefix === '' && suffix === '') return '';
  const room = roomIn(lengthTogether(prefix, suffix));
  const shown = Math.min(most.after, suffix.length, room);
  return `${beginning(prefix, room - shown)}…${suffix.slice(suffix.length - shown)}`;
}

function roomIn(length: number): number {
  return Math.min(most.before + most.after, Math.floor(length / 2));
}

function beginning(prefix: string, room: number): string {
  return prefix.slice(0, Math.max(0, Math.min(most.before, room)));
}

/** How long the shortest text is that both are parts of, so that one value told twice counts once. */
function lengthTogether(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // However much of it the other tells again, there is room for the most that is shown.
  if (long.length >= 2 * (most.before + most.after) || long.includes(short)) return long.length;
  return a.length + b.length - Math.max(overlap(a, b), overlap(b, a));
}

/** How many of the last characters of the one are the first of the other. */
function overlap(before: string, after: string): number {
  for (let length = Math.min(before.length, after.length); length > 0; length -= 1) {
    if (before.endsWith(after.slice(0, length))) return length;
  }
  return 0;
}

/** Leaves a label that has been cut as it is, and cuts one that has not. */
function cut(label: string): string {
  if (label.length <= 4) return label;
  const [, before, after] = /^([^.*…•]{0,16})(?:\.{2,}|[*…•]+)([^.*…•]{0,8})$/.exec(label) ?? [];
  return before === undefined ? `…${label.slice(-4)}` : `${before}…${after ?? ''}`;
}
