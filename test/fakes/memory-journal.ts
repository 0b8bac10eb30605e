import type { Journal } from '../../main/storage/journal.ts';
import { isUnfinished, type Work, workSchema } from '../../shared/domain/work.ts';
import { done } from '../../shared/result.ts';

/** A journal in memory, with everything that was ever written to it, oldest first. */
export type MemoryJournal = Journal & { readonly history: Work[] };

/** Hand the history of one journal to the next to play a restart. */
export function createMemoryJournal(initial: readonly Work[] = []): MemoryJournal {
  const history = initial.map((work) => workSchema.parse(work));
  return {
    history,
    unfinished: () => {
      const latest = new Map(history.map((work) => [work.id, work]));
      return [...latest.values()].filter(isUnfinished);
    },
    write: async (work) => {
      history.push(workSchema.parse(work));
      return done;
    },
  };
}
