import type { MisreadCause } from '../../shared/domain/env-file.ts';
import { type EnvDocument, textOf } from './document.ts';
import type { Reader } from './readers.ts';
import type { AssignmentToken, Token } from './tokenise.ts';

/** Something in a file that keeps these readers from a value as it is written there. */
export interface Hindrance {
  readonly cause: MisreadCause;
  readonly readers: readonly Reader[];
}

/**
 * What makes readers read one of these variables as something else than its value because of how its line, or another line
 * of the file, is written: a write leaves that as it is. `unseenByNode`: the variables that Node.js was found not to see.
 * Each form was read by every reader.
 */
export function hindrancesOf(
  document: EnvDocument,
  names: ReadonlySet<string>,
  unseenByNode: readonly string[],
): Hindrance[] {
  const assignments = document.tokens.filter((token) => token.kind === 'assignment');
  const own = assignments.filter(({ name }) => names.has(name));
  const text = textOf(document);
  const isJoined = own.some((token) => isBelowBackslash(document, token));
  return [
    ...ownForms.filter(({ is }) => own.some(is)),
    ...formsAnywhere.filter(({ is }) => assignments.some(is)),
    ...(unseenByNode.length > 0 ? [JOINED_TO_THE_LINE_ABOVE] : []),
    ...(isJoined ? [JOINED_TO_THE_COMMENT_ABOVE] : []),
    ...fileForms.filter(({ is }) => is(text)),
    ...(document.tokens.some(isJunk) ? [JUNK] : []),
  ];
}

/** A way in which an assignment can be written. */
interface Form extends Hindrance {
  readonly is: (token: AssignmentToken) => boolean;
}

/** Node.js takes the value of `OTHER= ` (a space, no value) from the next line; Vite reads with Node.js, and Deno alike. */
const JOINED_TO_THE_LINE_ABOVE: Hindrance = { cause: 'other-line', readers: ['node', 'vite', 'deno'] };
/** They join a line to a comment above it that ends in a backslash. */
const JOINED_TO_THE_COMMENT_ABOVE: Hindrance = { cause: 'other-line', readers: ['systemd', 'make'] };
const JUNK: Hindrance = {
  cause: 'other-line',
  readers: ['symfony', 'phpdotenv', 'godotenv', 'gotenv', 'direnv', 'make', 'dockerRun', 'dotenvy'],
};

const head = ({ prefix, name, separator }: AssignmentToken) => prefix + name + separator;
const hasComment = ({ trailing }: AssignmentToken) => trailing.includes('#');

/** Forms of a variable's own line that make it unseen, or something else of its value. */
const ownForms: readonly Form[] = [
  {
    cause: 'separator',
    is: (token) => /[:\n]/.test(head(token)),
    readers: [
      ...(['node', 'vite', 'deno', 'envCmd', 'systemd', 'foreman', 'python', 'composeV1', 'shells'] as const),
      ...(['phpdotenv', 'symfony', 'dockerRun', 'make', 'dotenvy'] as const),
    ],
  },
  {
    cause: 'separator',
    is: (token) => head(token).includes('\n'),
    readers: ['ruby', 'godotenv', 'gotenv', 'direnv'],
  },
  {
    cause: 'byte-order-mark',
    is: ({ prefix }) => prefix.startsWith('\uFEFF'),
    readers: ['node', 'vite', 'deno', 'systemd', 'python', 'foreman', 'shells'],
  },
  {
    cause: 'export',
    is: ({ prefix }) => prefix.includes('export'),
    readers: ['envCmd', 'systemd', 'foreman', 'dockerRun'],
  },
  { cause: 'spaces', is: ({ prefix }) => /^[^\S\uFEFF]/.test(prefix), readers: ['foreman'] },
  // Node.js 20, and Vite on it.
  { cause: 'spaces', is: ({ prefix }) => /\t|\s\s$/.test(prefix), readers: ['node', 'vite'] },
  {
    cause: 'spaces',
    is: ({ separator }) => /\s/.test(separator),
    readers: ['shells', 'foreman', 'symfony', 'dockerRun'],
  },
  { cause: 'crlf', is: ({ eol }) => eol === '\r\n', readers: ['shells'] },
  { cause: 'comment', is: ({ trailing }) => trailing !== '', readers: ['foreman', 'make', 'dockerRun'] },
  { cause: 'comment', is: ({ trailing }) => trailing.startsWith('\t'), readers: ['gotenv'] },
  { cause: 'comment', is: hasComment, readers: ['systemd'] },
  {
    // They close the value at the last quote of the line.
    cause: 'comment',
    is: ({ value, trailing }) => /^['"]/.test(value) && trailing.includes(value.charAt(0)),
    readers: ['envCmd', 'ruby', 'gotenv', 'direnv'],
  },
];

/** Forms of any line of a file that make a reader refuse the file. */
const formsAnywhere: readonly Form[] = [
  { cause: 'other-line', is: ({ prefix }) => prefix.includes('export'), readers: ['phpdotenv', 'dockerRun'] },
  { cause: 'other-line', is: ({ separator }) => /\s/.test(separator), readers: ['symfony', 'dockerRun'] },
  {
    cause: 'other-line',
    is: ({ separator }) => separator.includes(':'),
    readers: ['symfony', 'phpdotenv', 'make', 'dockerRun'],
  },
];

/** What a byte order mark does to the readers that don't know it; Node.js 20 takes it and a first comment for a name. */
const fileForms: readonly (Hindrance & { readonly is: (text: string) => boolean })[] = [
  {
    cause: 'byte-order-mark',
    is: (text) => text.startsWith('\uFEFF'),
    readers: ['symfony', 'godotenv', 'direnv', 'dotenvy'],
  },
  {
    cause: 'byte-order-mark',
    is: (text) => /^\uFEFF\s*(?:#|[\r\n])/.test(text),
    readers: ['node', 'vite'],
  },
];

function isBelowBackslash(document: EnvDocument, token: AssignmentToken): boolean {
  const above = document.tokens[document.tokens.indexOf(token) - 1];
  return above?.kind === 'other' && /\\\r?\n$/.test(above.text);
}

/** A line that is no assignment, no comment and not blank. */
function isJunk(token: Token): boolean {
  return token.kind === 'other' && !/^[\s\uFEFF]*(?:#|$)/.test(token.text);
}
