import { type AssignmentToken, decodeValue, printToken, type Token, tokenise } from './tokenise.ts';

/** A `.env` file, taken apart without losing a byte. */
export interface EnvDocument {
  /** `latin1` stands for bytes that are not UTF-8: kept byte by byte, but nothing is ever written into them. */
  readonly encoding: 'utf8' | 'latin1';
  readonly tokens: readonly Token[];
}

const isAssignmentOf =
  (name: string) =>
  (token: Token): token is AssignmentToken =>
    token.kind === 'assignment' && token.name === name;

/** Takes any bytes apart; `printEnv` gives the same bytes back, whatever they are. Never throws. */
export function parseEnv(bytes: Uint8Array): EnvDocument {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { encoding: 'utf8', tokens: tokenise(text) };
  } catch {
    // Not UTF-8. Latin-1 as Node has it maps every byte to one character and back.
    return { encoding: 'latin1', tokens: tokenise(Buffer.from(bytes).toString('latin1')) };
  }
}

/** The bytes of the document. */
export function printEnv(document: EnvDocument): Uint8Array {
  return new Uint8Array(Buffer.from(textOf(document), document.encoding));
}

/** The text of the document. */
export function textOf(document: EnvDocument): string {
  return document.tokens.map(printToken).join('');
}

/** Every variable and its value as dotenv reads it: the last occurrence counts. In the order of the file. */
export function valuesOf(document: EnvDocument): Map<string, string> {
  return new Map([...lastWrittenOf(document)].map(([name, written]) => [name, decodeValue(written)]));
}

/** Every variable and its value as it is written: the last occurrence counts. In the order of the file. */
export function lastWrittenOf(document: EnvDocument): Map<string, string> {
  const written = new Map<string, string>();
  for (const token of document.tokens) if (token.kind === 'assignment') written.set(token.name, token.value);
  return written;
}

/** The values of every occurrence of one variable, in the order of the file. */
export function occurrencesOf(document: EnvDocument, name: string): string[] {
  return document.tokens.filter(isAssignmentOf(name)).map((token) => decodeValue(token.value));
}

/**
 * Puts `encoded` (a value as written, see `encodeValue`) in the place of the value of every occurrence, since
 * some readers take the first and most the last. All other bytes stay, but for one space before a comment
 * that touched the old value, for a third of all readers would take it as part of the new one. A
 * variable that is not there is added at the end, in the file's own line ends.
 */
export function setVariable(document: EnvDocument, name: string, encoded: string): EnvDocument {
  const isOurs = isAssignmentOf(name);
  if (!document.tokens.some(isOurs)) return append(document, name, encoded);
  const tokens = document.tokens.map((token) => (isOurs(token) ? withValue(token, encoded) : token));
  return { ...document, tokens };
}

/**
 * Takes out every line of the variable, with its comment and its line end. Below a line that ends in `\`, which systemd and
 * make join with the next one, and behind a byte order mark, which hides a name from Node.js, a blank line stays: another
 * line of the file would take its place.
 */
export function removeVariable(document: EnvDocument, name: string): EnvDocument {
  const isOurs = isAssignmentOf(name);
  const tokens: Token[] = [];
  for (const token of document.tokens) {
    const rest = isOurs(token) ? leftBehind(token, tokens.at(-1)) : token;
    if (rest !== undefined) tokens.push(rest);
  }
  return { ...document, tokens };
}

/**
 * Puts a `#` before every line of the variable, also before those within its value, so that no reader sees anything of it. A
 * last line that ends in `\` gets ` #` behind it, for systemd and make join such a comment with the line below.
 */
export function commentOutVariable(document: EnvDocument, name: string): EnvDocument {
  const isOurs = isAssignmentOf(name);
  const tokens = document.tokens.map((token) => (isOurs(token) ? asComment(token) : token));
  return { ...document, tokens };
}

/** Puts another name in the place of the variable's, wherever it is assigned. All other bytes stay. */
export function renameVariable(document: EnvDocument, from: string, to: string): EnvDocument {
  const isOurs = isAssignmentOf(from);
  const tokens = document.tokens.map((token) => (isOurs(token) ? { ...token, name: to } : token));
  return { ...document, tokens };
}

/** The line end that most lines have; LF when there is none, or none leads. */
export function dominantEol(text: string): '\n' | '\r\n' {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  return crlf > lf ? '\r\n' : '\n';
}

function asComment(token: AssignmentToken): Token {
  const text = printToken({ ...token, eol: '' });
  // Node.js would take the mark and the `#` for the beginning of a name: it gets a line of its own.
  const mark = hasByteOrderMark(token) ? `\uFEFF#${token.eol || '\n'}` : '';
  const lines = text.slice(mark === '' ? 0 : 1).replace(/^|\r\n|[\r\n\u2028\u2029]/g, '$&#');
  const guard = lines.endsWith('\\') ? ' #' : '';
  return { kind: 'other', text: mark + lines + guard + token.eol };
}

/** What stays of a line that is taken out. The byte order mark is the file's, and would hide a name behind it from Node.js. */
function leftBehind(token: AssignmentToken, above: Token | undefined): Token | undefined {
  if (hasByteOrderMark(token)) return { kind: 'other', text: `\uFEFF${token.eol}` };
  return endsInBackslash(above) ? { kind: 'other', text: token.eol } : undefined;
}

const hasByteOrderMark = ({ prefix }: AssignmentToken) => prefix.startsWith('\uFEFF');

function endsInBackslash(token: Token | undefined): boolean {
  return token !== undefined && /\\(?:\r\n|[\r\n])$/.test(printToken(token));
}

function withValue(token: AssignmentToken, encoded: string): AssignmentToken {
  // With something after it, an empty value must be quoted: Node.js reads on to the next line otherwise.
  const value = encoded === '' && token.trailing !== '' ? "''" : encoded;
  const trailing = token.trailing.startsWith('#') ? ` ${token.trailing}` : token.trailing;
  return { ...token, value, trailing };
}

function append(document: EnvDocument, name: string, encoded: string): EnvDocument {
  const text = textOf(document);
  const eol = dominantEol(text);
  const token: AssignmentToken = {
    kind: 'assignment',
    prefix: '',
    name,
    separator: '=',
    value: encoded,
    trailing: '',
    eol,
  };
  const isOpen = text !== '' && text !== '\uFEFF' && !/[\r\n]$/.test(text);
  const spacer = (isOpen ? eol : '') + spacerAfter(document, text, eol);
  const between: Token[] = spacer === '' ? [] : [{ kind: 'other', text: spacer }];
  return { ...document, tokens: [...document.tokens, ...between, token] };
}

/**
 * What must stand between the end of the file and an added line so that no reader takes the line for a part of
 * the one before: systemd and make join a line to one that ends in `\`, and Node.js reads the value of
 * `KEY= ` (a space, no value) from the next line that is not a comment.
 */
function spacerAfter(document: EnvDocument, text: string, eol: string): string {
  if (/\\[\r\n]*$/.test(text)) return eol;
  const lastMeaning = document.tokens.findLast((token) => printToken(token).trim() !== '');
  if (lastMeaning?.kind !== 'assignment' || lastMeaning.value !== '') return '';
  return lastMeaning.trailing === '' || lastMeaning.trailing.includes('#') ? '' : `#${eol}`;
}
