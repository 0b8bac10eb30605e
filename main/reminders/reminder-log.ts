import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import { type KeyId, keyIdSchema } from '../../shared/domain/ids.ts';
import { type Notice, noticeSchema } from '../../shared/domain/notice.ts';
import { type DueDay, leadDays, type Told } from '../../shared/domain/reminder.ts';
import { done, fail, type Result } from '../../shared/result.ts';
import { writeDurably } from '../storage/durable-file.ts';
import { moveAside } from '../storage/set-aside.ts';
import { isAbsent, storageFailed } from '../storage/storage-failure.ts';
import { parseObject } from '../storage/store-like.ts';
import { createLine } from '../turns.ts';

/** When a key is due and how long it is snoozed, kept so that keys are announced while the vault is locked too. */
export interface Planned {
  readonly due: DueDay;
  readonly snoozedUntil: Day | null;
}

/** A key as it was at the last look. `planned`: null for one that was not among the keys any more. */
export interface RememberedKey {
  readonly planned: Planned | null;
  readonly told: Told;
}

/** What the reminders remember. */
export interface Remembered {
  readonly keys: ReadonlyMap<KeyId, RememberedKey>;
  /** The newest last. */
  readonly notices: readonly Notice[];
}

/** The memory of the reminders, on disk. */
export interface ReminderLog {
  get(): Remembered;
  /** On disk when it answers; until then `get` answers what was. */
  set(next: Remembered): Promise<Result<void, Failure<'storage-failed'>>>;
}

/** How many notices are kept for the list. */
export const keptNotices = 200;

const day = z.number().int();
const keySchema = z.object({
  planned: z.object({ due: z.object({ day, utcDay: day }), snoozedUntil: day.nullable() }).nullable(),
  told: z.object({
    leads: z.array(z.object({ due: day, lead: z.literal(leadDays), on: day })),
    last: day.nullable(),
    snooze: day.nullable(),
  }),
});
const fileSchema = z.object({
  version: z.literal(1),
  keys: z.array(z.tuple([keyIdSchema, keySchema])),
  notices: z.array(noticeSchema),
});

const nothing: Remembered = { keys: new Map(), notices: [] };

/**
 * Opens the memory in a file. It names keys by their ids only and is not authenticated: whoever changes it can silence a
 * reminder or repeat one. A damaged file, or one that cannot be read, is set aside and begun anew, so that a notice may come twice rather than never.
 */
export async function openReminderLog(file: string, now: () => number): Promise<ReminderLog> {
  const inLine = createLine();
  const found = await readRemembered(file);
  // Where even that fails the next write takes the damaged file's place.
  if (found === 'damaged') await moveAside(file, now()).catch(() => undefined);
  let remembered = found === 'damaged' ? nothing : found;
  return {
    get: () => remembered,
    set: (next) =>
      inLine(async () => {
        const kept = { ...next, notices: next.notices.slice(-keptNotices) };
        const content = { version: 1, ...kept, keys: [...kept.keys] };
        try {
          await writeDurably(file, JSON.stringify(content), 0o600);
        } catch (error) {
          return fail(storageFailed(file, error));
        }
        remembered = kept;
        return done;
      }),
  };
}

async function readRemembered(file: string): Promise<Remembered | 'damaged'> {
  try {
    const { keys, notices } = fileSchema.parse(parseObject(await readFile(file, 'utf8')));
    return { keys: new Map(keys), notices };
  } catch (error) {
    return isAbsent(error) ? nothing : 'damaged';
  }
}
