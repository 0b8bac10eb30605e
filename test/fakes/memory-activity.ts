import type { Activity } from '../../main/storage/activity.ts';
import { type ActivityEntry, activityEntrySchema } from '../../shared/domain/activity.ts';
import { done } from '../../shared/result.ts';

/** Activity in memory, with all its entries, oldest first. */
export type MemoryActivity = Activity & { readonly entries: ActivityEntry[] };

export function createMemoryActivity(): MemoryActivity {
  const entries: ActivityEntry[] = [];
  return {
    entries,
    add: async (entry) => {
      entries.push(activityEntrySchema.parse(entry));
      return done;
    },
    page: async (before, limit) => {
      const found = entries.filter((entry) => before === null || entry.at < before).reverse();
      found.sort((a, b) => b.at - a.at);
      const last = found[limit - 1];
      const page = last === undefined ? found : found.filter((entry) => entry.at >= last.at);
      return { entries: page, more: page.length < found.length };
    },
    ofKey: async (id, limit) =>
      entries
        .filter((entry) => entry.keyId === id)
        .reverse()
        .slice(0, limit),
  };
}
