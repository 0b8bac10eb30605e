import type { EnvDocument } from './document.ts';
import type { Reader } from './readers.ts';

/** Readers that do not know `KEY: value`, or a line break between the parts of an assignment. */
const SIGN_AND_NAME_IN_ONE_LINE: readonly Reader[] = [
  ...(['node', 'vite', 'deno', 'envCmd', 'systemd', 'foreman', 'python', 'composeV1', 'shells'] as const),
  ...(['phpdotenv', 'symfony', 'dockerRun', 'make', 'dotenvy'] as const),
];

/** Readers that take a byte order mark for a part of the first name, or reject the file for it. */
const NO_BYTE_ORDER_MARK: readonly Reader[] = [
  ...(['node', 'vite', 'deno', 'systemd', 'python', 'foreman', 'shells'] as const),
  ...(['symfony', 'godotenv', 'direnv', 'dotenvy'] as const),
];

/** Node.js takes the value of `OTHER= ` (a space, no value) from the next line, and Vite reads with Node.js. */
const JOINED_TO_THE_LINE_ABOVE: readonly Reader[] = ['node', 'vite'];

/**
 * The readers that do not see a variable because of how its line is written, which a write leaves as it is.
 * `unseenByNode` says that Node.js was found not to see it.
 */
export function readersBlindTo(document: EnvDocument, name: string, unseenByNode: boolean): Reader[] {
  const blind: Reader[] = [];
  for (const token of document.tokens) {
    if (token.kind !== 'assignment' || token.name !== name) continue;
    const head = `${token.prefix}${token.name}${token.separator}`;
    if (/[:\n]/.test(head)) blind.push(...SIGN_AND_NAME_IN_ONE_LINE);
    if (head.startsWith('\uFEFF')) blind.push(...NO_BYTE_ORDER_MARK);
  }
  return unseenByNode && blind.length === 0 ? [...JOINED_TO_THE_LINE_ABOVE] : blind;
}
