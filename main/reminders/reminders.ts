import type { Calendar, Day } from '../../shared/domain/calendar.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import { judge, nothingTold, withoutOld } from '../../shared/domain/reminder.ts';
import type { QuietHours } from '../../shared/domain/settings.ts';
import { done, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import { type NoticeWords, noticeWords } from './notice-words.ts';
import { isQuiet } from './quiet-hours.ts';
import { rememberedInTurn } from './remembered-in-turn.ts';
import type { Planned, Remembered, RememberedKey, ReminderLog } from './reminder-log.ts';

/** One key as the reminders see it. */
export interface RemindedKey extends Planned {
  readonly id: KeyId;
  readonly name: string;
}

export interface RemindersOptions {
  readonly now: () => number;
  /** The calendar of the zone that the machine is in at this moment. */
  readonly calendar: () => Calendar;
  /** Every key that has a due day and nothing under way; null while the vault is locked. */
  readonly keys: () => Iterable<RemindedKey> | null;
  /** Says of a key whether it is still to be rotated, and soon; null while the vault is locked. */
  readonly isOpen: () => ((id: KeyId) => boolean) | null;
  readonly log: ReminderLog;
  readonly settings: () => { readonly notifications: boolean; readonly quietHours: QuietHours | null };
  /** Hands a notice to the desktop; `keys` are the ones that it is about. */
  readonly show: (words: NoticeWords, keys: readonly KeyId[]) => void;
  /** The list of notices has changed. */
  readonly changed: (notices: readonly Notice[]) => void;
}

/** What is due, announced. */
export interface Reminders {
  /**
   * Looks at every key and announces what is to be announced now: on disk and in the list before it is shown, so that
   * nothing is announced twice whatever ends the process, and nothing that was not shown is lost. Many at once are one.
   */
  look(): Promise<Result<void, Failure<'storage-failed'>>>;
  /** The newest first. */
  notices(): readonly Notice[];
  /** The user has looked at the list. */
  see(): Promise<Result<void, Failure<'storage-failed'>>>;
}

/** The reminders over their memory. */
export function createReminders(options: RemindersOptions): Reminders {
  const { now, log, settings } = options;
  const inLine = createLine();

  async function look(): Promise<Result<void, Failure<'storage-failed'>>> {
    const calendar = options.calendar();
    const today = calendar.dayOf(now());
    const looked = withoutSettled(lookAt(log.get(), options.keys, today, now()), options.isOpen);
    const { notifications, quietHours } = settings();
    const waiting = looked.next.notices.filter(({ shown }) => !shown);
    const isToShow = waiting.length > 0 && !isQuiet(quietHours, calendar.minuteOf(now()));
    const next = isToShow ? { ...looked.next, notices: looked.next.notices.map(asShown) } : looked.next;
    if (looked.isNew || isToShow) {
      const kept = await log.set(next);
      if (!kept.ok) return kept;
    }
    if (isToShow && notifications) {
      const keys = new Set(waiting.flatMap((notice) => notice.keys.map(({ id }) => id)));
      options.show(noticeWords(waiting, today), [...keys]);
    }
    if (looked.isListChanged) options.changed(newestFirst());
    return done;
  }

  function newestFirst(): readonly Notice[] {
    return [...log.get().notices].reverse();
  }

  return {
    look: () => inLine(look),
    notices: newestFirst,
    see: () =>
      inLine(async () => {
        const { notices, ...rest } = log.get();
        if (notices.every(({ seen }) => seen)) return done;
        const kept = await log.set({
          ...rest,
          notices: notices.map((notice) => ({ ...notice, seen: true })),
        });
        if (kept.ok) options.changed(newestFirst());
        return kept;
      }),
  };
}

interface Looked {
  readonly next: Remembered;
  /** Whether something is to be kept that the disk does not have. */
  readonly isNew: boolean;
  readonly isListChanged: boolean;
}

/** Judges every key. While the vault is locked the keys of the last look are judged, whose names are not known. */
function lookAt(
  before: Remembered,
  present: () => Iterable<RemindedKey> | null,
  today: Day,
  at: number,
): Looked {
  const rememberedOf = rememberedInTurn(before);
  const changed = new Map<KeyId, RememberedKey>();
  const announced: Notice['keys'] = [];
  let stayed = 0;
  for (const key of present() ?? lockedKeys(before)) {
    const old = rememberedOf(key.id);
    const { told, reason } = judge(key.due, today, key.snoozedUntil, old?.told ?? nothingTold);
    if (reason !== null) announced.push({ id: key.id, name: key.name, due: key.due.day, reason });
    const planned = old?.planned ?? null;
    if (planned !== null) stayed += 1;
    // Also where nothing is announced: a clock that was set back is remembered by it.
    if (told === old?.told && planned !== null && isAlike(planned, key)) continue;
    const { due, snoozedUntil } = key;
    const next = { due: { day: due.day, utcDay: due.utcDay }, snoozedUntil };
    changed.set(key.id, { planned: next, told: withoutOld(told, due, today) });
  }
  if (stayed < plannedIn(before)) {
    const ids = new Set(Array.from(present() ?? [], ({ id }) => id));
    for (const [id, { planned, told }] of before.keys)
      if (planned !== null && !ids.has(id)) changed.set(id, { planned: null, told });
  }
  if (changed.size === 0) return { next: before, isNew: false, isListChanged: false };
  const keys = new Map(before.keys);
  for (const [id, key] of changed) keys.set(id, key);
  for (const [id, key] of keys) if (!isToKeep(key, today)) keys.delete(id);
  if (announced.length === 0)
    return { next: { keys, notices: before.notices }, isNew: true, isListChanged: false };
  const notice: Notice = { id: `${at}`, at, keys: announced, shown: false, seen: false };
  return { next: { keys, notices: [...before.notices, notice] }, isNew: true, isListChanged: true };
}

/** A notice whose keys are all settled is nothing new any more, also where nobody has looked at it. */
function withoutSettled(looked: Looked, isOpenNow: RemindersOptions['isOpen']): Looked {
  const { notices } = looked.next;
  if (notices.every(({ seen }) => seen)) return looked;
  const isOpen = isOpenNow();
  if (isOpen === null) return looked;
  const isSettled = ({ seen, keys }: Notice) => !seen && !keys.some(({ id }) => isOpen(id));
  if (!notices.some(isSettled)) return looked;
  const left = notices.map((notice) => (isSettled(notice) ? { ...notice, seen: true } : notice));
  return { next: { ...looked.next, notices: left }, isNew: true, isListChanged: true };
}

function* lockedKeys({ keys }: Remembered): Iterable<RemindedKey> {
  for (const [id, { planned }] of keys) if (planned !== null) yield { id, name: '', ...planned };
}

function plannedIn({ keys }: Remembered): number {
  let count = 0;
  for (const { planned } of keys.values()) if (planned !== null) count += 1;
  return count;
}

const isAlike = (a: Planned, b: Planned): boolean =>
  a.due.day === b.due.day && a.due.utcDay === b.due.utcDay && a.snoozedUntil === b.snoozedUntil;

const keptAfterDays = 400;

/** What was told of a key that is in work just now, or gone, is kept for a while: it may come back. */
const isToKeep = ({ planned, told }: RememberedKey, today: Day): boolean =>
  planned !== null ||
  [told.last, ...told.leads.map(({ on }) => on)].some((on) => on !== null && today - on < keptAfterDays);

const asShown = (notice: Notice): Notice => (notice.shown ? notice : { ...notice, shown: true });
