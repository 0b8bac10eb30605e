import type { EnvFileFailure } from '../../shared/domain/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type EnvDocument, parseEnv } from './document.ts';
import type { Plan } from './plan-edit.ts';

/**
 * [Note: a plain line stands for itself]
 * A blank line, a comment, or `NAME=value` with nothing in the value that any reader gives a meaning to, closed quotes
 * round it at most. Where a file has no other lines, each reader reads each line on its own: a line that stays means
 * what it meant, whatever becomes of the others. So only the lines that change have to be thought through.
 */
const BLANK = '[ \\t]*';
// No line of one reader that is two lines of another, and none that is joined to the next one.
const TEXT = '[^\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff]*(?<!\\\\)';
const BARE = '[A-Za-z0-9_./+@%,-][A-Za-z0-9_./+@%,:=-]*';
const QUOTED = `(["'])[^"'\`\\\\$\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff]*\\1`;
const NOTE = `[ \\t]+#[^"'\`\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff]*(?<!\\\\)`;
const VALUE = `(?:${BARE}|${QUOTED})(?:${NOTE})?`;
const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const PLAIN = new RegExp(`^(?:${BLANK}|${BLANK}#${TEXT}|${NAME}=|(?:export )?${NAME}=${VALUE})$`);
// All readers take these; some refuse a whole file for one line of the other forms.
const PLAINEST = new RegExp(`^(?:#${TEXT}|${NAME}=(?:${BARE}|${QUOTED})?)?$`);

/**
 * Plans to set variables in a file of plain lines, by planning for the lines alone that name one of them, that are not of
 * the plainest form, and the last one, after which a line may be added. Null where the file, or the plan, has any other line: then the whole file has to
 * be looked at. Takes a tenth of the time of that.
 */
export function planByLine(
  bytes: Uint8Array,
  variables: readonly string[],
  planPart: (part: EnvDocument) => Result<Plan, EnvFileFailure>,
): Result<Plan, EnvFileFailure> | null {
  const text = textOf(bytes);
  if (text === null) return null;
  const lines = text.split('\n');
  // The file's end belongs to its last line: with a line feed after it or without.
  const isOpen = lines.at(-1) !== '';
  const last = lines.length - (isOpen ? 1 : 2);
  const part: number[] = [];
  for (const [at, line] of lines.entries()) {
    const isPlainest = PLAINEST.test(line);
    if (!isPlainest && !PLAIN.test(line)) return null;
    const isConcerned = !isPlainest || at === last || variables.some((variable) => line.includes(variable));
    if (isConcerned && at <= last) part.push(at);
  }
  const partText = part.map((at) => `${lines[at]}\n`).join('');
  const plan = planPart(parseEnv(Buffer.from(isOpen ? partText.slice(0, -1) : partText)));
  if (!plan.ok) return null;

  const planned = Buffer.from(plan.value.bytes).toString().split('\n');
  if (!planned.every((line) => PLAIN.test(line))) return null;
  part.forEach((at, index) => {
    lines[at] = planned[index] ?? '';
  });
  const whole = [...lines.slice(0, last + 1), ...planned.slice(part.length)].join('\n');
  return ok({ ...plan.value, bytes: new Uint8Array(Buffer.from(whole)) });
}

/** Null for what is not UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
