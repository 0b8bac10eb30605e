import { z } from 'zod';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Secret, type SecretFields } from './secret.ts';

const stored = z.record(z.string(), z.string());

/** All fields of a key or a credential as the one value that their item holds: a JSON object of name to value. */
export function packFields(fields: SecretFields): Secret {
  return new Secret(
    JSON.stringify(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.reveal()]))),
  );
}

/** The fields back from an item; `name` is only for the words of a failure. */
export function unpackFields(
  item: Secret,
  name: string,
): Result<Record<string, Secret>, Failure<'secret-unreadable'>> {
  let json: unknown;
  try {
    json = JSON.parse(item.reveal());
  } catch {
    return fail(failure('secret-unreadable', { name, reason: 'not written by Keyturn' }));
  }
  const parsed = stored.safeParse(json);
  if (!parsed.success) return fail(failure('secret-unreadable', { name, reason: 'not written by Keyturn' }));
  return ok(
    Object.fromEntries(Object.entries(parsed.data).map(([field, value]) => [field, new Secret(value)])),
  );
}
