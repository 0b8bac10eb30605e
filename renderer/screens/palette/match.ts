import type { KeyEntries, KeyEntry } from '../keys/entries.ts';
import type { PaletteAction } from './actions.ts';

/** One line that the palette offers. */
export type PaletteHit =
  | { readonly kind: 'action'; readonly key: string; readonly action: PaletteAction }
  | { readonly kind: 'key'; readonly key: string; readonly entry: KeyEntry };

const mostKeys = 20;

/**
 * What fits the words typed: every word must occur. Actions whose label begins with what was typed come first,
 * then the other actions, then keys. Without words: the actions alone.
 */
export function matches(
  search: string,
  actions: readonly PaletteAction[],
  entries: KeyEntries,
): PaletteHit[] {
  const text = search.trim().toLowerCase();
  const terms = text.split(/\s+/).filter(Boolean);
  const fits = (haystack: string) => terms.every((term) => haystack.includes(term));
  const found = actions
    .map((action) => ({ action, haystack: haystackOf(action) }))
    .filter(({ haystack }) => fits(haystack))
    .toSorted((a, b) => rank(a.haystack, text) - rank(b.haystack, text))
    .map(({ action }): PaletteHit => ({ kind: 'action', key: action.id, action }));
  if (terms.length === 0) return found;
  return [...found, ...firstKeys(entries, fits)];
}

const rank = (haystack: string, text: string): number => (haystack.startsWith(text) ? 0 : 1);

const haystackOf = ({ label, subject, keywords }: PaletteAction): string =>
  `${label} ${subject ?? ''} ${keywords ?? ''}`.toLowerCase();

function firstKeys(entries: KeyEntries, fits: (haystack: string) => boolean): PaletteHit[] {
  const hits: PaletteHit[] = [];
  for (const entry of entries) {
    if (hits.length === mostKeys) break;
    if (fits(entry.haystack)) hits.push({ kind: 'key', key: entry.row.id, entry });
  }
  return hits;
}
