import type { Dialect } from '../../shared/domain/env-file.ts';
import type { Reader } from './readers.ts';

/** One way of writing values that a reader has, beside those that most readers share. */
export interface Way {
  /** What a value written this way must not have. */
  readonly forbids: RegExp;
  write(value: string): string;
  /** The value of what `write` wrote. What it did not write may come out as anything. */
  read(written: string): string;
}

export type NamedDialect = Exclude<Dialect, 'any'>;

/** The readers that a dialect promises something to. dotenv reads whatever is written for all, and needs no name. */
export const readersOf: Readonly<Record<NamedDialect, readonly Reader[]>> = {
  node: ['node'],
  dotenv: [],
  'dotenv-expand': ['dotenvExpand'],
  dotenvx: ['dotenvx'],
  vite: ['vite'],
  next: ['next'],
  bun: ['bun'],
  deno: ['deno'],
  python: ['python'],
  ruby: ['ruby'],
  foreman: ['foreman'],
  go: ['godotenv', 'gotenv'],
  php: ['phpdotenv'],
  symfony: ['symfony'],
  rust: ['dotenvy'],
  shell: ['shells'],
  direnv: ['direnv'],
  compose: ['compose'],
  'docker-run': ['dockerRun'],
  systemd: ['systemd'],
  make: ['make'],
};

/** What ends an unquoted value, or is not a part of it, for some reader. */
const NOT_BARE = /[#\n]|^['"`\s]|\s$/;
const NEVER = /(?!)/;

const BARE: Way = { forbids: NOT_BARE, write: (value) => value, read: (written) => written };

const DOLLAR_IN_DOUBLE = escaped('"', /\$/g, /["`\\]/, 'line feed as \\n');

const EXPANDING: readonly Way[] = [
  DOLLAR_IN_DOUBLE,
  escaped("'", /\$/g, /'/, 'line feed as it is'),
  escaped('', /\$/g, NOT_BARE, 'line feed as it is'),
];

const SHELL: Way = escaped('"', /["\\$`]/g, NEVER, 'line feed as it is');

/**
 * What each reader takes besides what most readers share, the best way first. Each way was measured with the real reader and
 * thousands of values; where one was seen to fail for a kind of value, or wasn't tried, the way forbids it.
 */
export const waysOf: Readonly<Record<NamedDialect, readonly Way[]>> = {
  node: [BARE],
  dotenv: [BARE],
  'dotenv-expand': EXPANDING,
  dotenvx: [DOLLAR_IN_DOUBLE],
  vite: EXPANDING,
  next: EXPANDING,
  bun: [DOLLAR_IN_DOUBLE],
  deno: [DOLLAR_IN_DOUBLE],
  python: [escaped("'", /['\\]/g, /\$\{|\\$/, 'line feed as it is')],
  ruby: [escaped('"', /["$`]/g, /\\/, 'line feed as \\n')],
  foreman: [
    escaped('"', /["\\$`]/g, /\n|\\n/, 'line feed as it is'),
    escaped('"', /["$`]/g, /\\/, 'line feed as \\n'),
  ],
  go: [escaped('"', /["\\$`]/g, /\n|\\[nr]|["\\]$/, 'line feed as it is')],
  php: [escaped('"', /["\\$]/g, /`/, 'line feed as \\n')],
  symfony: [escaped('"', /["$]/g, /[\\`]/, 'line feed as \\n')],
  rust: [escaped('"', /["\\$]/g, /`/, 'line feed as \\n')],
  shell: [SHELL],
  direnv: [escaped('"', /["\\`]/g, /\$|\\[nr]/, 'line feed as \\n')],
  compose: [escaped('"', /["\\$]/g, /`|\\$/, 'line feed as \\n')],
  'docker-run': [BARE],
  systemd: [SHELL],
  make: [
    {
      forbids: /[#\n]|^['"`\s]|[\s\\]$/,
      write: (value) => value.replaceAll('$', '$$$$'),
      read: (written) => written.replaceAll('$$', '$'),
    },
  ],
};

/** Quotes with a backslash before every character that `special` names. */
function escaped(
  quote: '"' | "'" | '',
  special: RegExp,
  forbids: RegExp,
  lineFeed: 'line feed as it is' | 'line feed as \\n',
): Way {
  const isOneLine = lineFeed === 'line feed as \\n';
  const escapes = new RegExp(`\\\\(${isOneLine ? 'n|' : ''}${special.source})`, 'g');
  return {
    forbids,
    write(value) {
      const inner = value.replace(special, '\\$&');
      return `${quote}${isOneLine ? inner.replaceAll('\n', '\\n') : inner}${quote}`;
    },
    read(written) {
      const inner = written.slice(quote.length, written.length - quote.length);
      return inner.replace(escapes, (_, after: string) => (after === 'n' ? '\n' : after));
    },
  };
}
