import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyRequest } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Client, missing, unansweredAt } from './client.ts';
import type { Definition } from './definition.ts';
import { issueOnce } from './issue-once.ts';
import { handleOf } from './key-handle.ts';
import type { Answers, CreateFailure, IssuedKey } from './provider.ts';
import { issuedKeyIn } from './response.ts';

/** Asks for a key with at most one request, and says of a failure whether a key may have been made. */
export async function createKey(
  client: Client,
  label: string,
  request: KeyRequest,
  answers: Answers,
): Promise<Result<IssuedKey, CreateFailure>> {
  const { definition, facts } = client;
  const rejected = (why: ProviderFailure) => fail({ outcome: 'rejected', failure: why } as const);
  const operation = definition.operations.create;
  if (operation === undefined) return rejected(missing(definition, 'create'));
  const refusal = unansweredAt(definition, 'create', answers) ?? notOffered(definition, request);
  if (refusal !== null) return rejected(refusal);

  const sources = { ...facts, answers, label, request };
  return issueOnce(client, operation, sources, (body) => {
    const issued = issuedKeyIn(body, operation.response);
    if (!issued.ok) return issued;
    return ok({ ...issued.value, providerKeyId: handleOf(definition, issued.value.providerKeyId) });
  });
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
