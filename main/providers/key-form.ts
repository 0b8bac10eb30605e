import { failure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { DefinitionParts } from './definition.ts';
import type { FormFault } from './provider.ts';

type Field = DefinitionParts['fields'][number];

/** Values that are longer are not held against a pattern. */
export const longestTested = 4096;

/** Whether a whole value looks as values of the field usually do; null where the definition does not say how. */
export function looksUsual({ pattern }: Pick<Field, 'pattern'>, value: string): boolean | null {
  if (pattern === undefined) return null;
  return value.length <= longestTested && new RegExp(`^(?:${pattern})$`, 'u').test(value);
}

/** The environment whose prefix a value bears, the longer prefix first; null where it bears none. */
export function environmentOf({ prefix }: Pick<Field, 'prefix'>, value: string): Environment | null {
  if (prefix === undefined || prefix.test === prefix.live) return null;
  const longerFirst: Environment[] =
    prefix.test.length > prefix.live.length ? ['test', 'live'] : ['live', 'test'];
  return longerFirst.find((environment) => value.startsWith(prefix[environment])) ?? null;
}

/** The first field that bears the mark of the other environment. */
export function foreignField(
  fields: readonly Field[],
  environment: Environment,
  key: SecretFields,
): Field | undefined {
  return fields.find((field) => {
    const found = environmentOf(field, key[field.name]?.reveal() ?? '');
    return found !== null && found !== environment;
  });
}

/** The first field whose value does not look like one of this provider: by its pattern, or without any known prefix. */
export function unusualField(fields: readonly Field[], key: SecretFields): Field | undefined {
  return fields.find((field) => {
    const value = key[field.name]?.reveal() ?? '';
    const { prefix } = field;
    const known = prefix === undefined || [prefix.test, prefix.live].some((start) => value.startsWith(start));
    return !known || looksUsual(field, value) === false;
  });
}

/**
 * Looks at the form of a pasted key and asks nobody: every field is there, none is of the other environment, and all
 * look as usual, in this order.
 */
export function checkForm(
  fields: readonly Field[],
  environment: Environment,
  key: SecretFields,
): Result<void, FormFault> {
  const absent = fields.find(({ name }) => (Object.hasOwn(key, name) ? key[name]?.reveal() : '') === '');
  if (absent !== undefined) return fail(failure('field-missing', { field: absent.name }));
  const foreign = foreignField(fields, environment, key);
  if (foreign !== undefined) {
    const other = environment === 'test' ? 'live' : 'test';
    return fail(failure('key-of-other-environment', { field: foreign.name, environment: other }));
  }
  const unusual = unusualField(fields, key);
  return unusual === undefined ? done : fail(failure('key-form-unusual', { field: unusual.name }));
}
