import type { SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { ConnectionId, KeyId } from '../../shared/domain/ids.ts';
import type { StoreKind } from '../../shared/domain/vault.ts';
import type { Result } from '../../shared/result.ts';
import type { Secret } from './secret.ts';

/**
 * The name of one item. `vault` is the data key, which is there as soon as a vault has been set up: by it,
 * "no such item" is told from "the store is locked" and from "this is another keychain". `identity` is what opens
 * sealed files; it is in the keychain of those who lock them with it, and nowhere else.
 */
export type SecretName = 'vault' | 'identity' | `key/${KeyId}` | `connection/${ConnectionId}`;

/**
 * A place where secrets are kept. Every method answers within a bounded time, whatever the store does, and none
 * throws for anything that a person could meet.
 *
 * - A write is read back and compared before it is reported.
 * - A failed read never deletes and never answers "gone": `secret-gone` is said only when the store is open and
 *   the item is known not to be there. Of `vault` itself that is all that can be said; of other items, an open
 *   store without `vault` says `keychain-foreign`.
 * - Empty values, NUL and lone surrogates are refused (`secret-not-storable`), because stores lose them silently.
 */
export interface SecretStore {
  readonly kind: StoreKind;
  put(name: SecretName, value: Secret): Promise<Result<void, SecretStoreFailure>>;
  get(name: SecretName): Promise<Result<Secret, SecretStoreFailure>>;
  /** Makes sure that the item is not there; an item that was not there is a success. */
  drop(name: SecretName): Promise<Result<void, SecretStoreFailure>>;
  /** As `get` for each name, answered in their order; for stores that read many faster than one by one. */
  getMany?(names: readonly SecretName[]): AsyncIterable<Result<Secret, SecretStoreFailure>>;
  /** As `put` for each secret, answered in their order, and as durable when it is answered. */
  putMany?(
    secrets: readonly (readonly [SecretName, Secret])[],
  ): AsyncIterable<Result<void, SecretStoreFailure>>;
  /** Lets go of processes, timers and keys in memory. Calls after it fail as `keychain-locked`. */
  close(): Promise<void>;
}

/** What a look at the place finds before a vault stands in it. */
export type StoreProbe =
  | { readonly state: 'present' }
  | { readonly state: 'locked' }
  | { readonly state: 'denied' }
  | { readonly state: 'unanswered'; readonly seconds: number }
  | { readonly state: 'absent'; readonly detail: string };
