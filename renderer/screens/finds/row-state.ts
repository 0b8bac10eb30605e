import type { Find } from '../../../shared/ipc/search.contract.ts';
import { count } from '../../text/dates.ts';
import { words } from '../../text/errors.ts';
import { type FindDraft, unfollowedFiles } from './draft.ts';
import type { Lack } from './lack.ts';
import type { AdoptOutcome } from './outcome.ts';

/** How a find stands, for its row: in a few words, and in a sentence on hover. */
export interface RowState {
  readonly tone: 'quiet' | 'attention' | 'done' | 'running';
  readonly short: string;
  readonly title: string;
}

const quiet = (short: string, title = short): RowState => ({ tone: 'quiet', short, title });

/** What there is to say of a find: what became of it, or else what keeps it from being adopted. */
export function rowState(
  find: Find,
  draft: FindDraft,
  lack: Lack | null,
  outcome: AdoptOutcome | undefined,
): RowState {
  switch (outcome?.state) {
    case 'waiting':
      return quiet('Waiting', 'Its turn is to come.');
    case 'running':
      return { tone: 'running', short: 'Adopting', title: 'It is looked at, stored and read back.' };
    case 'adopted':
      return { tone: 'done', short: 'Adopted', title: 'It is in the vault.' };
    case 'failed': {
      const { title, body } = words(outcome.failure);
      return { tone: 'attention', short: title, title: `${title}. ${body}` };
    }
  }
  if (find.revoked !== null) return quiet(`Old value of ${find.revoked.name}, revoked`);
  if (find.known !== null) return knownState(find, find.known.name);
  if (lack === null) return quiet(draft.isChosen ? 'To be adopted' : 'Ready');
  // What is still only offered needs nobody's attention.
  return { tone: draft.isChosen ? 'attention' : 'quiet', short: lack.short, title: lack.text };
}

function knownState(find: Find, name: string): RowState {
  const files = unfollowedFiles(find).length;
  const title = `In the vault as ${name}`;
  // The heading above says that it is in the vault.
  if (files === 0) return quiet(`As ${name}`, title);
  return quiet(
    `As ${name}, ${count(files, 'file')} to follow`,
    `${title}, which does not know ${count(files, 'file')}.`,
  );
}
