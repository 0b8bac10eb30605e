import type { AskedAtCall, ProviderSummary, Question } from '../../shared/domain/provider.ts';
import type { Definition, DefinitionParts } from './definition.ts';

type AnyQuestion = DefinitionParts['credential'][number] & { readonly optionsFrom?: unknown };
type AnyAskedAtCall = DefinitionParts['askedAtCall'][number];

function question(asked: AnyQuestion): Question {
  const { name, label, kind, required, help, placeholder, options } = asked;
  return {
    name,
    label,
    kind,
    required,
    help,
    placeholder,
    options,
    suggested: asked.optionsFrom !== undefined,
  };
}

const atCall = (asked: AnyAskedAtCall): AskedAtCall => ({ ...question(asked), at: asked.at });

/** How a key of this provider is replaced: what leaves the user with a working key comes first. */
export function replacementOf({ operations }: Pick<DefinitionParts, 'operations'>): Replacement {
  if (operations.create !== undefined) return 'overlap';
  if (operations.rotate === undefined) return 'by-hand';
  return operations.rotate.grace.kind === 'none' ? 'at-once' : 'overlap';
}

type Replacement = ProviderSummary['replacement'];

/** Whether requests with a key of this provider are signed with it instead of carrying it. */
export function signs({ usage, operations }: Pick<DefinitionParts, 'usage' | 'operations'>): boolean {
  return [usage, operations.check].some((request) => request?.authentication.kind === 'hmac');
}

/** What the page may know of a definition: what to ask and what to offer, nothing of how it is called. */
export function toProviderSummary(
  definition: Definition,
  source: ProviderSummary['source'],
): ProviderSummary {
  const { creation, operations, dashboard } = definition;
  const { scopes } = creation;
  return {
    id: definition.id,
    name: definition.name,
    description: definition.description,
    website: definition.website,
    environments: [...definition.environments],
    source,
    dashboard:
      dashboard === null
        ? null
        : { url: dashboard.url, create: [...dashboard.create], revoke: [...dashboard.revoke] },
    preconditions: definition.preconditions.map(({ text, url }) => ({ text, url })),
    advice: [...definition.advice],
    recommendedDays: definition.recommendedDays,
    replacement: replacementOf(definition),
    signs: signs(definition),
    settings: definition.settings.map(question),
    credential: definition.credential.map(question),
    askedAtCall: definition.askedAtCall.map(atCall),
    fields: definition.fields.map(({ name, label, secret, variable }) => ({ name, label, secret, variable })),
    creation: {
      nameMaxLength: creation.nameMaxLength,
      scopes:
        scopes === undefined
          ? null
          : {
              options: scopes.options,
              whenOmitted: scopes.whenOmitted,
              suggested: scopes.optionsFrom !== undefined,
            },
      expiry: creation.expiry ?? null,
      restrictions: creation.restrictions,
    },
    operations: (['create', 'list', 'check', 'revoke', 'rotate'] as const).filter(
      (operation) => operations[operation] !== undefined,
    ),
  };
}
