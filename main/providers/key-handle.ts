import { createHash } from 'node:crypto';
import type { SecretFields } from '../secrets/secret.ts';
import type { DefinitionParts } from './definition.ts';

/** Whether this provider knows a key by its value alone, so that the id has to be kept as secret as the value. */
export function idIsSecret({ operations }: Pick<DefinitionParts, 'operations'>): boolean {
  const { create, list } = operations;
  return create?.response.idIsSecret === true || list?.response.idIsSecret === true;
}

/**
 * The id of a key as everything outside the client knows it: the provider's own, or, where that is the key's value, the
 * beginning of its SHA-256. It names the key and opens nothing.
 */
export function handleOf(definition: Pick<DefinitionParts, 'operations'>, id: string): string {
  if (!idIsSecret(definition)) return id;
  return `sha256:${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

/** The id behind a handle, where it is the value of one of the key's fields; null where none of them is. */
export function idAmong(
  definition: Pick<DefinitionParts, 'operations'>,
  handle: string,
  key: SecretFields,
): string | null {
  const values = Object.values(key).map((field) => field.reveal());
  return values.find((value) => handleOf(definition, value) === handle) ?? null;
}
