import type { ActivityEntry } from '../../shared/domain/activity.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/result.ts';

/** The record of what happened, oldest first on disk. Holds no secret. */
export interface Activity {
  /** Adds an entry; durable (fsync) when it answers. */
  add(entry: ActivityEntry): Promise<Result<void, Failure<'storage-failed'>>>;
  /**
   * Entries before the instant (null: from the newest on), newest first. Entries of one instant are never parted, so
   * that the next page begins before the last one's instant; a page may be longer than its limit for that.
   */
  page(before: number | null, limit: number): Promise<{ entries: ActivityEntry[]; more: boolean }>;
  /** The newest entries about one key, newest first. */
  ofKey(id: KeyId, limit: number): Promise<ActivityEntry[]>;
}
