import type { Environment } from './key.ts';
import type { ProviderSummary } from './provider.ts';

/**
 * What is shown of a provider that no usable definition describes: its id, and nothing to ask, to offer or to open.
 * `name` is what it was called, where that is known.
 */
export function unknownProvider(
  id: string,
  environments: readonly Environment[],
  name: string = id,
): ProviderSummary {
  return {
    id,
    name,
    description: '',
    website: null,
    environments: [...environments],
    source: 'file',
    dashboard: null,
    preconditions: [],
    advice: [],
    recommendedDays: null,
    replacement: 'by-hand',
    signs: false,
    settings: [],
    credential: [],
    askedAtCall: [],
    fields: [],
    creation: { nameMaxLength: 0, scopes: null, expiry: null, restrictions: [] },
    operations: [],
  };
}

/** Whether a provider is one that no usable definition describes. Every definition has a field at least. */
export function isUnknownProvider(provider: Pick<ProviderSummary, 'fields'>): boolean {
  return provider.fields.length === 0;
}
