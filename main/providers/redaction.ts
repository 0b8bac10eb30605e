import { asPathSegment } from './templates.ts';

/** Removes known secrets from a text that was written by someone else. */
export type Redact = (text: string) => string;

const mark = '[secret]';

/** The ways in which a value comes back in a message: as it is, in a URL, in JSON, in a Basic header. */
function shapesOf(secret: string): string[] {
  const encoded = secret.isWellFormed()
    ? [
        encodeURIComponent(secret),
        asPathSegment(secret) ?? '',
        new URLSearchParams([['', secret]]).toString().slice(1),
      ]
    : [];
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const shapes = [secret, ...encoded, JSON.stringify(secret).slice(1, -1), base64];
  return shapes.filter((shape) => shape !== '');
}

/** A function that replaces every one of `secrets`, the longest first, so that no rest of one is left standing. */
export function redactionOf(secrets: readonly string[]): Redact {
  const shapes = [...new Set(secrets.filter((secret) => secret !== '').flatMap(shapesOf))];
  shapes.sort((a, b) => b.length - a.length);
  return (text) => shapes.reduce((rest, shape) => rest.replaceAll(shape, mark), text);
}

const maxMessageLength = 300;

/** A provider's words as they may be shown: without secrets and control characters, on one line, not too long. */
export function presentable(text: string, redact: Redact): string {
  const line = redact(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  const clean = line.trim();
  return clean.length <= maxMessageLength ? clean : `${clean.slice(0, maxMessageLength - 1)}…`;
}
