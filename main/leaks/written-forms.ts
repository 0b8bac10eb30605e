import { shortestValueBytes } from './value-tables.ts';

/**
 * The bytes by which a value may stand in a file: as it is, in UTF-16 as Windows programs write it, in a JSON text, in an
 * address, and anywhere within something that was encoded by base64, such as the header of a login. Each form once. Forms
 * that are too short to be looked for are left out.
 */
export function writtenForms(value: string): Uint8Array[] {
  const texts = new Set([value, ...inBase64(value), ...(isPlain.test(value) ? [] : escaped(value))]);
  // Not by `Buffer.from`, which puts small ones into memory that they share with others.
  const forms = Array.from(texts, (text) => encoder.encode(text));
  const wide = Buffer.alloc(value.length * 2);
  wide.write(value, 'utf16le');
  return [...forms, wide].filter(({ length }) => length >= shortestValueBytes);
}

const encoder = new TextEncoder();

/** Has nothing that is written otherwise in an address or in a JSON text. */
const isPlain = /^[\w.~-]*$/;

function escaped(value: string): string[] {
  const inAddress = encodeURIComponent(value);
  return [
    JSON.stringify(value).slice(1, -1),
    value.replaceAll('/', '\\/'),
    inAddress,
    inAddress.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ];
}

/** What is the same in the base64 of any text that has the value in it: three forms, by where it begins, in both alphabets. */
function inBase64(value: string): string[] {
  const bytes = encoder.encode(value);
  const padded = Buffer.alloc(2 + bytes.length);
  padded.set(bytes, 2);
  bytes.fill(0);
  const forms = [0, 1, 2].flatMap((before) => {
    // The characters at both ends that carry bits of a neighbour too differ from text to text.
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    const standard = padded.toString('base64', 2 - before).slice(from, to);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
  });
  padded.fill(0);
  return forms;
}
