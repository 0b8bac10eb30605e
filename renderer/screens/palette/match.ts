import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { KeyEntries, KeyEntry } from '../keys/entries.ts';
import { isWaiting } from '../keys/view.ts';
import type { PaletteAction } from './actions.ts';

/** What the palette can do to any key, without opening it first. */
export type KeyVerb = 'write' | 'rotate' | 'leaked' | 'revoke' | 'copy-once';

/** One line that the palette offers. */
export type PaletteHit =
  | { readonly kind: 'action'; readonly key: string; readonly action: PaletteAction }
  | { readonly kind: 'key'; readonly key: string; readonly entry: KeyEntry }
  | { readonly kind: 'verb'; readonly key: string; readonly verb: KeyVerb; readonly entry: KeyEntry };

const mostKeys = 20;

const verbs: readonly {
  readonly verb: KeyVerb;
  readonly word: string;
  readonly can: (row: KeyRow) => boolean;
}[] = [
  { verb: 'rotate', word: 'rotate', can: isActive },
  { verb: 'leaked', word: 'leaked', can: ({ status }) => status !== 'revoked' },
  { verb: 'revoke', word: 'revoke', can: ({ status }) => status !== 'revoked' },
  { verb: 'write', word: 'write', can: isActive },
  { verb: 'copy-once', word: 'copy', can: ({ unsealed }) => unsealed },
];

/**
 * What fits the words typed: every word must occur. Actions that are named come first, then keys, then actions
 * that fit only by the key they would act on. "rotate web" offers to rotate every key that "web" finds.
 * Without words: the actions, and the keys that wait for a person.
 */
export function matches(
  search: string,
  actions: readonly PaletteAction[],
  entries: KeyEntries,
): PaletteHit[] {
  const text = search.trim().toLowerCase();
  const terms = text.split(/\s+/).filter(Boolean);
  const found = actions.filter((action) =>
    fits(`${namesOf(action)} ${action.subject?.toLowerCase() ?? ''}`, terms),
  );
  const asHit = (action: PaletteAction): PaletteHit => ({ kind: 'action', key: action.id, action });
  if (terms.length === 0)
    return [...found.map(asHit), ...keysWhere(entries, terms, ({ row }) => isWaiting(row))];

  const isNamed = (action: PaletteAction) => terms.some((term) => namesOf(action).includes(term));
  const rank = (action: PaletteAction) => (action.label.toLowerCase().startsWith(text) ? 0 : 1);
  return [
    ...found
      .filter(isNamed)
      .toSorted((a, b) => rank(a) - rank(b))
      .map(asHit),
    ...verbHits(terms, entries),
    ...keysWhere(entries, terms, ({ haystack }) => fits(haystack, terms)),
    ...found.filter((action) => !isNamed(action)).map(asHit),
  ];
}

function isActive({ status }: KeyRow): boolean {
  return status === 'active' || status === 'needs-attention';
}

const fits = (haystack: string, terms: readonly string[]): boolean =>
  terms.every((term) => haystack.includes(term));

const namesOf = ({ label, keywords }: PaletteAction): string => `${label} ${keywords ?? ''}`.toLowerCase();

function keysWhere(
  entries: KeyEntries,
  terms: readonly string[],
  isWanted: (entry: KeyEntry) => boolean,
): PaletteHit[] {
  return best(entries, terms, isWanted).map(
    (entry): PaletteHit => ({ kind: 'key', key: entry.row.id, entry }),
  );
}

function verbHits([word = '', ...rest]: readonly string[], entries: KeyEntries): PaletteHit[] {
  if (word.length < 2 || rest.length === 0) return [];
  return verbs
    .filter((each) => each.word.startsWith(word))
    .flatMap(({ verb, can }) =>
      best(entries, rest, ({ row, haystack }) => can(row) && fits(haystack, rest)).map(
        (entry): PaletteHit => ({ kind: 'verb', key: `${verb} ${entry.row.id}`, verb, entry }),
      ),
    );
}

/** The keys that are wanted, at most 20; those with a name in which a word begins with each term come first. */
function best(
  entries: KeyEntries,
  terms: readonly string[],
  isWanted: (entry: KeyEntry) => boolean,
): KeyEntry[] {
  const named: KeyEntry[] = [];
  const others: KeyEntry[] = [];
  for (const entry of entries) {
    if (named.length === mostKeys) break;
    const isNamed = terms.every((term) => ` ${entry.lowerName}`.includes(` ${term}`));
    if (!isNamed && others.length === mostKeys) continue;
    if (isWanted(entry)) (isNamed ? named : others).push(entry);
  }
  return [...named, ...others].slice(0, mostKeys);
}
