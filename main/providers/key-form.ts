import { failure } from '../../shared/domain/failure.ts';
import { type Environment, environmentSchema } from '../../shared/domain/key.ts';
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

/** The prefixes of a field that a value bears, the longest first, each with its environment. */
export function borne(
  { prefix }: Pick<Field, 'prefix'>,
  value: string,
): readonly { readonly environment: Environment; readonly beginning: string }[] {
  return environmentSchema.options
    .flatMap((environment) =>
      [prefix?.[environment] ?? []].flat().map((beginning) => ({ environment, beginning })),
    )
    .filter(({ beginning }) => value.startsWith(beginning))
    .sort((a, b) => b.beginning.length - a.beginning.length);
}

/** The environment whose prefix a value bears, the longest prefix first; null where it bears none, or one of both. */
export function environmentOf(field: Pick<Field, 'prefix'>, value: string): Environment | null {
  const [longest, next] = borne(field, value);
  return longest === undefined || longest.beginning === next?.beginning ? null : longest.environment;
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
    const known = field.prefix === undefined || borne(field, value).length > 0;
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
