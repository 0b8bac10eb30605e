import type { Find } from '../../../shared/ipc/search.contract.ts';
import { atAccount, type FindDraft, type FindsWorld, unfollowedFiles } from './draft.ts';
import { lackOf } from './lack.ts';
import { proposeName } from './propose-name.ts';

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
      const isSure =
        find.by !== 'name' && find.candidates.length === 1 && find.known === null && find.revoked === null;
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
