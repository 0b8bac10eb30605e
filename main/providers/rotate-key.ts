import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { type Client, missing, unansweredAt } from './client.ts';
import { findId, notListed } from './find-id.ts';
import { issueOnce } from './issue-once.ts';
import { handleOf } from './key-handle.ts';
import type { Operations } from './operation.ts';
import { textAt } from './pointers.ts';
import type { Answers, CreateFailure, IssuedKey, RotationWish } from './provider.ts';
import { issuedFieldsIn, timeAt } from './response.ts';

/** How long an old value may go on when the provider rotates by itself, in seconds; 0: it ends at once. */
export function longestGraceSeconds(rotate: Operations['rotate']): number {
  const grace = rotate?.grace ?? { kind: 'none' };
  if (grace.kind === 'none') return 0;
  return grace.kind === 'fixed' ? grace.seconds : grace.maxSeconds;
}

/**
 * Has the provider replace a key's value, with at most one request: one provider takes a second for a theft and
 * revokes every key that ever came of it. Answers the new value, and the new id where the provider gives one.
 */
export async function rotateKey(
  client: Client,
  providerKeyId: string,
  wish: RotationWish,
  answers: Answers,
  key?: SecretFields,
): Promise<Result<IssuedKey, CreateFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.rotate;
  if (operation === undefined) return fail({ outcome: 'rejected', failure: missing(definition, 'rotate') });
  const unanswered = unansweredAt(definition, 'rotate', answers);
  if (unanswered !== null) return fail({ outcome: 'rejected', failure: unanswered });
  const found = await findId(client, providerKeyId, answers, key);
  if (!found.ok) return fail({ outcome: 'rejected', failure: found.error });
  const id = found.value;
  if (id === null) return fail({ outcome: 'rejected', failure: notListed(client) });

  const { response } = operation;
  const { expiresInDays } = wish;
  const request = { scopes: null, expiresInDays, restrictions: { ips: [], referrers: [], endpoints: [] } };
  const graceSeconds = Math.max(0, Math.min(wish.graceSeconds, longestGraceSeconds(operation)));
  return issueOnce(client, operation, { ...facts, answers, ...id, request, graceSeconds }, (body) => {
    const newId = response.id === undefined ? id.id : textAt(body, response.id);
    if (newId === null) return fail(`Nothing stands at "${response.id}", where the key's id should be.`);
    const fields = issuedFieldsIn(body, response.fields);
    if (!fields.ok) return fields;
    const issuedAt = timeAt(body, response.issuedAt);
    const expiresAt = timeAt(body, response.expiresAt);
    return ok({ providerKeyId: handleOf(definition, newId), fields: fields.value, issuedAt, expiresAt });
  });
}
