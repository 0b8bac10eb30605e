import type { GitStanding } from '../../shared/domain/env-file.ts';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import { gitNotInstalled } from '../git/git.ts';
import type { KeyPorts } from './key-ports.ts';

/**
 * Refuses (`file-tracked`) to let a live key into a file that Git tracks, unless the user has confirmed that by the key's
 * name. A test key may go anywhere; the page warns. Asks no provider and changes nothing.
 */
export async function guardTargets(
  { git }: Pick<KeyPorts, 'git'>,
  environment: KeyRecord['environment'],
  targets: readonly Pick<Target, 'file' | 'mayBeTracked'>[],
): Promise<Result<void, Failure<'file-tracked'>>> {
  if (environment !== 'live') return done;
  for (const { file } of targets.filter(({ mayBeTracked }) => !mayBeTracked)) {
    if (mayBeCommitted(await git.standingOf(file))) return fail(failure('file-tracked', { file }));
  }
  return done;
}

/** The same targets, with the user's word that a live key may go into those of them that Git tracks now. */
export async function allowTracked(
  { git }: Pick<KeyPorts, 'git'>,
  targets: readonly Target[],
): Promise<Target[]> {
  return Promise.all(
    targets.map(async (target) =>
      mayBeCommitted(await git.standingOf(target.file)) ? { ...target, mayBeTracked: true } : target,
    ),
  );
}

/**
 * Whether the next commit takes what is written to the file. A repository that Git will not answer for counts as one that
 * tracks it. Where no Git is installed nobody could tell, and nothing is committed from here: that stops no rotation.
 */
const mayBeCommitted = ({ state, detail }: GitStanding): boolean =>
  state === 'tracked' || (state === 'unknown' && detail !== gitNotInstalled);
