import type { ProviderFailure } from '../../shared/domain/failure.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { type Client, isSuccess, missing, refusalOf, unansweredAt } from './client.ts';
import { meaningIn } from './failures.ts';
import { findId } from './find-id.ts';
import { inputsOf } from './inputs.ts';
import type { Answers } from './provider.ts';

/**
 * Revokes a key; one that the provider does not know is a success. Waits as long as the provider may go on
 * accepting it.
 */
export async function revokeKey(
  client: Client,
  providerKeyId: string,
  answers: Answers,
  key?: SecretFields,
): Promise<Result<void, ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.revoke;
  if (operation === undefined) return fail(missing(definition, 'revoke'));
  const unanswered = unansweredAt(definition, 'revoke', answers);
  if (unanswered !== null) return fail(unanswered);

  const id = await findId(client, providerKeyId, answers, key);
  if (!id.ok) return id;
  if (id.value === null) return done;
  const sources = { ...facts, answers, ...id.value };
  const { authentication } = definition;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: false });
  if (!sent.ok) return fail(sent.error.failure);
  const { status } = sent.value;
  const meaning = meaningIn(definition.errors, sent.value);
  if (operation.alreadyGone.includes(status) || meaning?.means === 'provider-not-found') return done;
  if (!isSuccess(client, operation, sent.value)) return fail(refusalOf(client, sent.value));
  // Said to be revoked only once it is.
  const { settlesWithinSeconds } = operation;
  if (settlesWithinSeconds !== undefined) await facts.sleep(settlesWithinSeconds * 1000);
  return done;
}
