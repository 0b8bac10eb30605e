import type { GitStanding } from '../../shared/domain/env-file.ts';
import type { Environment } from '../../shared/domain/key.ts';

/** What Git means for a file that a key is about to be written to. */
export interface GitWords {
  readonly tone: 'attention' | 'info';
  readonly title: string;
  readonly text: string;
}

/** What must be known before a key is written; null where Git can't take the file along. `environment`: null while not known. */
export function gitWords(
  { state, detail }: Pick<GitStanding, 'state' | 'detail'>,
  environment: Environment | null,
): GitWords | null {
  switch (state) {
    case 'no-repository':
    case 'ignored':
      return null;
    case 'not-ignored':
      return {
        tone: 'attention',
        title: 'Git does not ignore this file',
        text: 'The next “git add .” takes it along, and the key with it.',
      };
    case 'unknown':
      return {
        tone: 'info',
        title: 'It is not known whether Git tracks this file',
        text: `${detail === '' ? 'Git could not be asked' : detail.replace(/\.$/, '')}. Look yourself before you commit.`,
      };
    case 'tracked':
      return {
        tone: 'attention',
        title: 'Git tracks this file',
        text: trackedWords(environment),
      };
  }
}

function trackedWords(environment: Environment | null): string {
  switch (environment) {
    case 'live':
      return 'A live key in it goes into the history with the next commit, to everyone who has the repository. A file that Git ignores is the better place.';
    case 'test':
      return 'What is written goes into the history with the next commit. For a test key that may be fine.';
    case null:
      return 'What is written goes into the history with the next commit, to everyone who has the repository.';
  }
}

/** The name of the field that a live key's name is typed into, before it goes into a file that Git tracks. */
export const confirmTrackedLabel = 'Type the key’s name to write a live key into a tracked file';

/** What is wrong with that name, after main has refused to write. */
export const unconfirmedWords = (typed: string): string =>
  typed === ''
    ? 'Git tracks the file, so nothing was written. Type the key’s name to go on.'
    : 'That is not the name of the key. Nothing was written.';
