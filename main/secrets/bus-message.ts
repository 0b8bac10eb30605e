/*
 * As much of the D-Bus wire format (little-endian, version 1) as a look at the Secret Service takes: calls whose
 * arguments are strings, and answers made of the types below.
 * https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol
 */

export type BusValue = string | number | boolean | readonly BusValue[];

export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments: readonly string[];
}

export interface BusAnswer {
  readonly replyTo: number;
  /** The name of the error; null for a method's return. */
  readonly error: string | null;
  readonly body: readonly BusValue[];
}

const messageType = { call: 1, return: 2, error: 3 } as const;
const header = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  signature: 8,
} as const;

/** Nothing that we ask has an answer near this size. */
const longestAnswer = 1024 * 1024;

const padding = (offset: number, alignment: number) => (alignment - (offset % alignment)) % alignment;

/** The bytes of a method call. */
export function encodeCall(serial: number, call: BusCall): Buffer {
  const signature = 's'.repeat(call.arguments.length);
  const fields: Array<readonly [code: number, type: string, value: string]> = [
    [header.path, 'o', call.path],
    [header.interface, 's', call.interface],
    [header.member, 's', call.member],
    [header.destination, 's', call.destination],
  ];
  if (signature !== '') fields.push([header.signature, 'g', signature]);

  let fieldBytes = Buffer.alloc(0);
  for (const [code, type, value] of fields) {
    const gap = Buffer.alloc(padding(fieldBytes.length, 8));
    const start = Buffer.from([code, 1, type.charCodeAt(0), 0]);
    // Alignment counts from the start of the message; the fields begin at byte 16, so their own offset will do.
    fieldBytes = Buffer.concat([
      fieldBytes,
      gap,
      start,
      type === 'g' ? shortString(value) : longString(value),
    ]);
  }
  let body = Buffer.alloc(0);
  for (const argument of call.arguments) {
    body = Buffer.concat([body, Buffer.alloc(padding(body.length, 4)), longString(argument)]);
  }
  const fixed = Buffer.alloc(16);
  fixed.write('l', 0);
  fixed.writeUInt8(messageType.call, 1);
  fixed.writeUInt8(1, 3);
  fixed.writeUInt32LE(body.length, 4);
  fixed.writeUInt32LE(serial, 8);
  fixed.writeUInt32LE(fieldBytes.length, 12);
  return Buffer.concat([fixed, fieldBytes, Buffer.alloc(padding(fieldBytes.length, 8)), body]);
}

function longString(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes, Buffer.alloc(1)]);
}

function shortString(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text), Buffer.alloc(1)]);
}

/** The length of the message at the start of the bytes; null while too few have come. Throws at anything but D-Bus. */
export function messageLength(bytes: Buffer): number | null {
  if (bytes.length < 16) return null;
  if (bytes[0] !== 'l'.charCodeAt(0)) throw new Error('not a little-endian D-Bus message');
  const fields = bytes.readUInt32LE(12);
  const length = 16 + fields + padding(fields, 8) + bytes.readUInt32LE(4);
  if (length > longestAnswer) throw new Error(`a D-Bus message of ${length} bytes`);
  return length;
}

/** Reads one whole message; null for one that is no answer (a signal). Throws where the bytes make no sense. */
export function decodeAnswer(message: Buffer): BusAnswer | null {
  const type = message.readUInt8(1);
  if (type !== messageType.return && type !== messageType.error) return null;
  const fieldsLength = message.readUInt32LE(12);
  const fields = new Map<number, BusValue>();
  const reader = createReader(message, 16);
  while (reader.offset() < 16 + fieldsLength) {
    reader.align(8);
    const code = reader.read('y');
    fields.set(Number(code), reader.read('v'));
  }
  const signature = String(fields.get(header.signature) ?? '');
  reader.align(8);
  const body: BusValue[] = [];
  for (const one of signature.match(/a?[a-z]/g) ?? []) body.push(reader.read(one));
  const error = type === messageType.error ? String(fields.get(header.errorName) ?? 'unnamed') : null;
  return { replyTo: Number(fields.get(header.replySerial)), error, body };
}

function createReader(bytes: Buffer, from: number) {
  let at = from;

  function align(alignment: number): void {
    at += padding(at, alignment);
  }
  function text(length: number): string {
    const start = at;
    at += length + 1;
    return bytes.toString('utf8', start, start + length);
  }
  function uint32(): number {
    align(4);
    at += 4;
    return bytes.readUInt32LE(at - 4);
  }
  function byte(): number {
    at += 1;
    return bytes.readUInt8(at - 1);
  }
  function list(type: string): BusValue[] {
    const length = uint32();
    const end = at + length;
    const values: BusValue[] = [];
    while (at < end) values.push(read(type));
    return values;
  }
  function read(type: string): BusValue {
    if (type === 'y') return byte();
    if (type === 'u') return uint32();
    if (type === 'b') return uint32() !== 0;
    if (type === 's' || type === 'o') return text(uint32());
    if (type === 'g') return text(byte());
    if (type === 'v') return read(String(read('g')));
    if (type === 'as' || type === 'ao') return list(type.charAt(1));
    throw new Error(`a D-Bus value of the type ${type}`);
  }
  return { read, align, offset: () => at };
}
