/** Why a text is not JSON that can be used: where the first fault stands, counted from 1, and what it is in words. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Deeper nesting is refused: nothing that is read here needs it, and no reader has to follow it down. */
const deepest = 64;

class Fault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * The first fault of a text as JSON (RFC 8259); null where there is none. Quotes nothing of the text: it may be any
 * file, with anything in it. A name that is there twice in one object is a fault too, since readers differ in which counts.
 */
export function jsonFault(text: string): JsonFault | null {
  try {
    const end = afterValue(text, afterSpace(text, 0), 1);
    const rest = afterSpace(text, end);
    if (rest < text.length) throw new Fault(rest, 'there is something after the end');
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.at).split(/\r\n|\n|\r/);
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: error.message };
  }
}

const literalPattern = /true|false|null/y;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const spacePattern = /[ \t\r\n]*/y;
// Every control character but U+007F must be escaped in JSON.
const plainPattern = /(?:[^"\\\p{Cc}]|[\u007f-\u009f])*/uy;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where the match of a sticky pattern ends; null where it does not match there. */
function afterMatch(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

const afterSpace = (text: string, at: number): number => afterMatch(spacePattern, text, at) ?? at;

function afterValue(text: string, at: number, depth: number): number {
  if (depth > deepest) throw new Fault(at, `it is nested deeper than ${deepest} levels`);
  const first = text.charAt(at);
  if (first === '{') return afterObject(text, at, depth);
  if (first === '[') return afterList(text, at, depth);
  if (first === '"') return afterText(text, at);
  const end = afterMatch(literalPattern, text, at) ?? afterMatch(numberPattern, text, at);
  if (end === null) throw new Fault(at, at >= text.length ? 'it ends too early' : 'a value is missing');
  return end;
}

function afterObject(text: string, open: number, depth: number): number {
  const names = new Set<unknown>();
  let at = afterSpace(text, open + 1);
  if (text.charAt(at) === '}') return at + 1;
  for (;;) {
    if (text.charAt(at) !== '"') throw missing(text, at, 'a name in double quotes');
    const end = afterText(text, at);
    const name: unknown = JSON.parse(text.slice(at, end));
    if (names.has(name)) throw new Fault(at, 'this name is in the object already');
    names.add(name);
    at = afterSpace(text, end);
    if (text.charAt(at) !== ':') throw missing(text, at, 'a ":"');
    at = afterSpace(text, afterValue(text, afterSpace(text, at + 1), depth + 1));
    if (text.charAt(at) === '}') return at + 1;
    if (text.charAt(at) !== ',') throw missing(text, at, 'a "," or the end of the object');
    at = afterSpace(text, at + 1);
  }
}

function afterList(text: string, open: number, depth: number): number {
  let at = afterSpace(text, open + 1);
  if (text.charAt(at) === ']') return at + 1;
  for (;;) {
    at = afterSpace(text, afterValue(text, at, depth + 1));
    if (text.charAt(at) === ']') return at + 1;
    if (text.charAt(at) !== ',') throw missing(text, at, 'a "," or the end of the list');
    at = afterSpace(text, at + 1);
  }
}

function afterText(text: string, open: number): number {
  let at = open + 1;
  for (;;) {
    at = afterMatch(plainPattern, text, at) ?? at;
    const next = text.charAt(at);
    if (next === '"') return at + 1;
    if (at >= text.length) throw new Fault(at, 'it ends too early');
    if (next !== '\\') throw new Fault(at, 'a text ends before its closing quote');
    const end = afterMatch(escapePattern, text, at);
    if (end === null) throw new Fault(at, 'a "\\" begins nothing that JSON knows');
    at = end;
  }
}

function missing(text: string, at: number, what: string): Fault {
  return new Fault(at, at >= text.length ? 'it ends too early' : `${what} is missing`);
}
