import type { DueKey } from './timeline.ts';

/** How far the time line reaches; what is due later is only counted. */
export const mostDays = 366;

/** The keys of one provider, those due first first. */
export interface Lane {
  readonly id: string;
  readonly name: string;
  readonly items: readonly DueKey[];
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** One lane for each provider, in the order of their names. Keys that are due after the line's end have no mark. */
export function lanesOf(items: readonly DueKey[]): readonly Lane[] {
  const lanes = new Map<string, { readonly name: string; readonly items: DueKey[] }>();
  for (const item of items) {
    if (item.days > mostDays) continue;
    const { providerId, provider } = item.key;
    const lane = lanes.get(providerId) ?? { name: provider, items: [] };
    lane.items.push(item);
    lanes.set(providerId, lane);
  }
  return [...lanes]
    .map(([id, { name, items: own }]) => ({ id, name, items: own }))
    .sort((a, b) => names.compare(a.name, b.name) || names.compare(a.id, b.id));
}
