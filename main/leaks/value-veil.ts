import { createText, type ValueIndex } from './value-index.ts';

/** Stands where a value stood. */
const veil = '[secret]';

/**
 * Makes the function that takes values out of what is shown: a commit's subject, or even a file's name, may have one in it.
 * Text without a value stays as it is.
 */
export function createVeil(index: Pick<ValueIndex, 'search'>): (text: string) => string {
  return (text) => {
    const bytes = Buffer.from(text, 'utf8');
    const room = createText(bytes.length);
    room.bytes.set(bytes);
    const found: { start: number; end: number }[] = [];
    index.search(room, bytes.length, (_, start, end) => found.push({ start, end }));
    if (found.length === 0) return text;
    let shown = '';
    let at = 0;
    for (const { start, end } of found.sort((a, b) => a.start - b.start)) {
      if (start >= at) shown += bytes.toString('utf8', at, start) + veil;
      at = Math.max(at, end);
    }
    return shown + bytes.toString('utf8', at);
  };
}
