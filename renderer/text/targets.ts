import type { Dialect, MisreadCause } from '../../shared/domain/env-file.ts';
import type { TargetRemark } from '../../shared/domain/work.ts';
import type { TargetState } from '../../shared/ipc/keys.contract.ts';
import { count } from './dates.ts';
import { dialectName } from './dialects.ts';
import { type PageFailure, type Words, words } from './errors.ts';

/** What is wrong with a key's files, for a row of a list: how many do not hold its value. Empty where all hold it. */
export function astrayWords(targets: number, targetsAstray: number): string {
  if (targetsAstray === 0) return '';
  if (targets === 1) return 'Its file is out of step';
  if (targetsAstray === targets) return `All ${count(targets, 'file')} are out of step`;
  const are = targetsAstray === 1 ? 'is' : 'are';
  return `${targetsAstray} of ${count(targets, 'file')} ${are} out of step`;
}

const states: Record<TargetState['state'], string> = {
  'in-step': 'In step',
  misread: 'Misread',
  differs: 'Differs',
  missing: 'Missing',
  unreadable: 'Unreadable',
};

/** How a target stands, in one or two words. */
export const targetStateWords = (state: TargetState['state']): string => states[state];

/** How a target stands and which variables are astray, in a sentence. `reader`: who reads the file, by the target. */
export function targetStateSentence(
  { state, detail, astray, holding = [] }: Omit<TargetState, 'targetId'>,
  reader: Dialect,
): string {
  switch (state) {
    case 'in-step':
      return 'The file holds this key.';
    case 'misread':
      return misreadWords([dialectName(reader)], detail);
    case 'differs':
      return differsSentence(astray, holding);
    case 'missing':
      return missingSentence(detail, astray);
    case 'unreadable':
      return unreadable[detail] ?? 'The file cannot be read, so nobody knows what it holds.';
  }
}

function differsSentence(astray: readonly string[], holding: NonNullable<TargetState['holding']>): string {
  const ofKeys = holding.map(({ variable, name }) => `${variable} holds the key “${name}”.`);
  const others = astray.filter((one) => !holding.some(({ variable }) => variable === one));
  if (others.length === 0 && ofKeys.length > 0) return ofKeys.join(' ');
  const changed =
    others.length === 0
      ? 'The file holds another value. Something else has changed it.'
      : `${listed(others)} ${holds(others)}. Something else has changed ${others.length === 1 ? 'it' : 'them'}.`;
  return [...ofKeys, changed].join(' ');
}

function missingSentence(detail: string, astray: readonly string[]): string {
  if (detail === 'folder-gone') return 'Its folder is not there. Keyturn makes files, not folders.';
  if (detail === 'file-gone') return 'The file is not there.';
  if (astray.length > 1) return `${listed(astray)} are not in the file, or hold another value.`;
  return astray.length === 1 ? `${listed(astray)} is not in the file.` : 'The variable is not in the file.';
}

const holds = (variables: readonly string[]): string =>
  variables.length === 1 ? 'holds another value' : 'hold other values';

/** By the code of the failure that says why. */
const unreadable: Readonly<Record<string, string>> = {
  'file-unreadable': 'The file is there, but its permissions do not let Keyturn read it.',
  'file-is-folder': 'A folder of this name stands where the file was.',
  'file-not-text': 'The file holds bytes that are not UTF-8 text.',
  'file-too-big': 'The file is too big to be an .env file.',
  'path-not-absolute': 'The path does not say where the file is.',
};

/** Several names in a sentence: `A`, `A and B`, `A, B and C`. */
export const listed = (names: readonly string[]): string => list.format(names);

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/**
 * Who reads a value differently than it was written; empty where nobody does. `because`: what in the file keeps the reader
 * from it that was chosen for it.
 */
export function readersWords(readers: readonly string[], because?: MisreadCause): string {
  if (readers.length === 0) return '';
  if (because !== undefined) return misreadWords(readers, because);
  const reads = readers.length > 1 || readers[0]?.includes(' and ') ? 'read' : 'reads';
  return `${listed(readers)} ${reads} this value differently: choose your reader at Write to .env, under More.`;
}

