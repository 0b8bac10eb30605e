import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { ConnectionView } from '../../shared/ipc/connections.contract.ts';

type Health = ConnectionView['health'];

/** A connection's health in words, and whether it is in order. */
export const healthWords: Readonly<
  Record<
    Health,
    { readonly label: string; readonly meaning: string; readonly tone: 'neutral' | 'good' | 'attention' }
  >
> = {
  unknown: { label: 'Not checked', meaning: 'Not tried since it was added.', tone: 'neutral' },
  well: { label: 'Works', meaning: 'The provider accepted the credential.', tone: 'good' },
  refused: {
    label: 'Credential refused',
    meaning: 'The provider does not accept the credential any more. Keys cannot be rotated or revoked.',
    tone: 'attention',
  },
  unreachable: {
    label: 'Not reachable',
    meaning: 'The provider did not answer at the last check.',
    tone: 'attention',
  },
};

type Restriction = ProviderSummary['creation']['restrictions'][number];

/** The words of a restriction's field: what to type, and what leaving it empty means. */
export const restrictionWords: Readonly<
  Record<Restriction, { readonly label: string; readonly placeholder: string; readonly whenOmitted: string }>
> = {
  ips: {
    label: 'Allowed IP addresses',
    placeholder: '203.0.113.7 or 203.0.113.0/24',
    whenOmitted: 'Left out: the key works from any address.',
  },
  referrers: {
    label: 'Allowed referrers',
    placeholder: 'https://shop.example.com',
    whenOmitted: 'Left out: the key works from any page.',
  },
  endpoints: {
    label: 'Allowed endpoints',
    placeholder: '/v1/payments',
    whenOmitted: 'Left out: the key may call every endpoint.',
  },
};

/** How often a key may be rotated, as the form offers it; null is never. */
export const rotationChoices: readonly { readonly days: number | null; readonly label: string }[] = [
  { days: 30, label: 'Every 30 days' },
  { days: 60, label: 'Every 60 days' },
  { days: 90, label: 'Every 90 days' },
  { days: 180, label: 'Every 180 days' },
  { days: 365, label: 'Every year' },
  { days: null, label: 'Never' },
];

/** What a provider's definition leaves to the provider's own page; empty when its API does everything. */
export function missingOperations(provider: Pick<ProviderSummary, 'operations'>): readonly string[] {
  const needed = ['create', 'list', 'check', 'revoke'] as const;
  return needed.filter((operation) => !provider.operations.includes(operation));
}
