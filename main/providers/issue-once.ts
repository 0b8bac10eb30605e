import type { ProviderFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Client, isSuccess, notJson, refusalOf, unexpected } from './client.ts';
import { meaningIn } from './failures.ts';
import { type InputSources, inputsOf } from './inputs.ts';
import type { RequestDefinition } from './operation.ts';
import { textAt } from './pointers.ts';
import type { CreateFailure, IssuedKey } from './provider.ts';
import { redactionOf } from './redaction.ts';

const dayMs = 86_400_000;

type Issuing = RequestDefinition & {
  readonly response: { readonly fields: Readonly<Record<string, string>> };
};

/**
 * Sends a request that is answered with a new secret: once, whatever happens. Says of a failure whether the
 * provider may have acted all the same.
 */
export async function issueOnce(
  client: Client,
  operation: Issuing,
  sources: InputSources,
  read: (body: unknown) => Result<IssuedKey, string>,
): Promise<Result<IssuedKey, CreateFailure>> {
  const { definition, facts } = client;
  const rejected = (why: ProviderFailure) => fail({ outcome: 'rejected', failure: why } as const);
  const unknown = (why: ProviderFailure) => fail({ outcome: 'unknown', failure: why } as const);
  const { authentication } = definition;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: false });
  if (!sent.ok) return sent.error.acted === 'no' ? rejected(sent.error.failure) : unknown(sent.error.failure);
  const answer = sent.value;
  if (!isSuccess(client, operation, answer)) {
    const received = Object.values(operation.response.fields).map(
      (pointer) => textAt(answer.body, pointer) ?? '',
    );
    const why = refusalOf(client, answer, redactionOf([...answer.secrets, ...received]));
    // A failure that the definition knows under the status of a success is the provider's word that nothing was made.
    const isSaid = answer.status < 400 && meaningIn(definition.errors, answer) !== undefined;
    return isSaid || (answer.status >= 400 && answer.status < 500) ? rejected(why) : unknown(why);
  }
  if (answer.body === undefined) return unknown(notJson(answer));
  const issued = read(answer.body);
  if (!issued.ok) return unknown(unexpected(answer, issued.error));
  const issuedAt = issued.value.issuedAt ?? facts.clock();
  const days = sources.request?.expiresInDays ?? null;
  const asked = days === null ? null : issuedAt + days * dayMs;
  return ok({ ...issued.value, expiresAt: issued.value.expiresAt ?? asked });
}
