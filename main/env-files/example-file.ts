import path from 'node:path';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../secrets/secret.ts';
import { checkEdit } from './check-edit.ts';
import { type EnvDocument, parseEnv, printEnv, textOf, valuesOf } from './document.ts';
import { type Plan, planWrite } from './plan-edit.ts';

const endings = ['.example', '.sample', '.template', '.dist'] as const;
const madeWhereNoneIs = '.env.example';

/**
 * The file of names without values that goes with a file: its own (`.env.local.example`) before the project's
 * (`.env.example`, `.env.sample`, `.env.template`, `.env.dist`, `example.env`); `.env.example` where there is none.
 * `inFolder`: the names of what lies beside the file.
 */
export function exampleOf(file: string, inFolder: readonly string[]): string {
  const own = endings.map((ending) => path.basename(file) + ending);
  const common = [...endings.map((ending) => `.env${ending}`), 'example.env'];
  const there = new Set(inFolder);
  const name = [...own, ...common].find((one) => there.has(one)) ?? madeWhereNoneIs;
  return path.join(path.dirname(file), name);
}

/** The names that an example speaks of: of its variables, and of those that are commented out. */
export function namesInExample(example: EnvDocument): string[] {
  const commentedOut = textOf(example).matchAll(
    /^[^\S\r\n]*#+[^\S\r\n]*(?:export[^\S\r\n]+)?([\w.-]+)[^\S\r\n]*=/gm,
  );
  return [...new Set([...valuesOf(example).keys(), ...[...commentedOut].map(([, name]) => name ?? '')])];
}

/**
 * Plans to add the names that an example lacks, each on a line of its own without a value, in the example's line ends,
 * and after `export` where every line of it has that. What stands there stays, also where it has a value.
 */
export function planNames(
  file: string,
  example: EnvDocument,
  variables: readonly string[],
): Result<Plan, EnvFileFailure> {
  const known = new Set(namesInExample(example));
  const missing = variables.filter((variable) => !known.has(variable));
  const empty = missing.map((variable) => ({ variable, value: new Secret('') }));
  const plan = planWrite(file, example, empty, 'any');
  if (!plan.ok || !isExporting(example)) return plan;
  const added = parseEnv(plan.value.bytes);
  const isNew = new Set(missing);
  const tokens = added.tokens.map((token) =>
    token.kind === 'assignment' && isNew.has(token.name)
      ? // Node.js takes the word for a part of the name where nothing at all follows the sign.
        { ...token, prefix: 'export ', value: '""' }
      : token,
  );
  const bytes = printEnv({ ...added, tokens });
  const check = checkEdit(example, parseEnv(bytes), plan.value.wanted);
  return check.sound
    ? ok({ ...plan.value, bytes })
    : fail(failure('file-unwritable', { file, reason: check.reason }));
}

function isExporting(example: EnvDocument): boolean {
  const assignments = example.tokens.filter((token) => token.kind === 'assignment');
  return assignments.length > 0 && assignments.every(({ prefix }) => prefix.trim() === 'export');
}
