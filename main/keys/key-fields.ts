import { z } from 'zod';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyField } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Secret, type SecretFields } from '../secrets/secret.ts';

const stored = z.record(z.string(), z.string());

/** All fields of a key as the one value that its keychain item holds: a JSON object of name to value. */
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

/** From this length on, four characters say too little of a value to matter. */
const lengthForLastFour = 12;

/** What the vault's record keeps of the fields: never a value. */
export function describeFields(fields: SecretFields, fingerprint: (value: Secret) => string): KeyField[] {
  return Object.entries(fields).map(([name, value]) => ({
    name,
    secret: true,
    lastFour: value.reveal().length >= lengthForLastFour ? value.reveal().slice(-4) : '',
    fingerprint: fingerprint(value),
  }));
}
