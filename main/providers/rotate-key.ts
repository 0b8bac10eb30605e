import { fail, ok, type Result } from '../../shared/result.ts';
import { type Client, missing, unansweredAt } from './client.ts';
import { issueOnce } from './issue-once.ts';
import { textAt } from './pointers.ts';
import type { Answers, CreateFailure, IssuedKey } from './provider.ts';
import { issuedFieldsIn, timeAt } from './response.ts';

/**
 * Has the provider replace a key's value, with at most one request: one provider takes a second for a theft and
 * revokes every key that ever came of it. The old value ends at once. Answers the new value, and the new id where
 * the provider gives one.
 */
export async function rotateKey(
  client: Client,
  providerKeyId: string,
  expiresInDays: number | null,
  answers: Answers,
): Promise<Result<IssuedKey, CreateFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.rotate;
  if (operation === undefined) return fail({ outcome: 'rejected', failure: missing(definition, 'rotate') });
  const unanswered = unansweredAt(definition, 'rotate', answers);
  if (unanswered !== null) return fail({ outcome: 'rejected', failure: unanswered });

  const { response } = operation;
  const request = { scopes: null, expiresInDays, restrictions: { ips: [], referrers: [], endpoints: [] } };
  return issueOnce(client, operation, { ...facts, answers, id: providerKeyId, request }, (body) => {
    const id = response.id === undefined ? providerKeyId : textAt(body, response.id);
    if (id === null) return fail(`Nothing stands at "${response.id}", where the key's id should be.`);
    const fields = issuedFieldsIn(body, response.fields);
    if (!fields.ok) return fields;
    const issuedAt = timeAt(body, response.issuedAt);
    const expiresAt = timeAt(body, response.expiresAt);
    return ok({ providerKeyId: id, fields: fields.value, issuedAt, expiresAt });
  });
}
