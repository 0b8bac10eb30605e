import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { type Client, missing } from './client.ts';
import { handleOf, idAmong, idIsSecret } from './key-handle.ts';
import { readList } from './list-keys.ts';
import type { Answers } from './provider.ts';

/** A key's id as the templates of a call are given it. */
export interface IdInput {
  readonly id: string;
  readonly idIsSecret: boolean;
}

/**
 * The id to call a key by. Where it is the key's value, it is looked for in the value that is at hand and then in the
 * provider's list; null: the whole list was read, and the key is not there.
 */
export async function findId(
  client: Client,
  handle: string,
  answers: Answers,
  key: SecretFields | undefined,
): Promise<Result<IdInput | null, ProviderFailure>> {
  const { definition } = client;
  if (!idIsSecret(definition)) return ok({ id: handle, idIsSecret: false });
  const known = idAmong(definition, handle, key ?? {});
  if (known !== null) return ok({ id: known, idIsSecret: true });
  if (definition.operations.list === undefined) {
    return fail(missing(definition, 'revoke without the value of the key'));
  }
  const listed = await readList(client, answers);
  if (!listed.ok) return listed;
  const found = listed.value.find(({ providerKeyId }) => handleOf(definition, providerKeyId) === handle);
  return ok(found === undefined ? null : { id: found.providerKeyId, idIsSecret: true });
}

/** The provider's list does not hold the key. */
export function notListed({ facts }: Client): ProviderFailure {
  const host = facts.origin.replace(/^[a-z]+:\/\//, '');
  return failure('provider-not-found', { host, message: 'The provider does not list the key.' });
}
