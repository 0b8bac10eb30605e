/** Bytes of a gram, which is read from the text as one word. */
export const gramBytes = 4;

/** The gram at a place, as it is read from a text of this machine. */
export function gramAt(bytes: Uint8Array, at: number): number {
  let gram = 0;
  for (let next = at; next < at + gramBytes; next += 1) gram = gramAfter(gram, bytes[next] as number);
  return gram;
}

/** The gram one byte further, of which this byte is the last. */
export function gramAfter(gram: number, byte: number): number {
  return isLittleEndian ? (gram >>> 8) | (byte << 24) : (gram << 8) | byte;
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** The two bits of a gram in its word; they may fall together. */
export function markOf(gram: number): number {
  const hash = Math.imul(gram, 0xcc9e2d51);
  return (1 << (hash >>> 27)) | (1 << ((hash >>> 22) & 31));
}

export function windowHash(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0;
  for (let at = start; at < start + length; at += 1)
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193) + 0x3c6ef372;
  return (hash ^ (hash >>> 15)) >>> 0;
}
