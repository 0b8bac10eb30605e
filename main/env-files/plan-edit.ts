import { parseEnv as parseLikeNode } from 'node:util';
import type { Dialect, MisreadCause } from '../../shared/domain/env-file.ts';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { checkEdit, gone, nodeValues, type Reading, type Wanted } from './check-edit.ts';
import { readersOf } from './dialect-ways.ts';
import {
  type EnvDocument,
  occurrencesOf,
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
import { hindrancesOf } from './line-form.ts';
import { causeFor } from './misread.ts';
import { readerNames } from './readers.ts';
import { decodeValue } from './tokenise.ts';

/** An edit that was thought through but not made: the new bytes, and who reads the new values differently. */
export interface Plan {
  readonly wanted: Wanted;
  readonly bytes: Uint8Array;
  readonly readDifferentlyBy: readonly string[];
  /** What in the file keeps the named reader from the values, where the plan is for one. */
  readonly because?: MisreadCause;
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

/**
 * Plans to set these variables, and checks the outcome with two parsers before anything is written. Where `dialect` names a
 * reader, the values are written for that one, and no other is named.
 */
export function planWrite(
  file: string,
  before: EnvDocument,
  assignments: readonly Assignment[],
  dialect: Dialect,
): Result<Plan, EnvFileFailure> {
  let after = before;
  const wanted = new Map<string, Reading>();
  const different = new Set<string>();
  for (const { variable, value } of assignments) {
    const encoded = encodeValue(value.reveal(), dialect);
    if (!encoded.ok) return fail(failure('value-unwritable', { variable, reason: encoded.error }));
    const { written, readDifferentlyBy } = encoded.value;
    after = setVariable(after, variable, written);
    const read = decodeValue(written);
    const occurrences = occurrencesOf(after, variable).map(() => read);
    wanted.set(variable, { occurrences, node: parseLikeNode(`KEY=${written}\n`).KEY ?? null });
    for (const reader of readDifferentlyBy) different.add(reader);
  }
  const checked = plan(file, before, after, wanted);
  if (!checked.ok) return checked;
  const hindrances = hindrancesOf(after, new Set(wanted.keys()), checked.value.unseenByNode);
  const blind = hindrances.flatMap(({ readers }) => readers);
  const meant = dialect === 'any' ? blind : blind.filter((reader) => readersOf[dialect].includes(reader));
  const names = new Set([...different, ...readerNames(meant)]);
  const readDifferentlyBy = [...names].sort((a, b) => a.localeCompare(b, 'en'));
  const because = causeFor(hindrances, dialect);
  return ok({
    wanted,
    bytes: checked.value.bytes,
    readDifferentlyBy,
    ...(because === null ? {} : { because }),
  });
}

/** Plans to remove these variables, and checks the outcome like `planWrite`. */
export function planRemoval(
  file: string,
  before: EnvDocument,
  variables: readonly string[],
): Result<Plan, EnvFileFailure> {
  const after = variables.reduce(removeVariable, before);
  const wanted = new Map(variables.map((name) => [name, gone]));
  const checked = plan(file, before, after, wanted);
  return checked.ok ? ok({ wanted, bytes: checked.value.bytes, readDifferentlyBy: [] }) : checked;
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
  const names = valuesOf(before);
  if (from === to || names.has(to)) return fail(failure('variable-repeated', { variable: to }));
  const reading = { occurrences: occurrencesOf(before, from), node: nodeValues(before).get(from) ?? null };
  const wanted = new Map(
    names.has(from)
      ? [
          [from, gone],
          [to, reading],
        ]
      : [],
  );
  const checked = plan(file, before, renameVariable(before, from, to), wanted);
  return checked.ok ? ok({ wanted, bytes: checked.value.bytes, readDifferentlyBy: [] }) : checked;
}

function plan(
  file: string,
  before: EnvDocument,
  after: EnvDocument,
  wanted: Wanted,
): Result<{ readonly bytes: Uint8Array; readonly unseenByNode: readonly string[] }, EnvFileFailure> {
  const text = textOf(before);
  if (!text.includes('\n') && /\r(?!\n)/.test(text))
    return fail(
      failure('file-unwritable', { file, reason: 'Its lines end in CR alone, which few programs read' }),
    );
  // Read again from the bytes: what a token was meant to be is not what a reader makes of the whole.
  const bytes = printEnv(after);
  const check = checkEdit(before, parseEnv(bytes), wanted);
  return check.sound
    ? ok({ bytes, unseenByNode: check.unseenByNode })
    : fail(failure('file-unwritable', { file, reason: check.reason }));
}
