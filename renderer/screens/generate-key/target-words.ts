import type { FileInspection, VariableHolder } from '../../../shared/domain/env-file.ts';
import { placeMeant } from '../../../shared/domain/place-of-key.ts';
import { count } from '../../text/dates.ts';
import { type PageFailure, words } from '../../text/errors.ts';
import { variableProblem } from './draft.ts';
import type { Inspection } from './use-file-inspections.ts';

/** What is known of a path while nothing is wrong with it. */
export function fileWords(typed: string, inspection: Inspection | undefined): string | undefined {
  if (inspection?.state === 'looking') return 'Looking at the file…';
  if (inspection?.state !== 'seen') return undefined;
  const { file, exists, variables, git } = inspection.file;
  const meant = file === typed.trim() ? '' : ` In full: ${file}.`;
  const ignored = git.state === 'ignored' ? ' Git ignores it.' : '';
  const there = exists
    ? `There, with ${count(variables.length, 'variable')}. Everything else in it stays as it is.`
    : 'Not there yet. It will be made, for you alone to read.';
  return `${there}${ignored}${meant}`;
}

/** Why the key cannot be written to a path, as far as looking at it tells; null where it can. */
export function fileRefusal(inspection: Inspection | undefined): string | null {
  if (inspection?.state === 'refused') return refusalWords(inspection.failure);
  if (inspection?.state !== 'seen' || inspection.file.unwritable === '') return null;
  const { file, unwritable } = inspection.file;
  return refusalWords({ code: 'file-unwritable', file, reason: unwritable });
}

/** A failure at the field that it is about: what happened, why where that is known, and what to do. */
function refusalWords(failure: PageFailure): string {
  const { title, next = '' } = words(failure);
  const reason = 'reason' in failure && failure.reason !== '' ? ` ${failure.reason}.` : '';
  return `${title}.${reason} ${next}`.trimEnd();
}

/** What makes a file an odd one to write a key into; null where it looks as others do. */
export function oddFileWords({
  kind,
}: Pick<FileInspection, 'kind'>): { readonly title: string; readonly text: string } | null {
  switch (kind) {
    case 'variables':
      return null;
    case 'example':
      return {
        title: 'This is the example file that others get',
        text: 'It is there for names without values. The key belongs into the file beside it, such as .env.',
      };
    case 'other':
      return {
        title: 'This does not look like an .env file',
        text: 'Hardly a line of it gives a variable its value. A line with the key would be added to what stands there.',
      };
  }
}

/** The other key that has a variable of the file; null where none has, also for names that every object knows. */
export const holderOf = ({ held }: Pick<FileInspection, 'held'>, variable: string): VariableHolder | null =>
  (Object.hasOwn(held, variable) ? held[variable] : null) ?? null;

/** What becomes of a variable in a file that was looked at; nothing where its name is wrong, or another key has it. */
export function variableWords(
  field: string,
  variables: Readonly<Record<string, string>>,
  file: FileInspection | null,
): string | undefined {
  const name = (variables[field] ?? '').trim();
  if (name === '')
    return Object.keys(variables).length > 1 ? 'Empty: this field is not written here.' : undefined;
  if (file?.exists !== true || variableProblem(name) !== null || holderOf(file, name) !== null)
    return undefined;
  const isThere = file.variables.includes(name);
  const names = Object.values(variables).map((each) => each.trim());
  const before = placeMeant(file.own, (place) => place, names)?.[field];
  if (before === name) return `The file has ${name}, and this key in it.`;
  if (before !== undefined)
    return isThere
      ? `The file has ${name}. Its value will be replaced, and the line of ${before} goes.`
      : `${before} becomes ${name}: its line gets the new name, and ${before} is not in the file any more.`;
  return isThere ? `The file has ${name}. Its value will be replaced.` : `${name} will be added to the file.`;
}
