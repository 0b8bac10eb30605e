import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Failure } from '../../shared/domain/failure.ts';
import { keyIdSchema } from '../../shared/domain/ids.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import { writeDurably } from '../storage/durable-file.ts';
import { moveAside } from '../storage/set-aside.ts';
import { isAbsent, storageFailed } from '../storage/storage-failure.ts';
import { parseObject } from '../storage/store-like.ts';
import type { KeptEvent } from './calendar-events.ts';

/** What is known of a calendar's events beside what its file says. */
export interface CalendarMemory {
  /** The events in the calendar. */
  readonly events: readonly KeptEvent[];
  /** Events of keys that are gone, and may come back: their numbers are never given out again. */
  readonly gone: readonly KeptEvent[];
  /** The file that was written last, and when; null where none was. */
  readonly written: WrittenFile | null;
}

/** A calendar file as it was written. `at`: milliseconds since 1970. */
export interface WrittenFile {
  readonly file: string;
  readonly at: number;
}

/** Longer than a key is likely to be away that comes back. */
const keptForMs = 800 * 86_400_000;

const eventSchema = z.object({
  uid: z.string(),
  key: keyIdSchema,
  day: z.number().int(),
  firstWeek: z.number().int().default(1),
  name: z.string(),
  provider: z.string(),
  sequence: z.number().int(),
  changedAt: z.number().int(),
});
const fileSchema = z.object({
  version: z.literal(1),
  events: z.array(eventSchema),
  gone: z.array(eventSchema),
  written: z.object({ file: z.string(), at: z.number().int() }).nullable().default(null),
});

/** What is remembered once `events` are the ones in the calendar. */
export function remembering(
  before: CalendarMemory,
  events: readonly KeptEvent[],
  now: number,
): CalendarMemory {
  const uids = new Set(events.map(({ uid }) => uid));
  const gone = [...before.gone, ...before.events].filter(
    ({ uid, changedAt }) => !uids.has(uid) && now - changedAt < keptForMs,
  );
  return { ...before, events, gone };
}

/** Reads the memory. One that is damaged is set aside and begun anew: calendars may then take a change for an old one. */
export async function readCalendarMemory(file: string, now: number): Promise<CalendarMemory> {
  try {
    return fileSchema.parse(parseObject(await readFile(file, 'utf8')));
  } catch (error) {
    // Where even that fails the next write takes the damaged file's place.
    if (!isAbsent(error)) await moveAside(file, now).catch(() => undefined);
    return { events: [], gone: [], written: null };
  }
}

/** On disk when it answers. */
export async function writeCalendarMemory(
  file: string,
  memory: CalendarMemory,
): Promise<Result<void, Failure<'storage-failed'>>> {
  try {
    await writeDurably(file, JSON.stringify({ version: 1, ...memory }), 0o600);
    return done;
  } catch (error) {
    return fail(storageFailed(file, error));
  }
}
