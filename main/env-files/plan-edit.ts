import type { Dialect } from '../../shared/domain/env-file.ts';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { checkEdit, type Wanted } from './check-edit.ts';
import {
  type EnvDocument,
  parseEnv,
  printEnv,
  removeVariable,
  renameVariable,
  setVariable,
  textOf,
  valuesOf,
} from './document.ts';
import { encodeValue } from './encode.ts';
import type { Assignment } from './env-files.ts';
import { readersBlindTo } from './line-form.ts';
import { readerNames } from './readers.ts';

/** An edit that was thought through but not made: the new bytes, and who reads the new values differently. */
export interface Plan {
  readonly wanted: Wanted;
  readonly bytes: Uint8Array;
  readonly readDifferentlyBy: readonly string[];
}

/** A file's document, unless it is not text: only UTF-8 without NUL is. */
export function documentOf(file: string, bytes: Uint8Array): Result<EnvDocument, EnvFileFailure> {
  const document = parseEnv(bytes);
  if (document.encoding !== 'utf8' || bytes.includes(0)) return fail(failure('file-not-text', { file }));
  return ok(document);
}

/** Refuses names that some reader does not take, and a name that is there twice. */
export function checkVariables(variables: readonly string[]): Result<void, EnvFileFailure> {
  const invalid = variables.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '__proto__');
  if (invalid !== undefined) return fail(failure('variable-invalid', { variable: invalid }));
  const repeated = variables.find((name, index) => variables.indexOf(name) !== index);
  if (repeated !== undefined) return fail(failure('variable-repeated', { variable: repeated }));
  return ok(undefined);
}

/** Plans to set these variables, and checks the outcome with two parsers before anything is written. */
export function planWrite(
  file: string,
  before: EnvDocument,
  assignments: readonly Assignment[],
  dialect: Dialect,
): Result<Plan, EnvFileFailure> {
  let after = before;
  const wanted = new Map<string, string>();
  const different = new Set<string>();
  for (const { variable, value } of assignments) {
    const encoded = encodeValue(value.reveal(), dialect);
    if (!encoded.ok) return fail(failure('value-unwritable', { variable, reason: encoded.error }));
    wanted.set(variable, value.reveal());
    after = setVariable(after, variable, encoded.value.written);
    for (const reader of encoded.value.readDifferentlyBy) different.add(reader);
  }
  return plan(file, before, after, wanted, different);
}

/** Plans to remove these variables, and checks the outcome like `planWrite`. */
export function planRemoval(
  file: string,
  before: EnvDocument,
  variables: readonly string[],
): Result<Plan, EnvFileFailure> {
  const after = variables.reduce(removeVariable, before);
  return plan(file, before, after, new Map(variables.map((name) => [name, null])), new Set());
}

/**
 * Plans to give a variable another name wherever it is assigned, and checks the outcome like `planWrite`. A name that the
 * file has already is refused; where the variable isn't in the file, nothing changes.
 */
export function planRename(
  file: string,
  before: EnvDocument,
  from: string,
  to: string,
): Result<Plan, EnvFileFailure> {
  const values = valuesOf(before);
  if (from === to || values.has(to)) return fail(failure('variable-repeated', { variable: to }));
  const value = values.get(from);
  if (value === undefined) return plan(file, before, before, new Map(), new Set());
  const wanted = new Map([
    [from, null],
    [to, value],
  ]);
  return plan(file, before, renameVariable(before, from, to), wanted, new Set());
}

function plan(
  file: string,
  before: EnvDocument,
  after: EnvDocument,
  wanted: Wanted,
  different: ReadonlySet<string>,
): Result<Plan, EnvFileFailure> {
  if (/\r(?!\n)/.test(textOf(before)) && !textOf(before).includes('\n'))
    return fail(
      failure('file-unwritable', { file, reason: 'Its lines end in CR alone, which few programs read' }),
    );
  // Read again from the bytes: what a token was meant to be is not what a reader makes of the whole.
  const bytes = printEnv(after);
  const check = checkEdit(before, parseEnv(bytes), wanted);
  if (!check.sound) return fail(failure('file-unwritable', { file, reason: check.reason }));
  const blind = [...wanted.keys()].flatMap((name) =>
    readersBlindTo(after, name, check.unseenByNode.includes(name)),
  );
  const names = new Set([...different, ...readerNames(blind)]);
  const readDifferentlyBy = [...names].sort((a, b) => a.localeCompare(b, 'en'));
  return ok({ wanted, bytes, readDifferentlyBy });
}