/** Why the reader that was chosen for a file does not get the value that stands in it. */
function misreadWords(readers: readonly string[], cause: string): string {
  return `${listed(readers)} cannot read it as it is: ${misreadCauses[cause] ?? misreadCauses['other-line']}. Mend the file, or choose another reader at Write to .env.`;
}

const misreadCauses: Readonly<Record<string, string>> = {
  crlf: 'the file has CRLF line ends',
  'byte-order-mark': 'the file begins with a byte order mark',
  export: 'a line of the file begins with export',
  separator: 'between the name and the value stands something else than =',
  spaces: 'its line has spaces before the name or around the =',
  comment: 'something stands behind the value on its line',
  'other-line': 'another line of the file stands in the way',
} satisfies Record<MisreadCause, string>;

/** What writing a key into a file came to beyond that it was written. */
export interface WrittenFacts {
  readonly readDifferentlyBy: readonly string[];
  /** What in the file keeps the target's own reader from the value, where one was named. */
  readonly because?: MisreadCause | undefined;
  /** The names could not be put into the example file. */
  readonly exampleFailed?: boolean | undefined;
  /** Variables of former names whose lines stay. */
  readonly left?: readonly string[] | undefined;
  /** Variables that have another name now, and those that were taken out for one that was there. */
  readonly renamed?: readonly { readonly from: string; readonly to: string }[] | undefined;
  readonly removed?: readonly string[] | undefined;
}

/** What the user should know of a write that succeeded, a sentence each; none where all went as asked. */
export function writtenNotes(facts: WrittenFacts): string[] {
  const { readDifferentlyBy, because, exampleFailed, left = [], renamed = [], removed = [] } = facts;
  const notes = [
    readersWords(readDifferentlyBy, because),
    exampleFailed === true
      ? 'The names could not be put into the example file; the value is written all the same.'
      : '',
    ...renamed.map(({ from, to }) => `${from} is ${to} now: what reads the file needs the new name.`),
    ...removed.map(
      (variable) => `${variable} is not in the file any more: what reads it needs the new name.`,
    ),
    leftWords(left),
  ];
  return notes.filter((note) => note !== '');
}

/** What the user should know of targets that work has written, a sentence each and each once. */
export const remarkNotes = (remarks: readonly TargetRemark[]): string[] => [
  ...new Set(remarks.flatMap((remark) => writtenNotes(remark))),
];

/** The same where no file stands beside it: each file with its sentences. */
export const remarkLines = (remarks: readonly TargetRemark[]): string[] =>
  [...Map.groupBy(remarks, ({ file }) => file)].map(([file, of]) => `${file}: ${remarkNotes(of).join(' ')}`);

/** Which lines stay in a file because they hold another value than the key's; empty where none does. */
export function leftWords(left: readonly string[]): string {
  if (left.length === 0) return '';
  const [stay, hold] = left.length === 1 ? ['stays', 'it holds'] : ['stay', 'they hold'];
  return `${listed(left)} ${stay} in the file: ${hold} another value than the key’s.`;
}

/** Whether a failure is about one of a key's files, and not about the vault's own. */
export const isAboutTarget = (failure: PageFailure): boolean =>
  ('file' in failure && failure.code !== 'storage-failed') || 'variable' in failure;

/** A failure at a file that a key has already, where the words for a file that is being chosen would ask for another path. */
export function followedFileWords(failure: PageFailure): Words {
  const said = words(failure);
  switch (failure.code) {
    case 'file-tracked':
      return { ...said, next: 'Confirm it by name at the key’s files, or unlink the file there.' };
    case 'file-is-folder':
    case 'file-not-text':
    case 'path-not-absolute':
      return { ...said, next: 'Mend it, or unlink it at the key’s files.' };
    default:
      return said;
  }
}
