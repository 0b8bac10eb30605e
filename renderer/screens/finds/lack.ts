import type { Find } from '../../../shared/ipc/search.contract.ts';
import { needsNothing } from '../take-in/draft.ts';
import { candidateOf, type FindDraft, type FindsWorld } from './draft.ts';

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

/** A name at a connection, which no two living keys share. */
export const placeOfName = (connection: string, name: string): string => `${connection} ${name.trim()}`;

const accountOf = ({ account, providerId, environment }: FindDraft): string =>
  account === 'new' ? `new ${providerId} ${environment}` : (account ?? '');
