import { shortestValueBytes } from './value-tables.ts';

/**
 * The bytes by which a value may stand in a file: as it is, in UTF-16 as Windows programs write it, in a JSON text, in an
 * address, and anywhere within something that was encoded by base64, such as the header of a login. Each form once. Forms
 * that are too short to be looked for are left out.
 */
export function writtenForms(value: string): Uint8Array[] {
  const texts = new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    value.replaceAll('/', '\\/'),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...inBase64(value),
  ]);
  const forms = [...Array.from(texts, (text) => Buffer.from(text, 'utf8')), Buffer.from(value, 'utf16le')];
  // Copies, because small buffers lie in memory that they share with others.
  return forms.filter(({ length }) => length >= shortestValueBytes).map((form) => Uint8Array.from(form));
}

/** What is the same in the base64 of any text that has the value in it: three forms, by where it begins, in both alphabets. */
function inBase64(value: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value, 'utf8')]);
    // The characters at both ends that carry bits of a neighbour too differ from text to text.
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    return [bytes.toString('base64').slice(from, to), bytes.toString('base64url').slice(from, to)];
  });
}
