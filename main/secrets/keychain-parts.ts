import { createHash } from 'node:crypto';

/*
 * How a value that is too long for one item is kept: in parts under names of their own, and a head under the
 * value's name that says which parts. There are two generations of part names; a write uses the one that is not
 * in use and puts the head last, so that a crash midway leaves the old value whole. [Note: head is last]
 */

export type Generation = 'a' | 'b';

export interface Head {
  readonly generation: Generation;
  readonly parts: number;
  /** SHA-256 of the whole value, so that parts that do not belong together are noticed. */
  readonly digest: string;
}

const mark = 'keyturn-parts';
const pattern = new RegExp(`^${mark} 1 ([ab]) ([1-9]\\d{0,5}) ([0-9a-f]{64})$`);

/** The text of a head. */
export function headText(head: Head): string {
  return `${mark} 1 ${head.generation} ${head.parts} ${head.digest}`;
}

/** Reads a head; null for a value that stands for itself. */
export function parseHead(text: string): Head | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const [, generation, parts, digest] = found;
  return { generation: generation === 'b' ? 'b' : 'a', parts: Number(parts), digest: String(digest) };
}

/** Whether the value has to be kept in parts: it is too long, or could be taken for a head. */
export function needsParts(value: string, limitBytes: number): boolean {
  return value.startsWith(mark) || Buffer.byteLength(value) > limitBytes;
}

/** The name of one part, counted from 0. */
export function partName(name: string, generation: Generation, index: number): string {
  return `${name}#${generation}.${index}`;
}

export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** Cuts the value between characters, so that no part is longer than the limit in UTF-8; 4 bytes hold any character. */
export function splitIntoParts(value: string, limitBytes: number): string[] {
  const encoder = new TextEncoder();
  const room = new Uint8Array(Math.max(limitBytes, 4));
  const parts: string[] = [];
  for (let at = 0; at < value.length; ) {
    const { read } = encoder.encodeInto(value.slice(at, at + room.length), room);
    parts.push(value.slice(at, at + read));
    at += read;
  }
  return parts;
}
