import path from 'node:path';
import { failure } from '../../shared/domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { createTurns } from '../turns.ts';
import { type Asked, askStanding, type IgnoreRule } from './ask-standing.ts';
import { addLine } from './edit-gitignore.ts';
import type { Git } from './git.ts';
import { type RunGit, runGit } from './run-git.ts';

export interface GitOptions {
  readonly run?: RunGit;
}

type Ignored = Awaited<ReturnType<Git['ignore']>>;

/** Git as it is installed on this computer. */
export function createGit({ run = runGit }: GitOptions = {}): Git {
  const inTurn = createTurns();

  async function ignoreFrom(root: string, file: string): Promise<Ignored> {
    const gitignore = path.join(root, '.gitignore');
    // Asked in turn: whoever came before may have added the very line.
    const { state, ignoreLine, detail } = (await askStanding(run, file)).standing;
    if (state === 'tracked') return fail(failure('file-tracked', { file }));
    if (state === 'unknown') return fail(failure('git-unavailable', { reason: detail }));
    if (ignoreLine === null) return ok({ gitignore, line: '' });
    const added = await addLine(gitignore, ignoreLine);
    if (!added.ok) return added;
    const now = await askStanding(run, file);
    if (now.standing.state === 'ignored') return ok({ gitignore, line: ignoreLine });
    await added.value.undo();
    return fail(failure('file-unwritable', { file: gitignore, reason: whyNot(now) }));
  }

  return {
    standingOf: async (file) => (await askStanding(run, file)).standing,
    async ignore(file) {
      if (!path.isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
      const { state, root, detail } = (await askStanding(run, file)).standing;
      if (state === 'unknown') return fail(failure('git-unavailable', { reason: detail }));
      if (root === null) return fail(failure('not-a-repository', { folder: path.dirname(file) }));
      return inTurn(root, () => ignoreFrom(root, file));
    },
  };
}

/** Why a line at the end of the top `.gitignore` did not help. */
function whyNot({ standing, rule }: Asked): string {
  if (standing.state === 'unknown') return standing.detail;
  return rule === null ? 'Git does not read it as one would expect' : overruledBy(rule);
}

const overruledBy = ({ source, line, pattern }: IgnoreRule) =>
  `A line there is overruled by “${pattern}” in ${source}, line ${line}`;
