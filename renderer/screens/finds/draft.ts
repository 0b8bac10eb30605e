import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { Find } from '../../../shared/ipc/search.contract.ts';
import { needsNothing } from '../take-in/draft.ts';

export type Candidate = Find['candidates'][number];

/** What is to become of a find. */
export interface FindDraft {
  readonly isChosen: boolean;
  /** Which of its candidates it is; null where there is none. */
  readonly providerId: string | null;
  /** `new`: a connection that is made along the way, or that has to be added first; null where there is no provider. */
  readonly account: ConnectionId | 'new' | null;
  /** The environment of a new connection. */
  readonly environment: Environment;
  readonly name: string;
  /** Files that become targets of the key. */
  readonly follow: readonly string[];
}

/** What choices depend on. */
export interface FindsWorld {
  readonly catalog: readonly ProviderSummary[];
  readonly connections: readonly ConnectionView[];
  /** The names of living keys, as `placeOfName` in `lack.ts` has them. */
  readonly names: ReadonlySet<string>;
}

/** The files that hold a find, each once. */
export const filesOf = ({ places }: Pick<Find, 'places'>): readonly string[] => [
  ...new Set(places.map(({ file }) => file)),
];

/** The files of a find that its key in the vault does not follow; all of them where the vault does not know it. */
export function unfollowedFiles(find: Pick<Find, 'places' | 'known'>): readonly string[] {
  const followed = new Set(find.known?.followed);
  return filesOf(find).filter((file) => !followed.has(file));
}

/** Whether there is anything that can be done with a find: taking it in, or following its files. */
export function isAdoptable(find: Find): boolean {
  if (find.revoked !== null) return false;
  return find.known === null ? find.candidates.length > 0 : unfollowedFiles(find).length > 0;
}

/** The candidate that was chosen for a find; null where it has none. */
export const candidateOf = (find: Find, { providerId }: Pick<FindDraft, 'providerId'>): Candidate | null =>
  find.candidates.find((each) => each.providerId === providerId) ?? null;

/**
 * The draft at a provider: at the connection for the environment that the find's form tells, or else at its first; at a
 * new one where it has none.
 */
export function atAccount(
  draft: FindDraft,
  provider: ProviderSummary,
  environment: Environment | null,
  { connections }: Pick<FindsWorld, 'connections'>,
): FindDraft {
  const own = connections.filter(({ providerId }) => providerId === provider.id);
  const fitting = environment === null ? own[0] : own.find((each) => each.environment === environment);
  return {
    ...draft,
    providerId: provider.id,
    account: fitting?.id ?? 'new',
    environment: environment ?? fitting?.environment ?? provider.environments[0] ?? 'test',
  };
}

/** The draft at a connection that has been added since, where there was none. */
export function withAccount(find: Find, draft: FindDraft, world: FindsWorld): FindDraft {
  const provider = world.catalog.find(({ id }) => id === draft.providerId);
  if (provider === undefined || find.known !== null) return draft;
  const isThere =
    draft.account === 'new'
      ? needsNothing(provider)
      : world.connections.some(({ id }) => (id as string) === draft.account);
  return isThere ? draft : atAccount(draft, provider, candidateOf(find, draft)?.environment ?? null, world);
}

/** Of which environment a find is as far as is known: by its form, or by the connection that was chosen for it. */
export function environmentOf(find: Find, draft: FindDraft, { connections }: FindsWorld): Environment | null {
  const told = candidateOf(find, draft)?.environment ?? null;
  if (told !== null || draft.account === null) return told;
  if (draft.account === 'new') return draft.environment;
  return connections.find(({ id }) => id === draft.account)?.environment ?? null;
}
