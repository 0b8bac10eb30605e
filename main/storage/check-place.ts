import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import { isNoSuchPlace, reasonOf } from './storage-failure.ts';

/** Why a file that the user has named cannot be written. */
export type WriteFailure = Failure<
  'file-exists' | 'path-not-absolute' | 'file-is-folder' | 'folder-gone' | 'file-unwritable'
>;
/**
 * Whether a file of the user's can be written there, and with `replace` in the place of one that is there. Nothing is
 * written.
 */
export async function checkPlace(file: string, replace: boolean): Promise<Result<void, WriteFailure>> {
  if (!isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
  const folder = dirname(file);
  try {
    if (!(await stat(folder)).isDirectory()) return fail(failure('folder-gone', { file }));
  } catch (error) {
    if (isNoSuchPlace(error)) return fail(failure('folder-gone', { file }));
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
  try {
    await access(folder, constants.W_OK);
    const there = await stat(file);
    if (there.isDirectory()) return fail(failure('file-is-folder', { file }));
    if (!there.isFile())
      return fail(failure('file-unwritable', { file, reason: 'It is not an ordinary file' }));
    return replace ? done : fail(failure('file-exists', { file }));
  } catch (error) {
    if (isNoSuchPlace(error)) return done;
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
}
