import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { CheckOutcome } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { Answer } from './caller.ts';
import { type Client, missing, notJson, refusalOf, unexpected } from './client.ts';
import { fits } from './conditions.ts';
import { messageOf } from './failures.ts';
import { inputsOf } from './inputs.ts';
import { foreignField, unusualField } from './key-form.ts';
import { redactionOf } from './redaction.ts';

/**
 * Asks the provider whether it accepts a key. A key of the other environment is refused without being sent. Of a refusal
 * it says why, as far as the answer and the key's form tell.
 */
export async function checkKey(
  client: Client,
  fields: SecretFields,
): Promise<Result<CheckOutcome, ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.check;
  if (operation === undefined) return fail(missing(definition, 'check'));
  const foreign = foreignField(definition.fields, facts.environment, fields);
  if (foreign !== undefined) return ok(notSent(client));

  const sources = { ...facts, key: fields };
  const { authentication } = operation;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: true });
  if (!sent.ok) return fail(sent.error.failure);
  const answer = sent.value;
  const redact = redactionOf(answer.secrets);
  const verdict = operation.verdicts.find(({ when }) => fits(when, answer));
  if (verdict === undefined) {
    const readable = !operation.success.includes(answer.status);
    return fail(readable ? refusalOf(client, answer, redact) : unreadable(answer));
  }
  const message =
    answer.status < 400
      ? 'The provider does not know the key.'
      : messageOf(definition.errors, answer, redact);
  if (verdict.outcome === 'valid') return ok({ outcome: 'valid' });
  if (verdict.outcome === 'valid-but-limited') return ok({ outcome: 'valid-but-limited', message });
  const unusual = unusualField(definition.fields, fields) !== undefined;
  return ok({ outcome: 'refused', why: verdict.why ?? (unusual ? 'mistyped' : 'not-accepted'), message });
}

/** A key that bears the other environment's prefix does not belong here. */
function notSent({ facts }: Client): CheckOutcome {
  const other = facts.environment === 'test' ? 'live' : 'test';
  const message = `This is a ${other} key, and the connection is for ${facts.environment} keys.`;
  return { outcome: 'refused', why: 'wrong-environment', message };
}

function unreadable(answer: Answer): ProviderFailure {
  return answer.body === undefined
    ? notJson(answer)
    : unexpected(answer, 'The answer says neither that the key is accepted nor that it is refused.');
}
