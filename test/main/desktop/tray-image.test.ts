import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { trayImagePng } from '../../../main/desktop/electron/tray-image.ts';

/** The pixels of a PNG of one data chunk, as `trayImagePng` makes it. */
function pixels(png: Buffer, size: number) {
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return (x: number, y: number) => [...rows.subarray(y * (1 + size * 4) + 1 + x * 4).subarray(0, 4)];
}

describe('the tray’s icon', () => {
  it.each([18, 22, 36, 44])('has a dot inside a ring, %i pixels wide, on nothing', (size) => {
    const png = trayImagePng(size, [1, 2, 3]);
    expect(png.readUInt32BE(16)).toBe(size);
    expect(png.readUInt32BE(20)).toBe(size);
    const pixel = pixels(png, size);
    const middle = size / 2;
    expect(pixel(middle, middle)).toEqual([1, 2, 3, 255]);
    expect(pixel(0, 0)[3]).toBe(0);
    expect(pixel(middle, Math.round(size * 0.28))[3]).toBe(0);
    expect(pixel(size - Math.round(size * 0.1) - 1, middle)[3]).toBe(255);
    const faint = pixel(Math.round(size * 0.1), middle - 2)[3] ?? 0;
    expect(faint).toBeGreaterThan(40);
    expect(faint).toBeLessThan(140);
  });
});
