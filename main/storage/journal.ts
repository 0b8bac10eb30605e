import type { Failure } from '../../shared/domain/failure.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { Result } from '../../shared/result.ts';

/** The journal of multi-step work. Holds no secret. */
export interface Journal {
  /** Every piece of work that has not finished, as last written. */
  unfinished(): readonly Work[];
  /** Writes the work as it now stands; durable (fsync) when it answers. Finished work is dropped at the next compaction. */
  write(work: Work): Promise<Result<void, Failure<'storage-failed'>>>;
}
