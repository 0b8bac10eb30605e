import type { PutBack, SetAsideKind, SetAsideReason, SetAsideView } from '../../shared/domain/vault.ts';
import { count } from './dates.ts';

const kinds: Readonly<Record<SetAsideKind, string>> = {
  keys: 'Keys',
  connections: 'Connections',
  definitions: 'Definitions',
  journal: 'Work under way',
  activity: 'Activity',
  settings: 'Settings',
  vault: 'Where the secrets are kept',
  restore: 'A restore that was cut short',
};

const reasons: Readonly<Record<SetAsideReason, string>> = {
  unreadable: 'It could not be read.',
  altered: 'Something else than Keyturn has changed it.',
  'cut-short': 'Its last line was being written when Keyturn or the computer stopped.',
};

/** What a file was that was set aside. */
export const setAsideTitle = ({ kind }: Pick<SetAsideView, 'kind'>): string => kinds[kind];

/** Why it was set aside, and what of it is missing now. */
export function setAsideWords({ reason, readable, missing }: SetAsideView): string {
  if (readable === null) return `${reasons[reason]} Nothing of it can be opened.`;
  if (missing === 0) return `${reasons[reason]} Nothing of it is missing.`;
  return `${reasons[reason]} ${count(missing, 'record')} of it ${missing === 1 ? 'is' : 'are'} missing and can be put back.`;
}

/** What came of putting a file back. */
export function putBackWords({ cameBack, couldNot, atNextOpening }: PutBack): string {
  return [
    cameBack === 0 ? 'Nothing came back.' : `${count(cameBack, 'record')} came back.`,
    couldNot > 0 ? `${count(couldNot, 'record')} could not: damaged, or not written by this vault.` : '',
    atNextOpening ? 'The work goes on when the vault is opened the next time.' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
