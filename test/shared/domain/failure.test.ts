import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  envFileFailures,
  type Failure,
  failure,
  failureDetails,
  failureSchema,
  providerFailures,
  secretStoreFailures,
} from '../../../shared/domain/failure.ts';

/** A value that the schema takes, made from its description. */
function exampleOf(schema: z.core.JSONSchema.BaseSchema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return schema.anyOf.map(exampleOf)[0];
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, property]) => [name, exampleOf(property as never)]),
    );
  if (schema.type === 'array') return [exampleOf((schema.items ?? {}) as never)];
  return [schema.type].flat().includes('number') ? 7 : 'text';
}

const examples = Object.entries(failureDetails).map(([code, details]): [string, object] => [
  code,
  { code, ...(exampleOf(z.toJSONSchema(details)) as object) },
]);

describe('a failure', () => {
  it('has at least one example of every code', () => {
    expect(examples.map(([code]) => code)).toEqual(Object.keys(failureDetails));
  });

  it.each(examples)('%s comes back from the journal or the page as it was', (_code, example) => {
    expect(failureSchema.parse(JSON.parse(JSON.stringify(example)))).toEqual(example);
  });

  it.each(examples)('%s carries nothing that its words do not need', (_code, example) => {
    expect(failureSchema.parse({ ...example, value: 'sk_live_4f9aXq81LmZ0tRv7' })).toEqual(example);
  });

  it.each(examples.filter(([, example]) => Object.keys(example).length > 1))(
    '%s is not taken without its facts',
    (code) => {
      expect(failureSchema.safeParse({ code }).success).toBe(false);
    },
  );

  it('of an unknown code is not taken', () => {
    expect(failureSchema.safeParse({ code: 'gremlins' }).success).toBe(false);
  });

  it('is its code and its facts', () => {
    const made: Failure<'name-taken'> = failure('name-taken', { name: 'mail' });
    expect(made).toEqual({ code: 'name-taken', name: 'mail' });
    expect(failure('keychain-locked')).toEqual({ code: 'keychain-locked' });
  });

  it('belongs to the groups once each', () => {
    for (const group of [secretStoreFailures, providerFailures, envFileFailures])
      expect(new Set<string>(group).size).toBe(group.length);
  });
});
