import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import type { Works } from './works.ts';

/** The key, if its targets may be changed now: it is in use, and no work is about to write them. */
export function writableKey(
  ports: Pick<KeyPorts, 'records'>,
  works: Pick<Works, 'ofKey'>,
  id: KeyId,
): Result<KeyRecord, Failure<'key-unknown' | 'key-not-active' | 'work-running'>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (key.revokedAt !== null || key.replacedBy !== null) {
    return fail(failure('key-not-active', { status: key.status }));
  }
  // An issue that stopped at its targets may be helped along by hand; a rotation writes them itself.
  const work = works.ofKey(id);
  return work !== undefined && work.kind !== 'issue' ? fail(failure('work-running')) : ok(key);
}
