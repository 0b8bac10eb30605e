import type { ListedKey } from './provider.ts';
import type { Work } from './work.ts';

/** How far a provider's clock may be behind ours when keys are told apart by the time of their making. */
const clockSkewMs = 5 * 60_000;

/**
 * Whether a key that the provider lists may be the one that this work asked for and got no answer about: it carries the
 * work's label, or, where the provider lists no names, was made since the work began.
 */
export function mayBeFrom(
  work: Pick<Work, 'newKey' | 'startedAt'>,
  key: ListedKey,
  listsNames: boolean,
): boolean {
  if (listsNames) return key.name === work.newKey?.label;
  return key.createdAt === null || key.createdAt >= work.startedAt - clockSkewMs;
}
