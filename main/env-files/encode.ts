import { parseEnv as parseLikeNode } from 'node:util';
import type { Dialect } from '../../shared/domain/env-file.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readersOf, waysOf } from './dialect-ways.ts';
import { type Reader, readerNames } from './readers.ts';
import { decodeValue, tokenise } from './tokenise.ts';

/** Why no `.env` file may carry a value. */
export type Unwritable = Failure<'value-unwritable'>['reason'];

/** A value as it is to be written after `KEY=`, and the readers that will see another value. */
export interface Encoded {
  readonly written: string;
  readonly readDifferentlyBy: readonly string[];
}

interface ForMost {
  readonly written: string;
  readonly different: readonly Reader[];
}

/**
 * How to write a value so that the value read is the value written.
 *
 * For `any`: bare values are read alike by all 34 reader builds measured; quoted ones by all but `docker run --env-file`
 * and make, which keep the quotes. What no style carries everywhere gets the style that most readers share, always
 * readable by dotenv and Node.js, with the others named.
 *
 * For a named reader: the same where that one reads it back, otherwise a way of its own (`waysOf`), otherwise `dialect`. No
 * one is named then: that others differ is what was asked for.
 *
 * Refused for every reader is what would be lost, or run as a command by some reader: another one may read the file.
 */
export function encodeValue(value: string, dialect: Dialect): Result<Encoded, Unwritable> {
  const refusal = refusalOf(value);
  if (refusal !== undefined) return fail(refusal);
  const forMost = encodeForMost(value);
  if (dialect === 'any') {
    if (!forMost.ok) return forMost;
    const { written, different } = forMost.value;
    return ok({ written, readDifferentlyBy: readerNames(different) });
  }
  const own = readersOf[dialect];
  if (forMost.ok && !forMost.value.different.some((reader) => own.includes(reader))) {
    return ok({ written: forMost.value.written, readDifferentlyBy: [] });
  }
  if (isLong(value) && LONG_LINES.some((reader) => own.includes(reader))) return fail('dialect');
  for (const { forbids, write } of waysOf[dialect]) {
    if (forbids.test(value)) continue;
    const written = write(value);
    if (isOneValue(written) && !hasLiveBacktick(written)) return ok({ written, readDifferentlyBy: [] });
  }
  return fail('dialect');
}

/**
 * The value that the named reader reads from a value as written. What is not written as `encodeValue` writes it for that
 * reader is read by dotenv's rules.
 */
export function decodeFor(dialect: Dialect, written: string): string {
  const ways = dialect === 'any' ? [] : waysOf[dialect];
  const value = ways
    .map(({ read }) => read(written))
    .find((candidate) => {
      const encoded = encodeValue(candidate, dialect);
      return encoded.ok && encoded.value.written === written;
    });
  return value ?? decodeValue(written);
}

function encodeForMost(value: string): Result<ForMost, Unwritable> {
  const always = hazardsOf(value);
  if (isBare(value)) return ok({ written: value, different: always });
  if (!value.includes("'") && !value.includes('\n'))
    return ok({ written: `'${value}'`, different: [...KEEP_QUOTES, ...always, ...singleHazards(value)] });
  if (isPlainDouble(value)) return ok({ written: `"${value}"`, different: [...KEEP_QUOTES, ...always] });
  return hardest(value, always);
}

const isLong = (value: string) => Buffer.byteLength(value) > LONG_LINE_BYTES;

const LONG_LINE_BYTES = 65_000;
const LONG_LINES: readonly Reader[] = ['gotenv', 'dockerRun'];
const KEEP_QUOTES: readonly Reader[] = ['dockerRun', 'make'];

/** Readers that put a variable in the place of `$word` in single quotes, and those that do it for `$1` too. */
const EXPAND_IN_SINGLE: readonly Reader[] = ['dotenvExpand', 'vite', 'next', 'bun'];
const PYTHON: readonly Reader[] = ['python', 'composeV1'];

function refusalOf(value: string): Unwritable | undefined {
  if (value.includes('\0')) return 'nul';
  if (!value.isWellFormed()) return 'not-unicode';
  if (value.includes('\r')) return 'carriage-return';
  // dotenv-expand 1000 runs it in every quoting; Ruby, dotenvx and the shells in most.
  if (value.includes('$(')) return 'command';
  if (value.startsWith('encrypted:')) return 'encrypted';
  return undefined;
}

function isBare(value: string): boolean {
  if (value === '') return true;
  return /^[A-Za-z0-9_./+@%,-][A-Za-z0-9_./+@%,:=-]*$/.test(value) && !/:[=~]/.test(value);
}

