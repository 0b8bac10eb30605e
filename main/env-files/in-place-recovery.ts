import { constants } from 'node:fs';
import { type FileSystem, realFileSystem } from './file-system.ts';
import { errnoOf, reasonOf } from './fs-failure.ts';
import type { InPlaceEdit, InPlaceJournal } from './in-place-journal.ts';
import { isMixture } from './in-place-mixture.ts';
import { putBack } from './overwrite-file.ts';
import { isUnchanged, takeSnapshot } from './snapshot.ts';

/**
 * What came of an edit in place that was cut short. `whole`: the file is as it was before, or as it was to be.
 * `put-back`: it was torn, and is now as it was before. `left-alone`: someone else has changed it since. `kept`: it
 * could not be dealt with now, for the reason; the record stays for the next time.
 */
export interface Recovered {
  readonly file: string;
  readonly outcome: 'whole' | 'put-back' | 'left-alone' | 'kept';
  /** Empty unless `kept`. */
  readonly reason: string;
}

/** What came of all of them. `unreadable`: the records that could not be read, or why none could be. */
export interface Recovery {
  readonly recovered: readonly Recovered[];
  readonly unreadable: readonly string[];
}

const DAY_MS = 86_400_000;
/** A file that is not there may be on a disk that is not plugged in; after this long nobody waits for it. */
const KEPT_DAYS = 30;
/** An edit takes milliseconds: what was written this much later was written by someone else. */
const EDIT_MS = 120_000;

/**
 * Brings every edit in place that was cut short to an end. The old bytes are put back only where the file is provably
 * what our own writing left: the same file (inode), not written to since, and in every block a mixture of our two
 * texts. Whatever else it is belongs to someone, and is left as it is. Can be cut short itself, and be done again.
 * See [Note: an edit in place can be taken back]. Never throws. Files may
 * be written meanwhile: a write takes back what was cut short in its own file first.
 */
export async function recoverInPlace(
  journal: InPlaceJournal,
  options: { readonly fs?: FileSystem; readonly now?: () => number } = {},
): Promise<Recovery> {
  const { fs = realFileSystem, now = Date.now } = options;
  try {
    const { edits, unreadable } = await journal.all();
    const recovered: Recovered[] = [];
    for (const { real } of edits) {
      await journal.alone(real, async () => {
        // A write of this file may have dealt with it meanwhile.
        const edit = await journal.of(real);
        if (edit !== null) recovered.push(await recoverEdit(fs, journal, edit, now()));
      });
    }
    return { recovered, unreadable };
  } catch (error) {
    return { recovered: [], unreadable: [reasonOf(error)] };
  }
}

/** The same for one edit. To be called in the file's turn. */
export async function recoverEdit(
  fs: FileSystem,
  journal: InPlaceJournal,
  edit: InPlaceEdit,
  now: number,
): Promise<Recovered> {
  const { real } = edit;
  try {
    const outcome = await bringToEnd(fs, journal, edit, now);
    await journal.clear(real);
    return { file: real, outcome, reason: '' };
  } catch (error) {
    const isGone = errnoOf(error) === 'ENOENT';
    if (isGone && now - edit.at > KEPT_DAYS * DAY_MS) await journal.clear(real).catch(() => undefined);
    return { file: real, outcome: 'kept', reason: isGone ? 'It is not there' : reasonOf(error) };
  }
}

async function bringToEnd(
  fs: FileSystem,
  journal: InPlaceJournal,
  edit: InPlaceEdit,
  now: number,
): Promise<Exclude<Recovered['outcome'], 'kept'>> {
  const { real, before, after } = edit;
  const place = { file: real, real, exists: true };
  const found = await takeSnapshot(fs, place);
  if (!found.ok || found.value.stat === null) {
    // Asked once more, for the system's own answer: a file that can't be read now may be readable next time.
    await fs.access(real, constants.R_OK);
    return 'left-alone';
  }
  const { bytes, stat } = found.value;
  if (isSame(bytes, before) || isSame(bytes, after)) return 'whole';
  const isOurs = stat.ino === edit.ino && Number(stat.mtimeNs / 1_000_000n) <= edit.at + EDIT_MS;
  if (!isOurs || !isMixture(bytes, before, after)) return 'left-alone';
  // The old bytes get a new time by being put back: should that be cut short too, it is ours all the same.
  await journal.keep({ ...edit, at: now });
  const handle = await fs.open(real, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    if (!(await isUnchanged(fs, place, found.value))) return 'left-alone';
    await putBack(handle, before);
  } finally {
    await handle.close();
  }
  return 'put-back';
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
