import { fail, ok, type Result } from '../../shared/result.ts';

/** A JSON.parse reviver of a runtime that hands over the source text (V8 since 11.4). */
type SourceReviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

/** Keeps integers that a double cannot hold, as text, so that no id is rounded into another. */
const keepBigIntegers: SourceReviver = (_key, value, context) =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? (context?.source ?? value)
    : value;

/** Sixteen digits where a number may begin or go on: not within a name or a word, nor at the beginning of a text. */
const bigNumber = /(?:^|[^\w"])\d{16}/;

/** Parses JSON; integers beyond 2^53 become text. */
export function parseJson(text: string): Result<unknown, 'not-json'> {
  try {
    return ok(bigNumber.test(text) ? JSON.parse(text, keepBigIntegers) : JSON.parse(text));
  } catch {
    return fail('not-json');
  }
}
