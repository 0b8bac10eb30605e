import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import type { DefinitionRecord } from '../../shared/domain/definition-record.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { ConnectionId, KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { SetAsideReason } from '../../shared/domain/vault.ts';
import type { Result } from '../../shared/result.ts';

/** One kind of record by id. Reading is from memory; a change is on disk before it is reported. */
export interface RecordSet<Id extends string, R extends { readonly id: Id }> {
  all(): readonly R[];
  get(id: Id): R | undefined;
  /** Adds or replaces the record. The cost does not depend on how many there are. */
  put(record: R): Promise<Result<void, Failure<'storage-failed'>>>;
  remove(id: Id): Promise<Result<void, Failure<'storage-failed'>>>;
  /**
   * Adds or replaces them all, with one write for each store that any of them is in. All are on disk when it succeeds;
   * when it fails, each is as it was or as it should be, in memory as on disk.
   */
  putAll(records: readonly R[]): Promise<Result<void, Failure<'storage-failed'>>>;
  /** Removes them all, as `putAll` puts. */
  removeAll(ids: readonly Id[]): Promise<Result<void, Failure<'storage-failed'>>>;
}

/** A record that could not be read, set aside under `file`; nothing of it was overwritten. */
export interface SetAside {
  readonly file: string;
  readonly reason: SetAsideReason;
}

/** What the vault knows beside the secrets. Authenticated with the vault's data key. */
export interface Records {
  readonly keys: RecordSet<KeyId, KeyRecord>;
  readonly connections: RecordSet<ConnectionId, ConnectionRecord>;
  /** Definitions of the user's own, by the id of their provider. */
  readonly definitions: RecordSet<string, DefinitionRecord>;
  /** What was found damaged at opening. */
  readonly setAside: readonly SetAside[];
}
