import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActivityEntry, activityEntrySchema } from '../../shared/domain/activity.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import type { Activity } from './activity.ts';
import { fileNumbers, parseSegment, type Segment, segmentName, startOfSegment } from './activity-segment.ts';
import { appendDurably, readOrEmpty } from './append-file.ts';
import { storageFailed } from './storage-failure.ts';

/**
 * Opens the activity in the folder: files of at most `maxBytes`, of which the newest `keep` stay. A page reads as
 * many files as it has entries for, `ofKey` at most all of them, so both are bounded however long the app is used.
 * A page is never cut between two entries of the same instant, so it may be longer than its limit.
 */
export async function openActivity({
  folder,
  maxBytes = 262_144,
  keep = 40,
}: {
  readonly folder: string;
  readonly maxBytes?: number;
  readonly keep?: number;
}): Promise<Result<Activity, Failure<'storage-failed'>>> {
  const inLine = createLine();
  const fileOf = (number: number): string => join(folder, segmentName(number));
  /** The earliest instant in each file that has been read and is no longer written to. */
  const earliest = new Map<number, number>();
  const load = async (number: number): Promise<Segment> => {
    const segment = parseSegment((await readOrEmpty(fileOf(number))).toString('utf8'));
    if (number !== newestOf(numbers)) {
      earliest.set(
        number,
        segment.entries.reduce((min, { at }) => Math.min(min, at), Infinity),
      );
    }
    return segment;
  };

  let numbers: number[];
  let size: number;
  let newestAt: number | null;
  let needsNewLine: boolean;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    numbers = fileNumbers(await readdir(folder));
    if (numbers.length === 0) numbers = [1];
    const bytes = await readOrEmpty(fileOf(newestOf(numbers)));
    const newest = parseSegment(bytes.toString('utf8'));
    size = bytes.length;
    newestAt = latest(newest.entries, newest.earlierUntil);
    needsNewLine = newest.open;
  } catch (error) {
    return fail(storageFailed(folder, error));
  }

  const add = async (entry: ActivityEntry): Promise<Result<void, Failure<'storage-failed'>>> => {
    const line = `${JSON.stringify(activityEntrySchema.parse(entry))}\n`;
    const newest = newestOf(numbers);
    const isFull = size + Buffer.byteLength(line) > maxBytes && size > 0;
    const number = isFull ? newest + 1 : newest;
    const before = startOf(isFull || size === 0, newestAt, needsNewLine);
    try {
      size = await appendDurably(fileOf(number), before + line);
    } catch (error) {
      return fail(storageFailed(fileOf(number), error));
    }
    needsNewLine = false;
    newestAt = Math.max(newestAt ?? entry.at, entry.at);
    if (isFull) {
      const dropped = [...numbers, number].slice(0, -keep);
      numbers = [...numbers, number].slice(-keep);
      // The entry is safe; an old file that stays is dropped when the app starts the next one.
      await Promise.all(dropped.map((each) => rm(fileOf(each), { force: true }).catch(() => undefined)));
    }
    return done;
  };

  return ok({
    add: (entry) => inLine(() => add(entry)),

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

function startOf(isNewFile: boolean, newestAt: number | null, needsNewLine: boolean): string {
  if (isNewFile) return startOfSegment(newestAt);
  return needsNewLine ? '\n' : '';
}
