/** Puts byte strings into one buffer of their own, which can be handed to a thread and wiped as a whole. */
export function packValues(values: readonly Uint8Array[]): ArrayBuffer {
  const size = values.reduce((sum, { length }) => sum + lengthBytes + length, 0);
  const packed = Buffer.from(new ArrayBuffer(size));
  let at = 0;
  for (const value of values) {
    at = packed.writeUInt32LE(value.length, at);
    packed.set(value, at);
    at += value.length;
  }
  return packed.buffer;
}

/** The byte strings again, as parts of the buffer: wiping them wipes it. */
export function unpackValues(packed: ArrayBuffer): Uint8Array[] {
  const lengths = new DataView(packed);
  const values: Uint8Array[] = [];
  for (let at = 0; at < packed.byteLength; ) {
    const length = lengths.getUint32(at, true);
    values.push(new Uint8Array(packed, at + lengthBytes, length));
    at += lengthBytes + length;
  }
  return values;
}

const lengthBytes = 4;
