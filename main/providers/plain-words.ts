import type { z } from 'zod';
import { type Issue, placeOf } from './issue.ts';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What zod finds, in words for someone who writes a definition. Words that a schema brings along go before these. */
export const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return orMissing(issue.input, oneOf(issue.values));
    case 'invalid_union':
      return !Array.isArray(issue.options)
        ? orMissing(issue.input, 'has not the right form')
        : orMissing(discriminated(issue.input, issue.discriminator), oneOf(issue.options));
    case 'invalid_format':
      return issue.format === 'url'
        ? 'must be an address that begins with https://'
        : 'is not written as it should be';
    case 'too_small':
      return tooSmall(issue.origin, issue.minimum);
    case 'too_big':
      return issue.origin === 'string'
        ? `must not be longer than ${issue.maximum} characters`
        : `must be at most ${issue.maximum}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'is not a name that can stand here';
    default:
      return undefined;
  }
};

/** What stands where the kind of an object is told. */
const discriminated = (input: unknown, name: string | undefined): unknown =>
  typeof input === 'object' && input !== null && name !== undefined && Object.hasOwn(input, name)
    ? ''
    : undefined;

const orMissing = (input: unknown, otherwise: string): string =>
  input === undefined ? `is missing: it ${otherwise}` : otherwise;

function oneOf(values: readonly unknown[]): string {
  const [first, ...more] = values.map((value) => JSON.stringify(value));
  return more.length === 0 ? `must be ${first}` : `must be one of ${[first, ...more].join(', ')}`;
}

function tooSmall(origin: string, minimum: number | bigint): string {
  return origin === 'string' || origin === 'array' ? 'must not be empty' : `must be at least ${minimum}`;
}

/** A fault of the shape as one for each place: a member that nobody knows is told where it stands. */
export function shapeIssues(
  found: readonly z.core.$ZodIssue[],
  within: readonly PropertyKey[] = [],
): Issue[] {
  return found.flatMap((issue) => {
    const path = [...within, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ at: placeOf(path), message: issue.message }];
    const message = 'is not known here: remove it or check its spelling';
    return issue.keys.map((key) => ({ at: placeOf([...path, key]), message }));
  });
}
