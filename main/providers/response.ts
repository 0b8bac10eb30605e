import type { ListedKey } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Secret, type SecretFields } from '../secrets/secret.ts';
import type { Definition } from './definition.ts';
import { maskedIn } from './masked.ts';
import type { ListResponse, TimeMapping } from './operation.ts';
import { at, textAt } from './pointers.ts';
import type { IssuedKey } from './provider.ts';
import { parseTime } from './times.ts';

type CreateResponse = NonNullable<Definition['operations']['create']>['response'];

/** The instant at a mapping, in milliseconds since 1970; null when there is none that can be read. */
export function timeAt(body: unknown, mapping: TimeMapping | undefined): number | null {
  return mapping === undefined ? null : parseTime(at(body, mapping.at), mapping.format);
}

/** Takes a new key out of an answer. The error names the pointer at which something is missing. */
export function issuedKeyIn(body: unknown, response: CreateResponse): Result<IssuedKey, string> {
  const providerKeyId = textAt(body, response.id);
  if (providerKeyId === null)
    return fail(`Nothing stands at "${response.id}", where the key's id should be.`);
  const fields = issuedFieldsIn(body, response.fields);
  if (!fields.ok) return fields;
  return ok({
    providerKeyId,
    fields: fields.value,
    issuedAt: timeAt(body, response.issuedAt),
    expiresAt: timeAt(body, response.expiresAt),
  });
}

/** Takes the fields of a new key out of an answer, each by its pointer. The error names the one that is missing. */
export function issuedFieldsIn(
  body: unknown,
  pointers: Readonly<Record<string, string>>,
): Result<SecretFields, string> {
  const fields: Record<string, Secret> = {};
  for (const [name, pointer] of Object.entries(pointers)) {
    const value = textAt(body, pointer);
    if (value === null) return fail(`Nothing stands at "${pointer}", where ${name} should be.`);
    fields[name] = new Secret(value);
  }
  return ok(fields);
}

/** Takes one listed key out of an item of a list: the mapped fields and nothing else. Null: it has no id. */
export function listedKeyIn(item: unknown, response: ListResponse): ListedKey | null {
  const providerKeyId = textAt(item, response.id);
  if (providerKeyId === null) return null;
  const { active } = response;
  const state = active === undefined ? undefined : at(item, active.at);
  return {
    providerKeyId,
    name: response.name === undefined ? '' : (textAt(item, response.name.at) ?? ''),
    masked: response.masked === undefined ? '' : maskedIn(item, response.masked),
    createdAt: timeAt(item, response.createdAt),
    lastUsedAt: timeAt(item, response.lastUsedAt),
    active: active === undefined || state === undefined || active.is.some((value) => value === state),
  };
}
