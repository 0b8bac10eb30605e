import type { Calendar, Day } from '../../shared/domain/calendar.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import { judge, nothingTold, type Told, withoutOld } from '../../shared/domain/reminder.ts';
import type { QuietHours } from '../../shared/domain/settings.ts';
import { done, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import { type NoticeWords, noticeWords } from './notice-words.ts';
import { isQuiet } from './quiet-hours.ts';
import { type Planned, type Remembered, type ReminderLog, toldOf } from './reminder-log.ts';

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
    const looked = lookAt(log.get(), options.keys(), today, now());
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
    if (looked.announced) options.changed(newestFirst());
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
  readonly announced: boolean;
}

/** Judges every key. While the vault is locked the agenda of the last look is judged, which knows no names. */
function lookAt(before: Remembered, keys: Iterable<RemindedKey> | null, today: Day, at: number): Looked {
  const told = new Map<KeyId, Told>();
  const agenda = new Map<KeyId, Planned>();
  const announced: Notice['keys'] = [];
  let isNew = false;
  for (const { id, name, due, snoozedUntil } of keys ?? lockedKeys(before)) {
    const old = toldOf(before, id);
    const verdict = judge(due, today, snoozedUntil, old);
    if (verdict.reason !== null) announced.push({ id, name, due: due.day, reason: verdict.reason });
    // Also where nothing is announced: a clock that was set back is remembered by it.
    if (verdict.told !== old) isNew = true;
    if (verdict.told !== nothingTold) told.set(id, withoutOld(verdict.told, due, today));
    const planned = before.agenda.get(id);
    const isSame = planned !== undefined && isAlike(planned, { due, snoozedUntil });
    if (!isSame) isNew = true;
    agenda.set(id, isSame ? planned : { due, snoozedUntil });
  }
  // What was told of a key that is in work just now, or gone, is kept for a while: it may come back.
  for (const [id, old] of before.told) if (!told.has(id) && isRecent(old, today)) told.set(id, old);
  if (announced.length === 0)
    return {
      next: { ...before, told, agenda },
      isNew: isNew || agenda.size !== before.agenda.size,
      announced: false,
    };
  const notice: Notice = { id: `${at}`, at, keys: announced, shown: false, seen: false };
  return { next: { told, agenda, notices: [...before.notices, notice] }, isNew: true, announced: true };
}

function* lockedKeys({ agenda }: Remembered): Iterable<RemindedKey> {
  for (const [id, planned] of agenda) yield { id, name: '', ...planned };
}

const isAlike = (a: Planned, b: Planned): boolean =>
  a.due.day === b.due.day && a.due.utcDay === b.due.utcDay && a.snoozedUntil === b.snoozedUntil;

const keptAfterDays = 400;

const isRecent = ({ last, leads }: Told, today: Day): boolean =>
  [last, ...leads.map(({ on }) => on)].some((on) => on !== null && today - on < keptAfterDays);

const asShown = (notice: Notice): Notice => (notice.shown ? notice : { ...notice, shown: true });
