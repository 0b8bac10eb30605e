import path from 'node:path';
import { type Calendar, type Day, isoOf } from '../../shared/domain/calendar.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Notice } from '../../shared/domain/notice.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { AskedPlace } from '../../shared/ipc/app.contract.ts';
import type { CalendarFile } from '../../shared/ipc/reminders.contract.ts';
import type { Result } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import type { Log } from '../log.ts';
import { type CalendarFileKeeper, createCalendarFile } from './calendar-file.ts';
import { calendarSource, type DueKeys, isOpenOn, remindedKeys } from './due-keys.ts';
import { createLookTimes } from './look-times.ts';
import type { NoticeWords } from './notice-words.ts';
import { openReminderLog, type Planned, type Remembered } from './reminder-log.ts';
import { createReminders, type Reminders } from './reminders.ts';

export interface ReminderKeeperOptions {
  readonly dataFolder: string;
  readonly now: () => number;
  /** Milliseconds on a clock that nobody sets. */
  readonly steady: () => number;
  readonly calendar: () => Calendar;
  readonly desktop: Pick<Desktop, 'notify' | 'setBadge' | 'onWake'>;
  readonly settings: () => Settings;
  readonly keepCalendarFile: (file: string | null) => Promise<Result<unknown, Failure<'storage-failed'>>>;
  /** null while the vault is locked. */
  readonly keys: () => DueKeys | null;
  /** Says nothing about the keys until the day. */
  readonly snooze: (ids: readonly KeyId[], until: string) => Promise<Result<unknown, Failure>>;
  readonly noticesChanged: (notices: readonly Notice[]) => void;
  readonly calendarChanged: (state: CalendarFile) => void;
  /** The user answered a notice: the page is to show what it was about. */
  readonly open: (what: AskedPlace) => void;
  /** The days that keys are due on are others, because the machine is in another zone. */
  readonly zoneChanged: () => void;
  readonly log: Log;
}

/** Reminders that look by themselves, show what they have to say, and keep the calendar file up to date. */
export interface ReminderKeeper {
  /** The vault is open, or known to be locked. */
  begin(): void;
  /** Keys or settings have changed. */
  changed(): void;
  /** To be called several times a minute. */
  tick(): void;
  notices(): Promise<readonly Notice[]>;
  see(): ReturnType<Reminders['see']>;
  readonly calendarFile: CalendarFileKeeper;
  /** Answers when nothing is being looked at or written any more. */
  settled(): Promise<void>;
  /** Begins nothing more, and answers when everything is settled. */
  stop(): Promise<void>;
}

/** For how many days the desktop's notice offers a snooze. */
export const noticeSnoozeDays = 7;

/** Builds the keeper. Its memory is read when it is first asked for. */
export function createReminderKeeper(options: ReminderKeeperOptions): ReminderKeeper {
  const { dataFolder, now, calendar, desktop, settings, keys, log } = options;
  const today = (): Day => calendar().dayOf(now());
  let isCalendarFileBehind = false;
  let running: Promise<void> = Promise.resolve();

  let opened: Promise<{ readonly reminders: Reminders; readonly memory: () => Remembered }> | null = null;
  function remembered(): NonNullable<typeof opened> {
    opened ??= openReminderLog(path.join(dataFolder, 'reminders.json'), now).then((memory) => ({
      memory: memory.get,
      reminders: createReminders({
        now,
        calendar,
        keys: () => {
          const open = keys();
          return open === null ? null : remindedKeys(open);
        },
        isOpen: () => {
          const open = keys();
          return open === null ? null : isOpenOn(today(), open);
        },
        log: memory,
        settings,
        show,
        changed: options.noticesChanged,
      }),
    }));
    return opened;
  }

  const calendarFile = createCalendarFile({
    memoryFile: path.join(dataFolder, 'calendar.json'),
    now,
    wanted: { get: () => settings().calendarFile, set: options.keepCalendarFile },
    source: () => {
      const open = keys();
      return open === null ? null : calendarSource(today(), open);
    },
    changed: options.calendarChanged,
  });

  function show({ title, body }: NoticeWords, ids: readonly KeyId[]): void {
    const [id] = ids;
    const isOne = ids.length === 1 && id !== undefined && keys() !== null;
    const actions = isOne
      ? [
          { id: 'rotate', label: 'Rotate' },
          { id: 'snooze', label: `Snooze ${noticeSnoozeDays} days`, inBackground: true },
        ]
      : [{ id: 'open', label: 'Show' }];
    desktop.notify({ title, body, actions }, (action) => {
      if (action === 'snooze') void snooze(ids);
      else if (action === 'rotate' && id !== undefined) options.open({ what: 'rotate', keyId: id });
      else options.open({ what: 'rotation' });
    });
  }

  /** Where it fails, because the vault was locked meanwhile or the disk is full, the key is told of again in a week. */
  async function snooze(ids: readonly KeyId[]): Promise<void> {
    const until = isoOf(today() + noticeSnoozeDays);
    const snoozed = await options.snooze(ids, until);
    if (!snoozed.ok) log.note('snooze from a notice', snoozed.error.code);
  }

  async function look(): Promise<void> {
    const { reminders, memory } = await remembered();
    const looked = await reminders.look();
    if (!looked.ok) log.note('reminders', looked.error.reason);
    desktop.setBadge(waitingToday(memory(), today()));
  }

  const times = createLookTimes({
    now,
    steady: options.steady,
    calendar,
    quietHours: () => settings().quietHours,
    look: () => {
      isCalendarFileBehind = true;
      inBackground('look at what is due', look);
    },
    zoneChanged: options.zoneChanged,
  });
  desktop.onWake(times.woke);

  function inBackground(what: string, act: () => Promise<void>): void {
    const acted = act().catch((cause: unknown) => void log.failed(what, cause));
    running = Promise.all([running, acted]).then(() => undefined);
  }

  return {
    begin: times.begin,
    changed: times.changed,
    tick() {
      times.tick();
      // Not at once after a look: of many changes in a row it is to follow a few only.
      if (!isCalendarFileBehind && !calendarFile.hasFailed()) return;
      isCalendarFileBehind = false;
      inBackground('keep the calendar file', calendarFile.update);
    },
    notices: async () => (await remembered()).reminders.notices(),
    see: async () => (await remembered()).reminders.see(),
    calendarFile,
    settled: () => running,
    async stop() {
      times.stop();
      await running;
    },
  };
}

/** How many keys are due today or overdue and not snoozed. */
function waitingToday({ keys }: Remembered, today: Day): number {
  let count = 0;
  for (const { planned } of keys.values()) if (planned !== null && isWaiting(planned, today)) count += 1;
  return count;
}

const isWaiting = ({ due, snoozedUntil }: Planned, today: Day): boolean =>
  due.day <= today && (snoozedUntil === null || snoozedUntil <= today);