function isPlainDouble(value: string): boolean {
  return !/["\\$`\n]/.test(value);
}

/** Who reads a value differently in whatever style: phpdotenv takes `="` for the beginning of many lines. */
function hazardsOf(value: string): Reader[] {
  const hazards: readonly (readonly [boolean, readonly Reader[]])[] = [
    [isLong(value), LONG_LINES],
    [/[\u2028\u2029]/.test(value), ['envCmd']],
    [value.includes('="'), ['phpdotenv']],
  ];
  return hazards.flatMap(([is, affected]) => (is ? affected : []));
}

/** Who reads `'value'` differently. None for what the write rule calls portable. */
function singleHazards(value: string): Reader[] {
  const hazards: readonly (readonly [RegExp, readonly Reader[]])[] = [
    [/\$[A-Za-z_{]/, EXPAND_IN_SINGLE],
    [/\$\{/, PYTHON],
    [/\$[0-9]/, ['next', 'bun']],
    // Whatever follows: the expanding readers take the backslash away.
    [/\\\$/, [...EXPAND_IN_SINGLE, 'gotenv']],
    [/\\\\/, PYTHON],
    [/\\$/, ['bun', ...PYTHON, 'godotenv', 'compose', 'dotenvy']],
    [/\\n/, ['envCmd']],
  ];
  return hazards.flatMap(([pattern, affected]) => (pattern.test(value) ? affected : []));
}

/** Values with a line feed, or with `'` and something that double quotes change. */
function hardest(value: string, hazards: readonly Reader[]): Result<ForMost, Unwritable> {
  const always = [...KEEP_QUOTES, ...hazards];
  // In double quotes, and unquoted, a shell runs what stands in backticks.
  if (value.includes('`') && value.includes("'")) return fail('command');
  if (!/["\\$`]/.test(value)) {
    const oneLine = `"${value.replaceAll('\n', '\\n')}"`;
    return ok({ written: oneLine, different: [...always, 'shells', 'systemd', 'gotenv'] });
  }
  if (!value.includes("'"))
    return ok({ written: `'${value}'`, different: [...always, ...LINES_IN_SINGLE, ...singleHazards(value)] });
  if (!value.includes('"') && !/\\[nr]|\\$/.test(value) && !value.includes('\n'))
    return ok({ written: `"${value}"`, different: [...always, ...doubleHazards(value)] });
  if (/^[^\s'"#$`;&|<>()~\\][^\s#$`;&|<>()\\]*$/.test(value))
    return ok({ written: value, different: [...hazards, 'shells', 'symfony', 'dotenvy'] });
  // Backticks would carry the rest for a few readers, but a shell runs what stands in them.
  return fail('command');
}

const LINES_IN_SINGLE: readonly Reader[] = ['envCmd', 'ruby', 'foreman', 'phpdotenv', 'gotenv', 'direnv'];

const EXPAND_IN_DOUBLE: readonly Reader[] = [
  ...(['dotenvExpand', 'dotenvx', 'vite', 'next', 'bun', 'deno', 'ruby'] as const),
  ...(['symfony', 'compose', 'direnv', 'dotenvy', 'shells', 'godotenv', 'gotenv'] as const),
];

/** Who reads `"value"` differently, where the value has `\` or `$` but no `"` and no backtick. */
function doubleHazards(value: string): Reader[] {
  const hazards: readonly (readonly [RegExp, readonly Reader[]])[] = [
    [/\$[A-Za-z_{$]/, [...EXPAND_IN_DOUBLE, ...PYTHON]],
    [/\$(?:\}|:[-=])/, ['symfony']],
    [/\$[0-9]/, ['next', 'bun', 'deno', 'ruby', 'godotenv', 'gotenv', 'direnv', 'dotenvy', 'shells']],
    [/\$(?![A-Za-z0-9_{$])/, ['deno', 'direnv', 'dotenvy', 'shells']],
    [/\\/, ['ruby', 'foreman', 'phpdotenv', 'godotenv', 'gotenv', 'direnv', 'dotenvy', 'compose']],
    [/\\[abfrtv0x\\']/, [...PYTHON, 'dotenvx']],
    [/\\[\\$]/, ['systemd', 'symfony', 'shells']],
    [/\\\$/, ['dotenvExpand', 'dotenvx', 'vite', 'next', 'bun', 'deno']],
  ];
  return hazards.flatMap(([pattern, affected]) => (pattern.test(value) ? affected : []));
}

/** Whether dotenv and Node.js, by which edits are checked, take it for one value and leave its neighbours alone. */
function isOneValue(written: string): boolean {
  const text = `A=1\nKEY=${written}\nB=2\n`;
  const token = tokenise(text).find((one) => one.kind === 'assignment' && one.name === 'KEY');
  if (token?.kind !== 'assignment' || token.value !== written || token.trailing !== '') return false;
  const { KEY: _, ...others } = parseLikeNode(text);
  return others.A === '1' && others.B === '2' && Object.keys(others).length === 2;
}

/** Whether a shell that is given the line would run what stands between backticks. */
function hasLiveBacktick(written: string): boolean {
  return written.replace(/'[^']*'|\\[\s\S]|"(?:[^"\\`]|\\[\s\S])*"/g, '').includes('`');
}
