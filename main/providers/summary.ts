import type { ProviderSummary, Question } from '../../shared/domain/provider.ts';
import type { Definition, DefinitionParts } from './definition.ts';

type AnyQuestion = DefinitionParts['credential'][number];

function question({ name, label, kind, required, help, placeholder, options }: AnyQuestion): Question {
  return { name, label, kind, required, help, placeholder, options };
}

/** What the page may know of a definition: what to ask and what to offer, nothing of how it is called. */
export function toProviderSummary(definition: Definition): ProviderSummary {
  const { creation, operations } = definition;
  return {
    id: definition.id,
    name: definition.name,
    description: definition.description,
    website: definition.website,
    environments: [...definition.environments],
    settings: definition.settings.map(question),
    credential: definition.credential.map(question),
    askedAtCall: definition.askedAtCall.map(question),
    fields: definition.fields.map(({ name, label, secret, variable }) => ({ name, label, secret, variable })),
    creation: {
      nameMaxLength: creation.nameMaxLength,
      scopes: creation.scopes ?? null,
      expiry: creation.expiry ?? null,
      restrictions: creation.restrictions,
    },
    operations: (['create', 'list', 'check', 'revoke'] as const).filter(
      (operation) => operations[operation] !== undefined,
    ),
  };
}
