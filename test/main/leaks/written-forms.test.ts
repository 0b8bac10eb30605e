import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortestValueBytes } from '../../../main/leaks/value-tables.ts';
import { writtenForms } from '../../../main/leaks/written-forms.ts';

const isIn = (text: Buffer, value: string) =>
  writtenForms(value).some((form) => text.includes(Buffer.from(form)));

/** Long enough that its base64 is not too short wherever it begins. */
const value = fc.string({ unit: 'grapheme-ascii', minLength: 14, maxLength: 80 });

describe('the forms that a value is looked for in', () => {
  it('are in any base64 of a text with the value in it, such as a login or a whole file', () => {
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
        const bytes = Buffer.from(`${before}${secret}${after}`);
        expect(isIn(Buffer.from(bytes.toString('base64')), secret)).toBe(true);
        expect(isIn(Buffer.from(bytes.toString('base64url')), secret)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are in an address, in a JSON text, and in a file in UTF-16', () => {
    fc.assert(
      fc.property(value, (secret) => {
        expect(isIn(Buffer.from(`https://example.com/?key=${encodeURIComponent(secret)}`), secret)).toBe(
          true,
        );
        expect(isIn(Buffer.from(JSON.stringify({ nested: [secret] })), secret)).toBe(true);
        expect(isIn(Buffer.from(`KEY=${secret}\r\n`, 'utf16le'), secret)).toBe(true);
      }),
    );
  });

  it('are in an address with small letters, and in a JSON text with escaped slashes', () => {
    const secret = 'abc/def+ghi=jkl/mno';
    expect(isIn(Buffer.from('key=abc%2fdef%2bghi%3djkl%2fmno'), secret)).toBe(true);
    expect(isIn(Buffer.from('{"key":"abc\\/def+ghi=jkl\\/mno"}'), secret)).toBe(true);
  });

  it('are never shorter than what can be looked for', () => {
    for (const form of writtenForms('0123456789ab'))
      expect(form.length).toBeGreaterThanOrEqual(shortestValueBytes);
  });
});
