import type { GitStanding } from '../../shared/domain/env-file.ts';
import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';

/** What is asked of the Git repositories that the user's files lie in. Nothing of a repository's own is ever run. */
export interface Git {
  /** How a file stands, whether it is there yet or not. Never fails: what cannot be told is `unknown`, with the reason. */
  standingOf(file: string): Promise<GitStanding>;
  /** Adds the line that makes Git ignore the file to the `.gitignore` at the top of its repository, unless it is ignored. */
  ignore(
    file: string,
  ): Promise<
    Result<
      { gitignore: string; line: string },
      EnvFileFailure | Failure<'git-unavailable' | 'not-a-repository'>
    >
  >;
}
