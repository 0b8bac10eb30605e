import type { ProviderFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Client, isSuccess, missing, notJson, refusalOf, unexpected } from './client.ts';
import type { DefinitionParts } from './definition.ts';
import { inputsOf } from './inputs.ts';
import { type RequestDefinition, requestSchema } from './operation.ts';
import { at, textAt } from './pointers.ts';
import type { Option } from './provider.ts';

type OptionsFrom = DefinitionParts['settings'][number]['optionsFrom'];

/** The request that lists what may be chosen for a setting. */
export function suggestionsRequest<F extends OptionsFrom>(
  from: F,
): F extends undefined ? undefined : RequestDefinition;
export function suggestionsRequest(from: OptionsFrom): RequestDefinition | undefined {
  return from === undefined ? undefined : requestSchema.parse({ method: 'GET', path: from.path });
}

/**
 * Asks the provider what may be chosen for a setting. Entries without a value are left out; one without a label
 * is called by its value. Empty for a setting whose values the provider does not list.
 */
export async function suggestOptions(
  client: Client,
  setting: string,
): Promise<Result<readonly Option[], ProviderFailure>> {
  const { definition } = client;
  const question = definition.settings.find(({ name }) => name === setting);
  if (question === undefined) return fail(missing(definition, `list values of ${setting}`));
  return readOptions(client, question.optionsFrom);
}

/** Asks the provider which scopes a key may be given; empty where it lists none. */
export function suggestScopes(client: Client): Promise<Result<readonly Option[], ProviderFailure>> {
  return readOptions(client, client.definition.creation.scopes?.optionsFrom);
}

async function readOptions(
  client: Client,
  from: OptionsFrom,
): Promise<Result<readonly Option[], ProviderFailure>> {
  const { definition, facts } = client;
  if (from === undefined) return ok([]);
  const operation = suggestionsRequest(from);
  const { authentication } = definition;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(facts), repeatable: true });
  if (!sent.ok) return fail(sent.error.failure);
  const answer = sent.value;
  if (!isSuccess(client, operation, answer)) return fail(refusalOf(client, answer));
  if (answer.body === undefined) return fail(notJson(answer));
  const items = at(answer.body, from.items);
  if (!Array.isArray(items)) return fail(unexpected(answer, `No list stands at "${from.items}".`));
  const options = items.map((item) => {
    const value = textAt(item, from.value) ?? '';
    return { value, label: textAt(item, from.label) ?? value };
  });
  return ok(options.filter(({ value }) => value !== ''));
}
