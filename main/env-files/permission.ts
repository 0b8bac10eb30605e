import { constants } from 'node:fs';
import path from 'node:path';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FileSystem } from './file-system.ts';
import { reasonOf } from './fs-failure.ts';
import type { Place } from './locate.ts';
import type { Snapshot } from './snapshot.ts';

/** `replace`: a new file takes the old one's place in one step. `in-place`: the file itself is written into. */
export type WriteWay = 'replace' | 'in-place';

const ANY_WRITE_BIT = 0o222;

/**
 * Whether a file may be written, and how. A file or a folder whose permissions let nobody write is read-only also
 * for root, whom the system would let through: someone marked it so. Written in place is what a replacement
 * would change into something else: a file with several hard links, and one in a folder that takes no new file.
 */
export async function writeWay(
  fs: FileSystem,
  place: Place,
  before: Snapshot,
): Promise<Result<WriteWay, EnvFileFailure>> {
  const refuse = (reason: string) => fail(failure('file-unwritable', { file: place.file, reason }));
  const [folderRefusal, fileRefusal] = await Promise.all([
    fs
      .stat(path.dirname(place.real))
      .then(({ mode }) => refusalOf(fs, path.dirname(place.real), mode, FOLDER_WRITE), reasonOf),
    before.stat === null ? undefined : refusalOf(fs, place.real, Number(before.stat.mode), constants.W_OK),
  ]);
  if (before.stat === null)
    return folderRefusal === undefined ? ok('replace') : refuse(`Its folder: ${folderRefusal}`);
  if (fileRefusal !== undefined) return refuse(fileRefusal);
  return ok(folderRefusal === undefined && before.stat.nlink === 1n ? 'replace' : 'in-place');
}

const FOLDER_WRITE = constants.W_OK | constants.X_OK;

async function refusalOf(
  fs: FileSystem,
  target: string,
  mode: number,
  access: number,
): Promise<string | undefined> {
  if ((mode & ANY_WRITE_BIT) === 0) return 'It is marked read-only';
  return fs.access(target, access).then(() => undefined, reasonOf);
}
