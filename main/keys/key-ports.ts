import type { Failure, SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { ConnectionId, Ids, KeyId } from '../../shared/domain/ids.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { EnvFiles } from '../env-files/env-files.ts';
import type { Git } from '../git/git.ts';
import type { Provider } from '../providers/provider.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Activity } from '../storage/activity.ts';
import type { Journal } from '../storage/journal.ts';
import type { Records } from '../storage/records.ts';

/** Why a connection cannot be called: it is not known, or its credential cannot be read. */
export type OpenProviderFailure = SecretStoreFailure | Failure<'connection-unknown' | 'definition-unknown'>;

/** Everything that the recipes about keys touch of the world. */
export interface KeyPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: SecretStore;
  readonly records: Records;
  readonly journal: Journal;
  readonly activity: Activity;
  readonly envFiles: EnvFiles;
  readonly git: Pick<Git, 'standingOf'>;
  /** The provider of a connection, with its management credential read from the secret store. */
  openProvider(id: ConnectionId): Promise<Result<Provider, OpenProviderFailure>>;
  /** An HMAC of a value under the vault's data key: equal for equal values, and of no use without the data key. */
  fingerprint(value: Secret): string;
  /** Tells the page how a piece of work now stands. */
  announceWork(work: Work): void;
  /**
   * Values of keys that were issued and could not be stored yet, nor revoked. Memory only: they are here so that
   * storing can be tried again, and so that the user can be shown the value if nothing else helps.
   */
  readonly unstored: Map<KeyId, SecretFields>;
}
