import path from 'node:path';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FileSystem } from './file-system.ts';
import { errnoOf, reasonOf } from './fs-failure.ts';

/** Where a file really is, with every link on the way followed; and whether something is there. */
export interface Place {
  /** The path as the user gave it, for words. */
  readonly file: string;
  readonly real: string;
  readonly exists: boolean;
}

const MAX_LINKS = 40;

/**
 * Follows the links of an absolute path. A file that is not there is a place in its folder, also at the end of a
 * link that points nowhere yet. Only "no such file" counts as not there; any other error is `file-unreadable`.
 */
export async function locate(fs: FileSystem, file: string): Promise<Result<Place, EnvFileFailure>> {
  if (!path.isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
  try {
    return await follow(fs, file, path.normalize(file), MAX_LINKS);
  } catch (error) {
    if (isNotThere(error)) return fail(failure('folder-gone', { file }));
    // Nothing of the file itself was opened yet: where we may not look is a folder.
    const where = errnoOf(error) === 'EACCES' ? 'Its folder: ' : '';
    return fail(failure('file-unreadable', { file, reason: where + reasonOf(error) }));
  }
}

async function follow(
  fs: FileSystem,
  file: string,
  at: string,
  linksLeft: number,
): Promise<Result<Place, EnvFileFailure>> {
  const folder = await realFolder(fs, at);
  if (folder === null) {
    const isLink = linksLeft < MAX_LINKS;
    return fail(failure('folder-gone', isLink ? { file, leadsTo: at } : { file }));
  }
  const real = path.basename(at) === '' ? folder : path.join(folder, path.basename(at));
  const kind = await kindOf(fs, real);
  if (kind === 'folder') return fail(failure('file-is-folder', { file }));
  if (kind === 'pipe' || kind === 'socket' || kind === 'device')
    return fail(failure('file-unreadable', { file, reason: `It is a ${kind}, not a file` }));
  if (kind !== 'link') return ok({ file, real, exists: kind === 'file' });
  if (linksLeft === 0)
    return fail(failure('file-unreadable', { file, reason: 'Its links lead in a circle' }));
  return follow(fs, file, path.resolve(folder, await fs.readlink(real)), linksLeft - 1);
}

/** Where the folder of a path really is; null where it is missing, unlike a missing file. */
async function realFolder(fs: FileSystem, at: string): Promise<string | null> {
  try {
    return await fs.realpath(path.dirname(at));
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

const isNotThere = (error: unknown): boolean => errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';

type Kind = 'missing' | 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device';

async function kindOf(fs: FileSystem, real: string): Promise<Kind> {
  try {
    const stat = await fs.lstat(real);
    if (stat.isSymbolicLink()) return 'link';
    if (stat.isDirectory()) return 'folder';
    if (stat.isFIFO()) return 'pipe';
    if (stat.isSocket()) return 'socket';
    return stat.isFile() ? 'file' : 'device';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'missing';
    throw error;
  }
}
