import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Journal } from '../storage/journal.ts';

/** The new keys of unfinished work. They may be alive at their provider and in no record yet. */
export function keysBeingMade(journal: Pick<Journal, 'unfinished'>): KeyRecord[] {
  return journal.unfinished().flatMap((work) => work.newKey ?? []);
}
