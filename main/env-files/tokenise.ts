/** Blank lines, a comment line, or a line that means nothing to dotenv, with its line end. */
export interface OtherToken {
  readonly kind: 'other';
  readonly text: string;
}

/**
 * One assignment. Its pieces, joined in the order below, are its text in the file. `prefix` holds the indent and
 * `export`, `separator` the `=` (or `:`) and the spaces round it, `value` the value as written, quotes
 * included, `trailing` the spaces and the comment after it, `eol` the line end (empty at the end of the file).
 */
export interface AssignmentToken {
  readonly kind: 'assignment';
  readonly prefix: string;
  readonly name: string;
  readonly separator: string;
  readonly value: string;
  readonly trailing: string;
  readonly eol: string;
}

export type Token = OtherToken | AssignmentToken;

/**
 * Cuts a `.env` text into tokens that, printed in order, are the text again, whatever it holds. What counts as
 * an assignment is what dotenv 18 takes for one, odd cases included: a quoted value may span lines and hides
 * the lines within it; a quote that never closes is part of a one-line value; `KEY: v` is an assignment;
 * a value may begin on the line after its `=` when it is quoted. Takes time in proportion to the text.
 */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const content = endOf(SPACE, text, at);
    const line = content === text.length ? content : lineStart(text, at, content);
    if (line > at) tokens.push({ kind: 'other', text: text.slice(at, line) });
    if (line === text.length) break;
    const token = assignmentAt(text, line, content) ?? lineAt(text, line);
    tokens.push(token);
    at = line + printToken(token).length;
  }
  return tokens;
}

/** The text of a token, exactly as it was in the file. */
export function printToken(token: Token): string {
  if (token.kind === 'other') return token.text;
  return token.prefix + token.name + token.separator + token.value + token.trailing + token.eol;
}

/** The value that dotenv reads from a value as written. */
export function decodeValue(written: string): string {
  const trimmed = (written.includes('\r') ? written.replace(/\r\n?/g, '\n') : written).trim();
  const inner = withoutQuotes(trimmed);
  return trimmed.startsWith('"') ? inner.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : inner;
}

/**
 * What dotenv makes of `text.replace(/^(['"`])([\s\S]*)\1$/gm, '$2')`: at each start of a line a quote, and the last one of
 * its kind that ends a line. The expression itself takes time in the square of a text with many quotes.
 */
function withoutQuotes(text: string): string {
  const isQuoted = text.length > 1 && isQuote(text.charAt(0)) && text.endsWith(text.charAt(0));
  if (isQuoted) return text.slice(1, -1);
  if (!LINE_BREAK.test(text)) return text;
  const lastClosing = new Map(
    [...text.matchAll(/['"`](?![^\n\r\u2028\u2029])/g)].map((m) => [m[0], m.index]),
  );
  let result = '';
  let copied = 0;
  for (const { index } of text.matchAll(/(?<![^\n\r\u2028\u2029])['"`]/g)) {
    const close = lastClosing.get(text.charAt(index)) ?? -1;
    if (index < copied || close <= index) continue;
    result += text.slice(copied, index) + text.slice(index + 1, close);
    copied = close + 1;
  }
  return result + text.slice(copied);
}

const isQuote = (character: string) => character !== '' && `'"\``.includes(character);

const SPACE = /\s*/y;
const EXPORT = /export\s+/y;
const NAME = /[\w.-]+/y;
// After the colon dotenv wants one space; it sees a CRLF as one.
const SEPARATOR = /\s*=|:(?:\r\n|\s)/y;
const UNQUOTED = /[^#\r\n]*/y;
const SPACE_IN_LINE = /[^\S\r\n\u2028\u2029]*/y;
const COMMENT = /(?:#.*)?/y;
const REST_OF_LINE = /.*/y;
const EOL = /\r\n|[\r\n\u2028\u2029]|/y;
const LINE_BREAK = /[\r\n\u2028\u2029]/;

/** Where `pattern` (sticky) ends when it starts at `at`; -1 when it does not match there. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function lineStart(text: string, from: number, content: number): number {
  let start = content;
  while (start > from && !LINE_BREAK.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function lineAt(text: string, line: number): OtherToken {
  const end = endOf(EOL, text, endOf(REST_OF_LINE, text, line));
  return { kind: 'other', text: text.slice(line, end) };
}

function assignmentAt(text: string, line: number, content: number): AssignmentToken | undefined {
  const exported = endOf(EXPORT, text, content);
  const head = (exported < 0 ? undefined : headAt(text, exported)) ?? headAt(text, content);
  if (head === undefined) return undefined;
  const value = quotedAt(text, head.end) ?? unquotedAt(text, head.end);
  const commentEnd = endOf(COMMENT, text, endOf(SPACE_IN_LINE, text, value.end));
  return {
    kind: 'assignment',
    prefix: text.slice(line, head.start),
    name: text.slice(head.start, head.nameEnd),
    separator: text.slice(head.nameEnd, value.start),
    value: text.slice(value.start, value.end),
    trailing: text.slice(value.end, commentEnd),
    eol: text.slice(commentEnd, endOf(EOL, text, commentEnd)),
  };
}

function headAt(text: string, start: number): { start: number; nameEnd: number; end: number } | undefined {
  const nameEnd = endOf(NAME, text, start);
  const end = nameEnd < 0 ? -1 : endOf(SEPARATOR, text, nameEnd);
  return end < 0 ? undefined : { start, nameEnd, end };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function quotedAt(text: string, from: number): Span | undefined {
  const open = endOf(SPACE, text, from);
  const close = closingQuote(text, open);
  if (close === undefined) return undefined;
  // A value that begins on a later line takes the line break along: no other value could stand there.
  return { start: LINE_BREAK.test(text.slice(from, open)) ? from : open, end: close + 1 };
}

/** The last quote that can close the one at `open`: with the line's end or a comment after it, reached over `\"` only. */
function closingQuote(text: string, open: number): number | undefined {
  const quote = text.charAt(open);
  if (!isQuote(quote)) return undefined;
  let found: number | undefined;
  for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    const next = text.charAt(endOf(SPACE_IN_LINE, text, at + 1));
    if (next === '' || next === '#' || LINE_BREAK.test(next)) found = at;
    if (text.charAt(at - 1) !== '\\') break;
  }
  return found;
}

function unquotedAt(text: string, from: number): Span {
  const raw = text.slice(from, endOf(UNQUOTED, text, from));
  const indent = raw.trim() === '' ? 0 : raw.length - raw.trimStart().length;
  return { start: from + indent, end: from + indent + raw.trim().length };
}
