import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { Find } from '../../../shared/ipc/search.contract.ts';
import { needsNothing } from '../take-in/draft.ts';
import { proposeName } from './propose-name.ts';

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
  /** The names of living keys, as `placeOfName` has them. */
  readonly names: ReadonlySet<string>;
}

/** A name at a connection, which no two living keys share. */
export const placeOfName = (connection: string, name: string): string => `${connection} ${name.trim()}`;

const accountOf = ({ account, providerId, environment }: FindDraft): string =>
  account === 'new' ? `new ${providerId} ${environment}` : (account ?? '');

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
export const isAdoptable = (find: Find): boolean =>
  find.known === null ? find.candidates.length > 0 : unfollowedFiles(find).length > 0;

/** The candidate that was chosen for a find; null where it has none. */
export const candidateOf = (find: Find, { providerId }: Pick<FindDraft, 'providerId'>): Candidate | null =>
  find.candidates.find((each) => each.providerId === providerId) ?? null;

/** What is proposed for each find, by its id. Those are chosen that are surely a key and lack nothing. */
export function proposeDrafts(
  finds: readonly Find[],
  world: FindsWorld,
  keys: readonly { readonly name: string }[],
): ReadonlyMap<string, FindDraft> {
  const taken = new Set(keys.map(({ name }) => name.toLowerCase()));
  return new Map(
    finds.map((find) => {
      const draft = proposeDraft(find, world, taken);
      const isSure = find.by !== 'name' && find.candidates.length === 1 && find.known === null;
      return [find.id, { ...draft, isChosen: isSure && lackOf(find, draft, world, new Map()) === null }];
    }),
  );
}

function proposeDraft(find: Find, world: FindsWorld, taken: Set<string>): FindDraft {
  const providers = find.candidates.flatMap(({ providerId }) =>
    world.catalog.filter(({ id }) => id === providerId),
  );
  const provider = providers[0];
  const candidate = find.candidates.find(({ providerId }) => providerId === provider?.id);
  const draft: FindDraft = {
    isChosen: false,
    providerId: provider?.id ?? null,
    account: null,
    environment: 'test',
    name: find.known?.name ?? '',
    follow: unfollowedFiles(find),
  };
  if (provider === undefined || find.known !== null) return draft;
  const place = find.places[0];
  const environment = candidate?.environment ?? null;
  return {
    ...atAccount(draft, provider, environment, world),
    name: proposeName(
      { provider: provider.name, variable: place?.variable ?? '', file: place?.file ?? '', environment },
      taken,
    ),
  };
}

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

/** What keeps a find from being adopted. `short`: for its row; `text`: in a sentence. */
export interface Lack {
  readonly at: 'provider' | 'account' | 'fields' | 'name' | 'follow';
  readonly short: string;
  readonly text: string;
}

/** What is lacking before a find can be adopted; null where nothing is. `uses`: how many chosen finds want each name. */
export function lackOf(
  find: Find,
  draft: FindDraft,
  world: FindsWorld,
  uses: ReadonlyMap<string, number>,
): Lack | null {
  if (find.known !== null) {
    if (draft.follow.length > 0) return null;
    return { at: 'follow', short: 'Nothing to follow', text: 'Choose at least one file to follow.' };
  }
  const candidate = candidateOf(find, draft);
  const provider = world.catalog.find(({ id }) => id === draft.providerId);
  if (candidate === null || provider === undefined) {
    return {
      at: 'provider',
      short: 'Provider not known',
      text: 'Keyturn does not know the provider. Take the key in by hand, where you can choose one.',
    };
  }
  if (candidate.missing.length > 0) {
    const labels = candidate.missing.map(
      (name) => provider.fields.find((field) => field.name === name)?.label ?? name,
    );
    return {
      at: 'fields',
      short: `${labels[0]} not found`,
      text: `A key of ${provider.name} has more parts, and no variable beside it seems to hold its ${labels.join(' and its ')}. Take the key in by hand, where you can paste every part.`,
    };
  }
  if (draft.account === null || (draft.account === 'new' && !needsNothing(provider))) {
    return {
      at: 'account',
      short: `No connection to ${provider.name}`,
      text: `Add ${provider.name} first.`,
    };
  }
  return nameLack(draft, world.names, uses);
}

function nameLack(
  draft: FindDraft,
  names: ReadonlySet<string>,
  uses: ReadonlyMap<string, number>,
): Lack | null {
  const place = placeOfName(accountOf(draft), draft.name);
  if (draft.name.trim() === '') return { at: 'name', short: 'No name', text: 'A key needs a name.' };
  if (names.has(place)) {
    return { at: 'name', short: 'Name taken', text: 'Another key of this connection has this name.' };
  }
  if ((uses.get(place) ?? 0) > 1) {
    return { at: 'name', short: 'Name used twice', text: 'Another find that you have chosen has this name.' };
  }
  return null;
}

/** How many chosen finds that are to be taken in want each name at its connection. */
export function nameUses(
  finds: readonly Find[],
  drafts: ReadonlyMap<string, FindDraft>,
): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { id, known } of finds) {
    const draft = drafts.get(id);
    if (draft?.isChosen !== true || known !== null) continue;
    const place = placeOfName(accountOf(draft), draft.name);
    uses.set(place, (uses.get(place) ?? 0) + 1);
  }
  return uses;
}

/** Of which environment a find is as far as is known: by its form, or by the connection that was chosen for it. */
export function environmentOf(find: Find, draft: FindDraft, { connections }: FindsWorld): Environment | null {
  const told = candidateOf(find, draft)?.environment ?? null;
  if (told !== null || draft.account === null) return told;
  if (draft.account === 'new') return draft.environment;
  return connections.find(({ id }) => id === draft.account)?.environment ?? null;
}
