import type { ListedKey, ProviderSummary } from '../../shared/domain/provider.ts';
import { isUnknownProvider } from '../../shared/domain/unknown-provider.ts';
import type { ConnectionView, Standing } from '../../shared/ipc/connections.contract.ts';
import { count } from './dates.ts';

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

/** The health of a connection that has no credential to try. */
export const withoutCredential = ({ operations }: Pick<ProviderSummary, 'operations'>) =>
  ({
    label: 'No credential',
    meaning: operations.includes('check')
      ? 'Its keys are checked one by one, each on its own page.'
      : 'Keyturn sends nothing to this provider.',
    tone: 'neutral',
  }) as const;

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

/** How a provider's keys are made and ended, in a few words: what Keyturn does, and what is left to its dashboard. */
export function howItWorks({
  operations,
  replacement,
}: Pick<ProviderSummary, 'operations' | 'replacement'>): string {
  const makes = operations.includes('create');
  const replaces = replacement !== 'by-hand';
  const revokes = operations.includes('revoke');
  if (makes) {
    const verbs = ['Makes', ...(replaces ? ['replaces'] : []), ...(revokes ? ['revokes'] : [])];
    return `${list(verbs)} keys${revokes ? '' : ', revoked in its dashboard'}`;
  }
  const kept = [
    'kept',
    ...(operations.includes('check') ? ['checked'] : []),
    ...(replaces ? ['replaced'] : []),
    ...(revokes ? ['revoked'] : []),
  ];
  return `Made in its dashboard, ${list(kept)} here`;
}

/** `a`, `a and b`, `a, b and c`. */
function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** What is left to the user's own hands at a provider; null where Keyturn does everything. */
export function byHandWords(
  provider: Pick<ProviderSummary, 'name' | 'operations' | 'replacement' | 'credential'>,
): { readonly title: string; readonly body: string } | null {
  const { name, operations } = provider;
  const revokes = operations.includes('revoke');
  if (!isAssisted(provider)) {
    if (revokes) return null;
    return {
      title: 'Keys are revoked by hand',
      body: `${name} revokes keys in its dashboard only. Keyturn opens it, shows the steps${operations.includes('check') ? ' and makes sure that the key is refused' : ''}.`,
    };
  }
  const made = revokes ? 'makes keys' : 'makes and revokes keys';
  const kept = provider.replacement === 'by-hand' ? 'reminds you' : 'reminds you and replaces it';
  const credential =
    provider.credential.length === 0 ? ' No credential is needed: your account stays in your browser.' : '';
  return {
    title: 'Keys are made by hand',
    body: `${name} ${made} in its dashboard only. Keyturn opens it, shows the steps and takes the key that you paste; then it keeps it, writes it to files and ${kept}.${credential}`,
  };
}

/** Whether the user makes the keys in the provider's dashboard. */
export const isAssisted = ({ operations }: Pick<ProviderSummary, 'operations'>): boolean =>
  !operations.includes('create');

/** Whether nothing describes the provider any more, so that nothing can be asked of it. */
export const isDefinitionMissing = isUnknownProvider;

type StandingKind = Standing['standing'];

/** How the provider's list and the vault stand to each other about a key: in words, and what that means. */
export const standingWords: Readonly<
  Record<StandingKind, { readonly label: string; readonly heading: string; readonly meaning: string }>
> = {
  stray: {
    label: 'Stray',
    heading: 'Strays',
    meaning: 'They work at the provider, and the vault does not know them.',
  },
  vanished: {
    label: 'Missing at the provider',
    heading: 'Missing at the provider',
    meaning: 'The vault takes them for alive; the provider does not list them as such.',
  },
  'in-step': { label: 'In step', heading: 'In step', meaning: 'Listed there and kept here.' },
  ended: {
    label: 'Ended there',
    heading: 'Ended there',
    meaning: 'Revoked, expired or disabled at the provider, and not alive in the vault.',
  },
  own: {
    label: 'This connection’s own credential',
    heading: 'This connection’s own credential',
    meaning: 'Keyturn works with it here. Revoking it would cut Keyturn off.',
  },
};

/** The order in which standings are shown: first what needs a look. */
export const standingOrder: readonly StandingKind[] = ['stray', 'vanished', 'in-step', 'ended', 'own'];

/** What a comparison found, in a sentence: "6 keys: 2 strays, 1 missing at the provider, 3 in step." */
export function comparisonSummary(keys: readonly Pick<Standing, 'standing'>[], provider: string): string {
  if (keys.length === 0) return `${provider} lists no keys, and the vault has none of it.`;
  const of = (kind: StandingKind) => keys.filter(({ standing }) => standing === kind).length;
  const parts = [
    [of('stray'), count(of('stray'), 'stray')],
    [of('vanished'), `${of('vanished')} missing at the provider`],
    [of('in-step'), `${of('in-step')} in step`],
    [of('ended'), `${of('ended')} ended there`],
    [of('own'), 'the connection’s own credential'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([, words]) => words);
  return `${count(keys.length, 'key')}: ${said.join(', ')}.`;
}

const unusedDays = 60;
const dayMs = 86_400_000;

/** When a listed key was last used, as far as can be said. `isIdle`: alive, and not used for 60 days or more. */
export type Use =
  | { readonly kind: 'not-told' }
  | { readonly kind: 'never'; readonly isIdle: boolean }
  | { readonly kind: 'used'; readonly at: number; readonly idleDays: number | null };

/**
 * When a key was last used. `tellsUse` says whether the provider tells this of any key: only then is a key without a
 * last use one that was never used. A new key that was never used is nothing to point out.
 */
export function lastUseOf(
  { lastUsedAt, createdAt, active }: Pick<ListedKey, 'lastUsedAt' | 'createdAt' | 'active'>,
  tellsUse: boolean,
  now: number,
): Use {
  const daysSince = (at: number) => Math.floor((now - at) / dayMs);
  if (lastUsedAt === null) {
    if (!tellsUse) return { kind: 'not-told' };
    return { kind: 'never', isIdle: active && createdAt !== null && daysSince(createdAt) >= unusedDays };
  }
  const days = daysSince(lastUsedAt);
  return { kind: 'used', at: lastUsedAt, idleDays: active && days >= unusedDays ? days : null };
}
