import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { Find } from '../../../shared/ipc/search.contract.ts';
import { type Candidate, candidateOf, environmentOf, type FindDraft, filesOf, isAdoptable } from './draft.ts';
import { type Lack, lackOf, nameUses } from './lack.ts';
import type { AdoptOutcome } from './outcome.ts';
import { type RowState, rowState } from './row-state.ts';
import type { Decisions } from './use-finds.ts';

/** A find with all that is decided and known about it. */
export interface FindView {
  readonly find: Find;
  readonly draft: FindDraft;
  readonly variable: string;
  readonly files: readonly string[];
  readonly provider: ProviderSummary | null;
  readonly candidate: Candidate | null;
  readonly environment: Environment | null;
  readonly lack: Lack | null;
  readonly outcome: AdoptOutcome | undefined;
  readonly state: RowState;
  /** Whether it can be adopted, now or when its name has been mended. */
  readonly canBeChosen: boolean;
}

/** Every find that there is something to say about, by its id. */
export function findViews(
  finds: readonly Find[],
  { world, drafts, outcomes, run }: Pick<Decisions, 'world' | 'drafts' | 'outcomes' | 'run'>,
): ReadonlyMap<string, FindView> {
  const open = finds.filter(({ id }) => outcomes.get(id)?.state !== 'adopted');
  const uses = nameUses(open, drafts);
  const views = new Map<string, FindView>();
  for (const find of finds) {
    const draft = drafts.get(find.id);
    if (draft === undefined) continue;
    const outcome = outcomes.get(find.id);
    const lack = lackOf(find, draft, world, uses);
    const isMendable = lack === null || lack.at === 'name' || lack.at === 'follow';
    views.set(find.id, {
      find,
      draft,
      variable: find.places[0]?.variable ?? '',
      files: filesOf(find),
      provider: world.catalog.find(({ id }) => id === draft.providerId) ?? null,
      candidate: candidateOf(find, draft),
      environment: environmentOf(find, draft, world),
      lack,
      outcome,
      state: rowState(find, draft, lack, outcome),
      canBeChosen: run === null && outcome?.state !== 'adopted' && isAdoptable(find) && isMendable,
    });
  }
  return views;
}

/** The finds whose provider has no connection yet, by their ids. */
export const unconnectedFinds = (views: ReadonlyMap<string, FindView>): ReadonlySet<string> =>
  new Set([...views.values()].filter(({ lack }) => lack?.at === 'account').map(({ find }) => find.id));

/** The providers that some finds need a connection to, each once. */
export function unconnectedProviders(views: ReadonlyMap<string, FindView>): readonly ProviderSummary[] {
  const lacking = [...views.values()].filter(({ lack, find }) => lack?.at === 'account' && isAdoptable(find));
  return [
    ...new Map(
      lacking.flatMap(({ provider }) => (provider === null ? [] : [[provider.id, provider]])),
    ).values(),
  ];
}

/** The finds that are chosen and lack nothing. */
export const readyToAdopt = (views: ReadonlyMap<string, FindView>): readonly Find[] =>
  [...views.values()]
    .filter(({ draft, lack, canBeChosen }) => canBeChosen && draft.isChosen && lack === null)
    .map(({ find }) => find);
