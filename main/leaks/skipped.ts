import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';

/** Why something is not searched; null where it is gone meanwhile, or a link or a folder has taken its place. */
export function reasonToSkip(error: unknown): string | null {
  return ['ENOENT', 'ELOOP', 'ENOTDIR', 'EISDIR'].includes(errnoOf(error) ?? '') ? null : reasonOf(error);
}
