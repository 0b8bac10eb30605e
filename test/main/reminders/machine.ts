import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openReminderLog } from '../../../main/reminders/reminder-log.ts';
import { createReminders, type Reminders } from '../../../main/reminders/reminders.ts';
import { calendarIn, dayFromIso } from '../../../shared/domain/calendar.ts';
import { dueOf } from '../../../shared/domain/due.ts';
import { type KeyId, keyIdSchema } from '../../../shared/domain/ids.ts';
import type { QuietHours } from '../../../shared/domain/settings.ts';
import { instantOf } from './keeper-world.ts';

/** A key of a machine's vault, as far as reminders need it. */
export interface MachineKey {
  readonly name: string;
  issuedAt: number;
  everyDays: number | null;
  expiresAt?: number | null;
  plannedDay?: string | null;
  snoozedUntil?: string | null;
}

/** What the desktop of a machine was given to show. */
export interface Shown {
  /** The wall clock of the machine's zone, such as `2026-03-29 09:00`. */
  readonly at: string;
  readonly title: string;
  readonly keys: readonly string[];
}

const hourMs = 3_600_000;

/**
 * A laptop: its clock can be set, it sleeps, it travels between zones, and the app on it is closed and started again,
 * each time over the same file. While the app runs it looks every hour, at its start, when the machine wakes and when
 * the clock or the zone was changed, as the app does.
 */
export async function createMachine(start: string, zone: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-reminders-'));
  const file = path.join(folder, 'reminders.json');
  const keys = new Map<KeyId, MachineKey>();
  const shown: Shown[] = [];
  let now = instantOf(start, zone);
  let calendar = calendarIn(zone);
  let isLocked = false;
  let quietHours: QuietHours | null = null;
  let notifications = true;
  let reminders: Reminders | null = null;

  const wall = () =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: calendar.zone,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(now);

  function remindedKeys() {
    if (isLocked) return null;
    return [...keys].flatMap(([id, key]) => {
      const { issuedAt, everyDays, expiresAt = null, plannedDay = null, snoozedUntil = null } = key;
      const due = dueOf({ issuedAt, expiresAt, plannedDay }, everyDays, calendar);
      if (due === null) return [];
      return [
        {
          id,
          name: key.name,
          due: { day: due.day, utcDay: due.utcDay },
          snoozedUntil: snoozedUntil === null ? null : dayFromIso(snoozedUntil),
        },
      ];
    });
  }

  async function look(): Promise<void> {
    if (reminders === null) return;
    const looked = await reminders.look();
    if (!looked.ok) throw new Error(JSON.stringify(looked.error));
  }

  const machine = {
    keys,
    shown,
    file,
    look,
    wall,
    add(name: string, everyDays: number | null = 90): KeyId {
      const id = keyIdSchema.parse(`key_${String(keys.size).padStart(20, '0')}`);
      keys.set(id, { name, issuedAt: now, everyDays });
      return id;
    },
    key(id: KeyId): MachineKey {
      const key = keys.get(id);
      if (key === undefined) throw new Error('no such key');
      return key;
    },
    async startApp() {
      const log = await openReminderLog(file, () => now);
      reminders = createReminders({
        now: () => now,
        calendar: () => calendar,
        keys: remindedKeys,
        isOpen: () => (isLocked ? null : (id) => keys.has(id)),
        log,
        settings: () => ({ notifications, quietHours }),
        show: ({ title }, ids) =>
          shown.push({ at: wall(), title, keys: ids.map((id) => keys.get(id)?.name ?? 'unknown') }),
        changed: () => undefined,
      });
      await look();
    },
    closeApp() {
      reminders = null;
    },
    lock: (locked: boolean) => {
      isLocked = locked;
    },
    quiet: (hours: QuietHours | null) => {
      quietHours = hours;
    },
    notify: (wanted: boolean) => {
      notifications = wanted;
    },
    notices: () => reminders?.notices() ?? [],
    see: async () => reminders?.see(),
    /** The time passes with the machine on: the app looks every hour. */
    async pass(hours: number) {
      for (let passed = 0; passed < hours; passed += 1) {
        now += hourMs;
        await look();
      }
    },
    /** The time passes while the machine sleeps; on waking the app looks at once. */
    async sleep(hours: number) {
      now += hours * hourMs;
      await look();
    },
    async setClock(to: string) {
      now = instantOf(to, calendar.zone);
      await look();
    },
    async travelTo(other: string) {
      calendar = calendarIn(other);
      await look();
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  return machine;
}

export type Machine = Awaited<ReturnType<typeof createMachine>>;
