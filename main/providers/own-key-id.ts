import type { ProviderFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Client, isSuccess, notJson, refusalOf } from './client.ts';
import { inputsOf } from './inputs.ts';
import { handleOf } from './key-handle.ts';
import { textAt } from './pointers.ts';

/**
 * Asks the provider for the id under which its list shows the management credential itself, so that nobody revokes it
 * for a stray; null where it does not tell.
 */
export async function ownKeyId(client: Client): Promise<Result<string | null, ProviderFailure>> {
  const { definition, facts } = client;
  const { probe } = definition.operations;
  if (probe?.ownKeyId === undefined) return ok(null);
  const { authentication } = definition;
  const sent = await client.call({
    operation: probe,
    authentication,
    inputs: inputsOf(facts),
    repeatable: true,
  });
  if (!sent.ok) return fail(sent.error.failure);
  if (!isSuccess(client, probe, sent.value)) return fail(refusalOf(client, sent.value));
  if (sent.value.body === undefined) return fail(notJson(sent.value));
  const id = textAt(sent.value.body, probe.ownKeyId);
  return ok(id === null ? null : handleOf(definition, id));
}
