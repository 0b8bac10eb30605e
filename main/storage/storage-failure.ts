import { type Failure, failure } from '../../shared/domain/failure.ts';

/** Translates what the file system threw: its code (`ENOSPC`) where it has one, else its message. */
export function storageFailed(file: string, error: unknown): Failure<'storage-failed'> {
  return failure('storage-failed', { file, reason: reasonOf(error) });
}

/** The code that the system gave, or else the words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return codeOf(error) ?? error.message;
}

/** Whether the error says that the file is not there, which is the only error that may be read as "nothing yet". */
export function isAbsent(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Whether the error says that there is no such file, or no folder that could have it. */
export function isNoSuchPlace(error: unknown): boolean {
  return isAbsent(error) || codeOf(error) === 'ENOTDIR';
}

/** The code that the file system gave, such as `ENOSPC`; null where the error is none of its. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
