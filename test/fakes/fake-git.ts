import type { Git } from '../../main/git/git.ts';
import type { GitStanding } from '../../shared/domain/env-file.ts';

/** A Git that answers what a test tells it. Without a word, no file lies in a repository. */
export interface FakeGit extends Pick<Git, 'standingOf'> {
  readonly states: Map<string, GitStanding['state']>;
  /** Why Git could not be asked about files that are `unknown`. */
  detail: string;
  /** The files that it was asked about, in order. */
  readonly asked: string[];
}

export function createFakeGit(): FakeGit {
  const fake: FakeGit = {
    states: new Map(),
    detail: 'dubious ownership',
    asked: [],
    async standingOf(file) {
      fake.asked.push(file);
      const state = fake.states.get(file) ?? 'no-repository';
      return {
        state,
        root: state === 'no-repository' ? null : '/projects',
        ignoreLine: state === 'not-ignored' ? '.env' : null,
        detail: state === 'unknown' ? fake.detail : '',
      };
    },
  };
  return fake;
}
