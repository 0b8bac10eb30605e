import type { KeyId } from '../../../shared/domain/ids.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What has become of a find that was to be adopted. */
export type AdoptOutcome =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'adopted'; readonly keyId: KeyId }
  | { readonly state: 'failed'; readonly failure: PageFailure };

/** How many were adopted and how many were not, of those that have an outcome. */
export function countOutcomes(outcomes: ReadonlyMap<string, AdoptOutcome>): {
  readonly adopted: number;
  readonly failed: number;
} {
  const states = [...outcomes.values()].map(({ state }) => state);
  const of = (sought: AdoptOutcome['state']) => states.filter((state) => state === sought).length;
  return { adopted: of('adopted'), failed: of('failed') };
}
