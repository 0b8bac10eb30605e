import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { CheckOutcome } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { Answer } from './caller.ts';
import { type Client, missing, notJson, refusalOf, unexpected } from './client.ts';
import { fits } from './conditions.ts';
import { messageOf } from './failures.ts';
import { inputsOf } from './inputs.ts';
import { redactionOf } from './redaction.ts';

/** Asks the provider whether it accepts a key. A key of the other environment is refused without being sent. */
export async function checkKey(
  client: Client,
  fields: SecretFields,
): Promise<Result<CheckOutcome, ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.check;
  if (operation === undefined) return fail(missing(definition, 'check'));
  const foreign = wrongEnvironment(client, fields);
  if (foreign !== null) return ok({ outcome: 'refused', message: foreign });

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
  const hint = verdict.outcome === 'refused' ? unusualForm(client, fields) : '';
  return ok({ outcome: verdict.outcome, message: `${message}${hint}` });
}

/** Says of a refused key that it does not look like one of this provider, which is why people paste in vain. */
function unusualForm({ definition }: Client, fields: SecretFields): string {
  const odd = definition.fields.find(({ name, pattern }) => {
    const value = fields[name]?.reveal() ?? '';
    return pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value);
  });
  return odd === undefined ? '' : ` (The form is not the usual one of: ${odd.label}.)`;
}

/** Says of a key that bears the other environment's prefix that it does not belong here, without sending it. */
function wrongEnvironment({ definition, facts }: Client, fields: SecretFields): string | null {
  const other = facts.environment === 'test' ? 'live' : 'test';
  for (const { name, prefix } of definition.fields) {
    const value = fields[name]?.reveal() ?? '';
    if (
      prefix !== undefined &&
      value.startsWith(prefix[other]) &&
      !value.startsWith(prefix[facts.environment])
    ) {
      return `This is a ${other} key, and the connection is for ${facts.environment} keys.`;
    }
  }
  return null;
}

function unreadable(answer: Answer): ProviderFailure {
  return answer.body === undefined
    ? notJson(answer)
    : unexpected(answer, 'The answer says neither that the key is accepted nor that it is refused.');
}
