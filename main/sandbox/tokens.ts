import { createHash } from 'node:crypto';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** So many random letters and digits, each equally likely. */
export function randomText(length: number, random: (bytes: number) => Uint8Array): string {
  let text = '';
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte; what lies above would favour the first letters.
    for (const byte of random(length)) if (byte < 248) text += letters[byte % 62];
  }
  return text.slice(0, length);
}

/** What is kept of a token: it tells whether a token is this one, and nothing of how it reads. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
