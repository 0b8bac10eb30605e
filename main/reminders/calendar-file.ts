import { readFile, realpath, stat } from 'node:fs/promises';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { CalendarFile } from '../../shared/ipc/reminders.contract.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { checkPlace, type WriteFailure } from '../storage/check-place.ts';
import { writeDurably } from '../storage/durable-file.ts';
import { codeOf, isAbsent } from '../storage/storage-failure.ts';
import { createLine } from '../turns.ts';
import { type CalendarKey, type KeptEvent, nextEvents } from './calendar-events.ts';
import {
  type CalendarMemory,
  readCalendarMemory,
  remembering,
  writeCalendarMemory,
} from './calendar-memory.ts';
import { calendarText, isOurCalendar } from './calendar-text.ts';

/** What of an open vault belongs in the calendar. */
export interface CalendarSource {
  readonly keys: readonly CalendarKey[];
  /** How many keys have no day, because they are never due. */
  readonly neverDue: number;
  replaces(id: KeyId): KeyId | null;
}

export interface CalendarFileOptions {
  /** The file in the data folder that remembers the events. */
  readonly memoryFile: string;
  readonly now: () => number;
  /** Which file the user wants to be kept, as the settings have it. */
  readonly wanted: {
    get(): string | null;
    set(file: string | null): Promise<Result<unknown, Failure<'storage-failed'>>>;
  };
  /** null while the vault is locked: the file stays as it is then. */
  readonly source: () => CalendarSource | null;
  readonly changed: (state: CalendarFile) => void;
}

type KeepFailure = WriteFailure | Failure<'vault-closed' | 'file-not-ics' | 'storage-failed'>;

/** The calendar file that is kept up to date. */
export interface CalendarFileKeeper {
  get(): Promise<CalendarFile>;
  /**
   * Writes the file and keeps it from now on. One that is there and not ours is refused, as is one of another name than
   * `*.ics`, which calendars would not read, and nothing is changed.
   */
  keep(file: string): Promise<Result<CalendarFile, KeepFailure>>;
  /** Keeps it no longer; the file stays where it is. */
  leave(): Promise<Result<CalendarFile, Failure<'storage-failed'>>>;
  /**
   * Brings the file up to date where there is one; cheap where it is. What fails is told by `get`, and not tried again
   * before the next call.
   */
  update(): Promise<void>;
  /** Whether the last update failed; cheap. */
  hasFailed(): boolean;
}

/** What a calendar file was when it was last seen to be as it should be; any write changes it. */
interface Seen {
  readonly file: string;
  readonly stamp: string;
}

/**
 * [Note: the calendar's order]
 * The memory is on disk before the file. So a sequence number that a calendar may have seen is never given out for
 * another state of the event, and a file that was not written yet is written from the same memory the next time.
 */
export function createCalendarFile(options: CalendarFileOptions): CalendarFileKeeper {
  const { memoryFile, now, wanted } = options;
  const inLine = createLine();
  let memory: CalendarMemory | null = null;
  let seen: Seen | null = null;
  let failed: Failure | null = null;
  let neverDue: number | null = null;

  const remembered = async (): Promise<CalendarMemory> => {
    memory ??= await readCalendarMemory(memoryFile, now());
    return memory;
  };

  async function state(): Promise<CalendarFile> {
    const file = wanted.get();
    if (file === null) return { file, events: 0, neverDue: 0, writtenAt: null, failed: null };
    const { events, written } = await remembered();
    neverDue ??= options.source()?.neverDue ?? null;
    // A memory of an older version knows no time; the file has one while nothing is the matter with it.
    const ofFile = failed === null ? await changedAt(file) : null;
    const writtenAt = written?.file === file ? written.at : ofFile;
    return { file, events: events.length, neverDue: neverDue ?? 0, writtenAt, failed };
  }

  /** Brings the memory and then the file to what the keys say. */
  async function write(file: string, source: CalendarSource): Promise<Result<void, KeepFailure>> {
    neverDue = source.neverDue;
    const before = await remembered();
    const known = [...before.gone, ...before.events];
    const events = nextEvents(source.keys, known, (id) => source.replaces(id), now());
    const isSame = isSameList(events, before.events);
    if (isSame && seen?.file === file && seen.stamp === (await stampOf(file))) return done;
    seen = null;
    if (!isSame) {
      const next = remembering(before, events, now());
      const kept = await writeCalendarMemory(memoryFile, next);
      if (!kept.ok) return kept;
      memory = next;
    }
    const written = await replaceOurs(file, await calendarText(events));
    if (!written.ok) return written;
    seen = { file, stamp: await stampOf(file) };
    if (written.value === 'as-it-was' && memory?.written?.file === file) return done;
    const at = written.value === 'written' ? now() : ((await changedAt(file)) ?? now());
    memory = { ...(await remembered()), written: { file, at } };
    // Where this cannot be remembered, the time is known until the app ends, and the file is as it should be.
    await writeCalendarMemory(memoryFile, memory);
    return done;
  }

  /** From now on this file is the one, or none is. */
  async function want(file: string | null): Promise<Result<CalendarFile, Failure<'storage-failed'>>> {
    const set = await wanted.set(file);
    if (!set.ok) return set;
    failed = null;
    const next = await state();
    options.changed(next);
    return ok(next);
  }

  return {
    get: () => inLine(state),
    keep: (file) =>
      inLine(async () => {
        const source = options.source();
        if (source === null) return fail(failure('vault-closed'));
        if (file !== wanted.get() && !/\.ics$/i.test(file)) return fail(await wrongName(file));
        const written = await write(file, source);
        return written.ok ? want(file) : written;
      }),
    leave: () => inLine(() => want(null)),
    update: () =>
      inLine(async () => {
        const file = wanted.get();
        const source = options.source();
        if (file === null || source === null) return;
        const before = await state();
        const written = await write(file, source);
        failed = written.ok ? null : written.error;
        const next = await state();
        if (JSON.stringify(next) !== JSON.stringify(before)) options.changed(next);
      }),
    hasFailed: () => failed !== null && wanted.get() !== null,
  };
}

const isSameList = (a: readonly KeptEvent[], b: readonly KeptEvent[]): boolean =>
  a.length === b.length && a.every((event, index) => event === b[index]);

/** What is the matter with a file that has not the name of a calendar; that it is a folder says more. */
async function wrongName(file: string): Promise<WriteFailure | Failure<'file-not-ics'>> {
  const place = await checkPlace(file, true);
  return place.ok ? failure('file-not-ics', { file }) : place.error;
}

/** Writes the text, whole or not at all, readable by its owner only, unless a file is there that is not ours. */
async function replaceOurs(
  file: string,
  text: string,
): Promise<Result<'written' | 'as-it-was', WriteFailure>> {
  const place = await checkPlace(file, true);
  if (!place.ok) return place;
  try {
    const there = await readFile(file, 'utf8').catch(absentAsNull);
    if (there === text) return ok('as-it-was');
    if (there !== null && there !== '' && !isOurCalendar(there))
      return fail(failure('file-exists', { file }));
    // A link stays one: what it points to is replaced.
    await writeDurably(await realpath(file).catch(() => file), text, 0o600);
    return ok('written');
  } catch (error) {
    return fail(failure('file-unwritable', { file, reason: codeOf(error) ?? String(error) }));
  }
}

function absentAsNull(error: unknown): null {
  if (isAbsent(error)) return null;
  throw error;
}

async function changedAt(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found === null ? null : Math.floor(found.mtimeMs);
}

/** Differs for any two states of a file; of one that is not there it says that. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found === null ? 'gone' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}
