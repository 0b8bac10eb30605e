import { type EnvDocument, textOf } from './document.ts';
import type { Reader } from './readers.ts';
import type { AssignmentToken, Token } from './tokenise.ts';

/**
 * The readers that read one of these variables as something else than its value because of how its line, or another line of
 * the file, is written: a write leaves that as it is. `unseenByNode`: the variables that Node.js was found not to see. Each
 * form was read by every reader.
 */
export function readersBlindTo(
  document: EnvDocument,
  names: ReadonlySet<string>,
  unseenByNode: readonly string[],
): Reader[] {
  const assignments = document.tokens.filter((token) => token.kind === 'assignment');
  const own = assignments.filter(({ name }) => names.has(name));
  const blind = new Set<Reader>(unseenByNode.length > 0 ? JOINED_TO_THE_LINE_ABOVE : []);
  const add = (forms: readonly Form[], token: AssignmentToken) => {
    for (const { is, readers } of forms) if (is(token)) for (const reader of readers) blind.add(reader);
  };
  for (const token of own) add(ownForms, token);
  for (const token of assignments) add(formsAnywhere, token);
  if (own.some((token) => isBelowBackslash(document, token)))
    for (const reader of JOIN_TO_COMMENT) blind.add(reader);
  const text = textOf(document);
  for (const { is, readers } of fileForms) if (is(text)) for (const reader of readers) blind.add(reader);
  if (document.tokens.some(isJunk)) for (const reader of REJECT_JUNK) blind.add(reader);
  return [...blind];
}

/** A way in which an assignment can be written, and the readers that it misleads. */
interface Form {
  readonly is: (token: AssignmentToken) => boolean;
  readonly readers: readonly Reader[];
}

/** Node.js takes the value of `OTHER= ` (a space, no value) from the next line; Vite reads with Node.js, and Deno alike. */
const JOINED_TO_THE_LINE_ABOVE: readonly Reader[] = ['node', 'vite', 'deno'];
/** They join a line to a comment above it that ends in a backslash. */
const JOIN_TO_COMMENT: readonly Reader[] = ['systemd', 'make'];
const REJECT_JUNK: readonly Reader[] = [
  ...(['symfony', 'phpdotenv', 'godotenv', 'gotenv', 'direnv', 'make', 'dockerRun', 'dotenvy'] as const),
];

const head = ({ prefix, name, separator }: AssignmentToken) => prefix + name + separator;
const hasComment = ({ trailing }: AssignmentToken) => trailing.includes('#');

/** Forms of a variable's own line that make it unseen, or something else of its value. */
const ownForms: readonly Form[] = [
  {
    is: (token) => /[:\n]/.test(head(token)),
    readers: [
      ...(['node', 'vite', 'deno', 'envCmd', 'systemd', 'foreman', 'python', 'composeV1', 'shells'] as const),
      ...(['phpdotenv', 'symfony', 'dockerRun', 'make', 'dotenvy'] as const),
    ],
  },
  { is: (token) => head(token).includes('\n'), readers: ['ruby', 'godotenv', 'gotenv', 'direnv'] },
  {
    is: ({ prefix }) => prefix.startsWith('\uFEFF'),
    readers: ['node', 'vite', 'deno', 'systemd', 'python', 'foreman', 'shells'],
  },
  {
    is: ({ prefix }) => prefix.includes('export'),
    readers: ['envCmd', 'systemd', 'foreman', 'dockerRun'],
  },
  { is: ({ prefix }) => /^[^\S\uFEFF]/.test(prefix), readers: ['foreman'] },
  // Node.js 20, and Vite on it.
  { is: ({ prefix }) => /\t|\s\s$/.test(prefix), readers: ['node', 'vite'] },
  { is: ({ separator }) => /\s/.test(separator), readers: ['shells', 'foreman', 'symfony', 'dockerRun'] },
  { is: ({ eol }) => eol === '\r\n', readers: ['shells'] },
  { is: ({ trailing }) => trailing !== '', readers: ['foreman', 'make', 'dockerRun'] },
  { is: ({ trailing }) => trailing.startsWith('\t'), readers: ['gotenv'] },
  { is: hasComment, readers: ['systemd'] },
  {
    // They close the value at the last quote of the line.
    is: ({ value, trailing }) => /^['"]/.test(value) && trailing.includes(value.charAt(0)),
    readers: ['envCmd', 'ruby', 'gotenv', 'direnv'],
  },
];

/** Forms of any line of a file that make a reader refuse the file. */
const formsAnywhere: readonly Form[] = [
  { is: ({ prefix }) => prefix.includes('export'), readers: ['phpdotenv', 'dockerRun'] },
  { is: ({ separator }) => /\s/.test(separator), readers: ['symfony', 'dockerRun'] },
  { is: ({ separator }) => separator.includes(':'), readers: ['symfony', 'phpdotenv', 'make', 'dockerRun'] },
];

/** What a byte order mark does to the readers that don't know it; Node.js 20 takes it and a first comment for a name. */
const fileForms: readonly { readonly is: (text: string) => boolean; readonly readers: readonly Reader[] }[] =
  [
    { is: (text) => text.startsWith('\uFEFF'), readers: ['symfony', 'godotenv', 'direnv', 'dotenvy'] },
    { is: (text) => /^\uFEFF\s*(?:#|[\r\n])/.test(text), readers: ['node', 'vite'] },
  ];

function isBelowBackslash(document: EnvDocument, token: AssignmentToken): boolean {
  const above = document.tokens[document.tokens.indexOf(token) - 1];
  return above?.kind === 'other' && /\\\r?\n$/.test(above.text);
}

/** A line that is no assignment, no comment and not blank. */
function isJunk(token: Token): boolean {
  return token.kind === 'other' && !/^[\s\uFEFF]*(?:#|$)/.test(token.text);
}
