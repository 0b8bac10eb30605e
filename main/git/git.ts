import type { GitStanding } from '../../shared/domain/env-file.ts';
import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';

/** What is asked of the Git repositories that the user's files lie in. Nothing of a repository's own is ever run. */
export interface Git {
  /**
   * How a file stands, whether it is there yet or not; where it is a link, how the file stands that it leads to. Never
   * fails: what cannot be told is `unknown`, with the reason.
   */
  standingOf(file: string): Promise<GitStanding>;
  /**
   * Adds the line that makes Git ignore the file to the `.gitignore` at the top of its repository; `line` is empty where it
   * is ignored already. It is done only when Git says so; otherwise the `.gitignore` is as it was. A file that Git tracks
   * is not ignored by any line (`file-tracked`): it has to leave the index first.
   */
  ignore(
    file: string,
  ): Promise<
    Result<
      { gitignore: string; line: string },
      EnvFileFailure | Failure<'git-unavailable' | 'not-a-repository'>
    >
  >;
}

/** The `detail` of an `unknown` standing where there is a repository and no Git on this computer. */
export const gitNotInstalled = 'Git is not installed';
