import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import { type Client, isSuccess, missing, notJson, refusalOf } from './client.ts';
import { fits } from './conditions.ts';
import { inputsOf } from './inputs.ts';
import { readPage } from './list-keys.ts';
import { firstPage } from './pagers.ts';

/** Tries the management credential with one harmless call: the definition's probe, or one page of the list. */
export async function checkCredential(client: Client): Promise<Result<void, ProviderFailure>> {
  const { definition, facts } = client;
  const { probe, list: listing } = definition.operations;
  if (probe === undefined) {
    if (listing === undefined) return fail(missing(definition, 'list'));
    const page = await readPage(client, listing, facts, firstPage(listing.pager));
    return page.ok ? done : page;
  }
  const { authentication } = definition;
  const inputs = inputsOf(facts);
  const sent = await client.call({ operation: probe, authentication, inputs, repeatable: true });
  if (!sent.ok) return fail(sent.error.failure);
  const answer = sent.value;
  if (!isSuccess(client, probe, answer)) {
    return fail(refusalOf(client, answer));
  }
  if (probe.verdict === undefined || fits(probe.verdict, answer)) return done;
  if (answer.body === undefined) return fail(notJson(answer));
  const message = 'The provider does not know the credential.';
  return fail(failure('credential-rejected', { host: answer.url.host, message }));
}
