import fs from 'node:fs/promises';
import path from 'node:path';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { dominantEol } from '../env-files/document.ts';
import { realFileSystem } from '../env-files/file-system.ts';
import { reasonOf } from '../env-files/fs-failure.ts';
import { locate, type Place } from '../env-files/locate.ts';
import { overwriteFile } from '../env-files/overwrite-file.ts';
import { writeWay } from '../env-files/permission.ts';
import { replaceFile } from '../env-files/replace-file.ts';
import { isUnchanged, type Snapshot, takeSnapshot } from '../env-files/snapshot.ts';

/** A line that was added, and how it is taken back. */
export interface Addition {
  /** Puts the file back as it was, unless someone has changed it since. */
  undo(): Promise<void>;
}

/** As other programs make it: there is no secret in it. */
const modeOfNew = 0o644;

/**
 * Adds a line at the end of a `.gitignore`; every byte that was there stays. It is written as `.env` files are, and made
 * where there is none. Git does not follow a `.gitignore` that is a link, so that one is refused.
 */
export async function addLine(file: string, line: string): Promise<Result<Addition, EnvFileFailure>> {
  const located = await locate(realFileSystem, file);
  if (!located.ok) return located;
  const place = located.value;
  if (path.basename(place.real) !== path.basename(file) || (await isLink(file)))
    return fail(failure('file-unwritable', { file, reason: 'It is a link, and Git does not follow it' }));
  const before = await takeSnapshot(realFileSystem, place);
  if (!before.ok) return before;
  const written = await put(place, before.value, withLine(before.value.bytes, line));
  if (!written.ok) return written;
  const placeNow = { ...place, exists: true };
  const after = await takeSnapshot(realFileSystem, placeNow);
  if (!after.ok) return after;
  return ok({
    async undo() {
      if (before.value.stat !== null) await put(placeNow, after.value, before.value.bytes);
      else if (await isUnchanged(realFileSystem, placeNow, after.value)) await fs.unlink(place.real);
    },
  });
}

/** The bytes with the line after them, on a line of its own and ended as most others are. */
function withLine(bytes: Uint8Array, line: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const eol = dominantEol(text);
  const isOpen = text !== '' && text !== utf8Mark && !text.endsWith('\n');
  return Buffer.concat([bytes, Buffer.from(`${isOpen ? eol : ''}${line}${eol}`)]);
}

/** The byte order mark of UTF-8, read byte by byte. */
const utf8Mark = '\u00EF\u00BB\u00BF';

async function put(place: Place, before: Snapshot, bytes: Uint8Array): Promise<Result<void, EnvFileFailure>> {
  const { file } = place;
  const way = await writeWay(realFileSystem, place, before);
  if (!way.ok) return way;
  try {
    const replacement =
      way.value === 'replace'
        ? await replaceFile(realFileSystem, place, before, bytes, modeOfNew)
        : 'impossible';
    // A line that was cut short while it was added harms none of those before it: no record of them is needed.
    const outcome =
      replacement === 'impossible'
        ? await overwriteFile(realFileSystem, place, before, bytes, { journal: null, now: Date.now })
        : replacement;
    if (outcome === 'changed') return fail(failure('file-changed', { file }));
    return done;
  } catch (error) {
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
}

const isLink = async (file: string) =>
  fs.lstat(file).then(
    (stat) => stat.isSymbolicLink(),
    () => false,
  );
