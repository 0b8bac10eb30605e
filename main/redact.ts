import { Secret } from './secrets/secret.ts';

const mark = '[redacted]';

/** The rest of a line after a header or a name that announces a credential. */
const announced =
  /((?:proxy-)?authorization|cookie|x-api-key|api[_-]?key|apikey|access[_-]?key|secret|token|password|passphrase|credential)(["']?\s*[:=]\s*)[^\r\n]*/gi;
const scheme = /\b(bearer|basic|digest|token)\s+[^\s"',;]{4,}/gi;
const urlUser = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const urlQuery = /(\?)[^\s"'#)]+/g;
const pem = /-----BEGIN [^-]*-----[\s\S]*?(?:-----END [^-]*-----|$)/g;
const run = /[A-Za-z0-9+/_=~.-]{12,}/g;

/**
 * Takes out of `text` whatever may be a credential: what follows a telling name, user parts and queries of URLs,
 * PEM blocks, and long runs that look random. It rather takes out too much (a long path with digits, an id).
 */
export function redact(text: string): string {
  return text
    .replace(pem, mark)
    .replace(urlUser, `$1${mark}@`)
    .replace(urlQuery, `$1${mark}`)
    .replace(announced, `$1$2${mark}`)
    .replace(scheme, `$1 ${mark}`)
    .replace(run, (found) => (looksRandom(found) ? mark : found));
}

/** Letters and digits mixed, upper case within lower case, or too long for a word. */
function looksRandom(text: string): boolean {
  const mixed = /[0-9]/.test(text) && /[A-Za-z]/.test(text);
  const jumbled = /[a-z][A-Z].*[a-z][A-Z].*[a-z][A-Z]/.test(text);
  return mixed || jumbled || /[A-Za-z0-9]{24,}/.test(text);
}

/** What the log keeps of something thrown. */
export interface CauseDescription {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly frames?: readonly string[];
  readonly cause?: CauseDescription;
}

/**
 * Describes something thrown without a secret in it: names, redacted messages, and where in our code it happened.
 * Other properties of an error are left out, because libraries hang requests and headers on them.
 */
export function describeCause(cause: unknown, depth = 0): CauseDescription {
  if (cause instanceof Secret) return { name: 'Secret', message: '[secret]' };
  if (!(cause instanceof Error)) {
    return { name: typeof cause, message: typeof cause === 'string' ? redact(cause) : '' };
  }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return {
    name: cause.name,
    message: redact(cause.message),
    ...(code === undefined ? {} : { code: redact(code) }),
    frames: framesOf(cause),
    ...(cause.cause === undefined || depth >= 4 ? {} : { cause: describeCause(cause.cause, depth + 1) }),
  };
}

/** `function file:line:column` for the first frames; only the last part of the path, never the message above them. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .map((line) => /^\s+at (?:(.*) \()?(?:.*[\\/])?([^\\/()]+:\d+:\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .slice(0, 12)
    .map((match) => `${match[1] ?? ''} ${match[2]}`.trim());
}
