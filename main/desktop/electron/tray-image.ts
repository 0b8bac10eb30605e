import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

/** How often each pixel is looked at in both directions, for smooth edges. */
const samples = 4;

/** A PNG of the tray's icon, `size` pixels wide and high: the ring with its turn, on nothing. */
export function trayImagePng(size: number, colour: Colour): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits each for red, green, blue and opacity: https://www.w3.org/TR/png-3/#11IHDR.
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, y) => row(size, y, colour));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function row(size: number, y: number, colour: Colour): Buffer {
  const bytes = Buffer.alloc(1 + size * 4);
  for (let x = 0; x < size; x += 1) {
    bytes.set([...colour, Math.round(255 * coverage(size, x, y))], 1 + x * 4);
  }
  return bytes;
}

/** How much of the pixel is inked, 0 to 1. */
function coverage(size: number, x: number, y: number): number {
  let inked = 0;
  for (let sample = 0; sample < samples * samples; sample += 1) {
    const across = x + ((sample % samples) + 0.5) / samples;
    const down = y + (Math.floor(sample / samples) + 0.5) / samples;
    inked += ink((across / size) * 2 - 1, (down / size) * 2 - 1);
  }
  return inked / (samples * samples);
}

/** How strong the drawing is at a point of the square from -1 to 1: the app's icon, in one colour. */
function ink(x: number, y: number): number {
  const distance = Math.hypot(x, y);
  if (distance < 0.22) return 1;
  if (distance < 0.625 || distance > 0.9375) return 0;
  // Clockwise from the top, in whole turns.
  const turn = (Math.atan2(x, -y) / (2 * Math.PI) + 1) % 1;
  return turn < 0.72 ? 1 : 0.35;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
