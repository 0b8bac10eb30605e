import { readSync } from 'node:fs';

const bufferBytes = 256 * 1024;

/** The line that each place of the file is on. */
export function linesAt(descriptor: number, places: readonly number[]): Map<number, number> {
  const lines = new Map<number, number>();
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  const buffer = Buffer.alloc(bufferBytes);
  let line = 1;
  let position = 0;
  let next = 0;
  while (next < sorted.length) {
    const count = readSync(descriptor, buffer, 0, buffer.length, position);
    if (count === 0) break;
    for (let at = 0; at < count && next < sorted.length; at += 1) {
      while (sorted[next] === position + at) {
        lines.set(position + at, line);
        next += 1;
      }
      if (buffer[at] === 0x0a) line += 1;
    }
    position += count;
  }
  buffer.fill(0);
  return lines;
}
