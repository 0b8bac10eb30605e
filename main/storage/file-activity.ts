import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActivityEntry, activityEntrySchema } from '../../shared/domain/activity.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import type { Activity } from './activity.ts';
import { fileNumbers, parseSegment, type Segment, segmentName, startOfSegment } from './activity-segment.ts';
import { appendDurably, readOrEmpty } from './append-file.ts';
import { writeDurably } from './durable-file.ts';
import { readabilityOf } from './readable.ts';
import { moveAside, setAside } from './set-aside.ts';
import { storageFailed } from './storage-failure.ts';

const linesAtOnce = 200;

/** The activity in files. */
export interface FileActivity extends Activity {
  /** Adds entries of whatever time, as durable as one when it answers; those before a failure stay added. */
  addAll(entries: readonly ActivityEntry[]): Promise<Result<void, Failure<'storage-failed'>>>;
}

/**
 * Opens the activity in the folder: files of at most `maxBytes`, of which the newest `keep` stay. A page reads as
 * many files as it has entries for, `ofKey` at most all of them, so both are bounded however long the app is used.
 * A page is never cut between two entries of the same instant, so it may be longer than its limit. A file that cannot be
 * opened as one is set aside at once, one with lines that cannot be read when it is read: it goes on without them.
 */
export async function openActivity({
  folder,
  maxBytes = 262_144,
  keep = 40,
  now = Date.now,
}: {
  readonly folder: string;
  readonly maxBytes?: number;
  readonly keep?: number;
  readonly now?: () => number;
}): Promise<Result<FileActivity, Failure<'storage-failed'>>> {
  const inLine = createLine();
  const fileOf = (number: number): string => join(folder, segmentName(number));
  /** The earliest instant in each file that has been read and is no longer written to. */
  const earliest = new Map<number, number>();
  const load = async (number: number): Promise<Segment> => {
    const segment = parseSegment((await readOrEmpty(fileOf(number))).toString('utf8'));
    if (number === newestOf(numbers)) return segment;
    if (segment.damage !== null) await inLine(() => repair(number));
    earliest.set(
      number,
      segment.entries.reduce((min, { at }) => Math.min(min, at), Infinity),
    );
    return segment;
  };

  /** Sets the file aside as it is and keeps the lines that can be read; answers what it holds from then on. */
  const repair = async (number: number): Promise<Segment> => {
    const name = segmentName(number);
    const bytes = await readOrEmpty(fileOf(number));
    const segment = parseSegment(bytes.toString('utf8'));
    if (segment.damage === null || !numbers.includes(number)) return segment;
    await setAside(folder, name, bytes, segment.damage, now());
    const text = segment.sound === '' ? startOfSegment(null) : segment.sound;
    await writeDurably(fileOf(number), text, 0o600);
    return parseSegment(text);
  };

  const moveShut = async (): Promise<number[]> => {
    const usable: number[] = [];
    for (const number of fileNumbers(await readdir(folder))) {
      if ((await readabilityOf(fileOf(number))) === 'shut') await moveAside(fileOf(number), now());
      else usable.push(number);
    }
    return usable;
  };

  let numbers: number[] = [];
  let size: number;
  let newestAt: number | null;
  let needsNewLine: boolean;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    numbers = await moveShut();
    const isNew = numbers.length === 0;
    if (isNew) numbers = [1];
    const newest = isNew ? parseSegment(startOfSegment(null)) : await repair(newestOf(numbers));
    size = isNew ? 0 : (await stat(fileOf(newestOf(numbers)))).size;
    newestAt = latest(newest.entries, newest.earlierUntil);
    needsNewLine = newest.open;
  } catch (error) {
    return fail(storageFailed(folder, error));
  }

  const add = async (line: string, at: number): Promise<Result<void, Failure<'storage-failed'>>> => {
    const newest = newestOf(numbers);
    const isFull = size + Buffer.byteLength(line) > maxBytes && size > 0;
    const number = isFull ? newest + 1 : newest;
    try {
      if (isFull || size === 0) {
        const text = startOfSegment(newestAt) + line;
        await writeDurably(fileOf(number), text, 0o600);
        size = Buffer.byteLength(text);
      } else {
        size = await appendDurably(fileOf(number), (needsNewLine ? '\n' : '') + line);
      }
    } catch (error) {
      return fail(storageFailed(fileOf(number), error));
    }
    needsNewLine = false;
    newestAt = Math.max(newestAt ?? at, at);
    if (isFull) {
      const dropped = [...numbers, number].slice(0, -keep);
      numbers = [...numbers, number].slice(-keep);
      // The entry is safe; an old file that stays is dropped when the app starts the next one.
      await Promise.all(dropped.map((each) => rm(fileOf(each), { force: true }).catch(() => undefined)));
    }
    return done;
  };

  /** Many lines at once, so that a thousand cost no more syncs than a few. */
  const addAll = async (
    entries: readonly ActivityEntry[],
  ): Promise<Result<void, Failure<'storage-failed'>>> => {
    for (let index = 0; index < entries.length; index += linesAtOnce) {
      const some = entries.slice(index, index + linesAtOnce);
      const added = await add(some.map(lineOf).join(''), Math.max(...some.map(({ at }) => at)));
      if (!added.ok) return added;
    }
    return done;
  };

  return ok({
    add: (entry) => inLine(() => add(lineOf(entry), entry.at)),
    addAll: (entries) => inLine(() => addAll(entries)),

    page: async (before, limit) => {
      const found: ActivityEntry[] = [];
      for (const number of [...numbers].reverse()) {
        if (before !== null && (earliest.get(number) ?? -Infinity) >= before) continue;
        const segment = await load(number);
        found.push(...segment.entries.filter((entry) => before === null || entry.at < before).reverse());
        // Entries of one instant keep their order; the clock may have been set back between others.
        found.sort((a, b) => b.at - a.at);
        const last = found[limit - 1];
        const hasEarlier = number !== numbers[0];
        if (last === undefined || !hasEarlier || last.at <= (segment.earlierUntil ?? Infinity)) continue;
        return { entries: found.filter((entry) => entry.at >= last.at), more: true };
      }
      const last = found[limit - 1];
      const entries = last === undefined ? found : found.filter((entry) => entry.at >= last.at);
      return { entries, more: entries.length < found.length };
    },

    ofKey: async (id, limit) => {
      const found: ActivityEntry[] = [];
      for (const number of [...numbers].reverse()) {
        const bytes = await readOrEmpty(fileOf(number));
        // Most files say nothing of the key; they are not even parsed.
        if (!bytes.includes(id)) continue;
        const lines = bytes
          .toString('utf8')
          .split('\n')
          .filter((line) => line.includes(id));
        found.push(
          ...parseSegment(`${lines.join('\n')}\n`)
            .entries.filter((entry) => entry.keyId === id)
            .reverse(),
        );
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
  });
}

function newestOf(numbers: readonly number[]): number {
  return numbers.at(-1) ?? 1;
}

function latest(entries: readonly ActivityEntry[], earlierUntil: number | null): number | null {
  return entries.reduce<number | null>((max, { at }) => (max === null || at > max ? at : max), earlierUntil);
}

function lineOf(entry: ActivityEntry): string {
  return `${JSON.stringify(activityEntrySchema.parse(entry))}\n`;
}
