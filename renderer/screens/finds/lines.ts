import type { Find } from '../../../shared/ipc/search.contract.ts';
import { filesOf, isAdoptable } from './draft.ts';
import type { AdoptOutcome } from './outcome.ts';

/** A line of the list: a heading or a find. */
export type FindLine =
  | { readonly kind: 'heading'; readonly key: string; readonly text: string; readonly count: number }
  | {
      readonly kind: 'find';
      readonly key: string;
      readonly find: Find;
      readonly variable: string;
      readonly files: readonly string[];
    };

const groups = [
  'failed',
  'new',
  'needs-provider',
  'unfollowed',
  'revoked',
  'unknown',
  'known',
  'adopted',
] as const;
type Group = (typeof groups)[number];

const headings: Readonly<Record<Group, string>> = {
  failed: 'Not adopted',
  new: 'Can be taken in',
  'needs-provider': 'Needs a provider first',
  unfollowed: 'In the vault, with files that it does not know',
  revoked: 'Old values of keys that are revoked',
  unknown: 'Look like keys, provider not known',
  known: 'In the vault already',
  adopted: 'Adopted',
};

/**
 * The list with its headings: what needs a person first, what is done last. `outcomes` is what has become of finds so
 * far; while many are adopted it is left as it was before, so that nothing moves under the pointer. `unconnected`: those
 * whose provider has no connection yet.
 */
export function findLines(
  finds: readonly Find[],
  outcomes: ReadonlyMap<string, AdoptOutcome>,
  unconnected: ReadonlySet<string>,
): readonly FindLine[] {
  const lines = new Map<Group, FindLine[]>();
  for (const find of finds) {
    const group = groupOf(find, outcomes.get(find.id), unconnected);
    const variable = find.places[0]?.variable ?? '';
    const line: FindLine = { kind: 'find', key: find.id, find, variable, files: filesOf(find) };
    const own = lines.get(group);
    if (own === undefined) lines.set(group, [line]);
    else own.push(line);
  }
  return groups.flatMap((group): FindLine[] => {
    const own = lines.get(group) ?? [];
    if (own.length === 0) return [];
    return [{ kind: 'heading', key: `heading-${group}`, text: headings[group], count: own.length }, ...own];
  });
}

function groupOf(find: Find, outcome: AdoptOutcome | undefined, unconnected: ReadonlySet<string>): Group {
  if (outcome?.state === 'adopted') return 'adopted';
  if (outcome?.state === 'failed') return 'failed';
  if (find.known !== null) return isAdoptable(find) ? 'unfollowed' : 'known';
  if (find.revoked !== null) return 'revoked';
  if (find.candidates.length === 0) return 'unknown';
  return unconnected.has(find.id) ? 'needs-provider' : 'new';
}
