import { type Failure, failure } from '../../shared/domain/failure.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import type { Secret } from './secret.ts';

/**
 * Refuses what stores lose without a word: the empty string (some refuse it, some store nothing), NUL (C strings
 * end there) and lone surrogates (they become U+FFFD in UTF-8).
 */
export function checkStorable(secret: Secret): Result<void, Failure<'secret-not-storable'>> {
  const value = secret.reveal();
  if (value === '') return fail(failure('secret-not-storable', { reason: 'empty' }));
  if (value.includes('\0')) return fail(failure('secret-not-storable', { reason: 'nul' }));
  if (!value.isWellFormed()) return fail(failure('secret-not-storable', { reason: 'not-unicode' }));
  return done;
}
