import type { HookStanding, Leak } from '../../shared/ipc/search.contract.ts';
import { count } from './dates.ts';
import { bytesWords } from './finds.ts';

/** How much was searched: "12,403 files (1.2 GB) and 310 commits". */
export function searchedWords(searched: {
  readonly files: number;
  readonly bytes: number;
  readonly commits: number | null;
}): string {
  const files = `${count(searched.files, 'file')} (${bytesWords(searched.bytes)})`;
  return searched.commits === null ? files : `${files} and ${count(searched.commits, 'commit')}`;
}

/** Where a leak stands: the file with its line, or a commit's message. */
export const leakPlaceWords = ({ file, line }: Pick<Leak, 'file' | 'line'>): string =>
  file === '' ? 'Message of the commit' : `${file}:${line}`;

/** Whether a leak is in the folder now, in two or three words. */
export const leakStandingWords = ({ stillThere }: Pick<Leak, 'stillThere'>): string =>
  stillThere ? 'Still there' : 'Only in history';

/** A commit's id as people write it. */
export const shortCommit = (id: string): string => id.slice(0, 8);

/** In how many places one key stands, and how many of them are still there. */
export function leakPlacesWords(leaks: readonly Pick<Leak, 'stillThere'>[]): string {
  const there = leaks.filter(({ stillThere }) => stillThere).length;
  const places = count(leaks.length, 'place');
  if (there === 0) return `${places}, only in history`;
  return there === leaks.length ? `${places}, still there` : `${places}, ${there} of them still there`;
}

/** Why a key's value was not searched for. */
export const unsearchedWords = (reason: 'too-short' | 'unreadable'): string =>
  reason === 'too-short'
    ? 'Its value is too short to tell it from other text.'
    : 'Its value could not be read from the keychain.';

/** How the pre-commit hook of a repository stands: what that means and what can be done. */
export interface HookWords {
  readonly tone: 'info' | 'done' | 'attention';
  readonly title: string;
  readonly text: string;
  readonly action: 'install' | 'remove' | 'copy' | null;
}

/** Puts the standing of a hook into words. */
export function hookWords({ state, file }: HookStanding): HookWords {
  switch (state) {
    case 'absent':
      return {
        tone: 'info',
        title: 'There is no pre-commit hook yet',
        text: 'With it, Git asks Keyturn before each commit whether what is staged holds a value of the vault, and refuses the commit if it does. Where Keyturn cannot look, such as while the keychain is locked, it says so and lets the commit through.',
        action: 'install',
      };
    case 'installed':
      return {
        tone: 'done',
        title: 'The pre-commit hook is installed',
        text: `Before each commit, what is staged is searched for the vault’s values. It stands in ${file}.`,
        action: 'remove',
      };
    case 'foreign':
      return {
        tone: 'attention',
        title: 'There is another pre-commit hook',
        text: `${file} is not Keyturn’s, so it is left as it is. Add this line to it to have it search as well.`,
        action: 'copy',
      };
    case 'no-repository':
      return {
        tone: 'info',
        title: 'This folder is in no Git repository',
        text: 'A pre-commit hook needs one.',
        action: null,
      };
  }
}
