import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyRequest } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Client, missing, notJson, refusalOf, unansweredAt, unexpected } from './client.ts';
import type { Definition } from './definition.ts';
import { inputsOf } from './inputs.ts';
import { textAt } from './pointers.ts';
import type { Answers, CreateFailure, IssuedKey } from './provider.ts';
import { redactionOf } from './redaction.ts';
import { issuedKeyIn } from './response.ts';

const dayMs = 86_400_000;

/** Asks for a key with at most one request, and says of a failure whether a key may have been made. */
export async function createKey(
  client: Client,
  label: string,
  request: KeyRequest,
  answers: Answers,
): Promise<Result<IssuedKey, CreateFailure>> {
  const { definition, facts } = client;
  const rejected = (why: ProviderFailure) => fail({ outcome: 'rejected', failure: why } as const);
  const unknown = (why: ProviderFailure) => fail({ outcome: 'unknown', failure: why } as const);
  const operation = definition.operations.create;
  if (operation === undefined) return rejected(missing(definition, 'create'));
  const refusal = unansweredAt(definition, 'create', answers) ?? notOffered(definition, request);
  if (refusal !== null) return rejected(refusal);

  const sources = { ...facts, answers, label, request };
  const { authentication } = definition;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: false });
  if (!sent.ok) return sent.error.acted === 'no' ? rejected(sent.error.failure) : unknown(sent.error.failure);
  const answer = sent.value;
  if (!operation.success.includes(answer.status)) {
    const received = Object.values(operation.response.fields).map(
      (pointer) => textAt(answer.body, pointer) ?? '',
    );
    const why = refusalOf(client, answer, redactionOf([...answer.secrets, ...received]));
    return answer.status >= 400 && answer.status < 500 ? rejected(why) : unknown(why);
  }
  if (answer.body === undefined) return unknown(notJson(answer));
  const issued = issuedKeyIn(answer.body, operation.response);
  if (!issued.ok) return unknown(unexpected(answer, issued.error));
  const issuedAt = issued.value.issuedAt ?? facts.clock();
  const asked = request.expiresInDays === null ? null : issuedAt + request.expiresInDays * dayMs;
  return ok({ ...issued.value, expiresAt: issued.value.expiresAt ?? asked });
}

/** A limit that was asked for and would get lost on the way, which would leave the key more powerful than believed. */
function notOffered(definition: Definition, request: KeyRequest): ProviderFailure | null {
  const { scopes, expiry, restrictions } = definition.creation;
  if (request.scopes !== null && request.scopes.length > 0 && scopes === undefined) {
    return missing(definition, 'create with scopes');
  }
  if (request.expiresInDays !== null && expiry === undefined)
    return missing(definition, 'create with an expiry');
  for (const kind of ['ips', 'referrers', 'endpoints'] as const) {
    if (request.restrictions[kind].length > 0 && !restrictions.includes(kind)) {
      return missing(definition, `create restricted to ${kind}`);
    }
  }
  return null;
}
