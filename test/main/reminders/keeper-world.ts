import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createReminderKeeper } from '../../../main/reminders/reminder-keeper.ts';
import { createZoneCalendar } from '../../../main/zone-calendar.ts';
import { calendarIn, dayFromIso } from '../../../shared/domain/calendar.ts';
import { dueOf } from '../../../shared/domain/due.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Notice } from '../../../shared/domain/notice.ts';
import { type Settings, settingsSchema } from '../../../shared/domain/settings.ts';
import type { CalendarFile } from '../../../shared/ipc/reminders.contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';
import { keyRecord } from '../storage/records-for-tests.ts';

export const tickMs = 15_000;
export const hourMs = 3_600_000;

/**
 * The reminders of an app over real files: a machine whose two clocks and zone can be set, a vault that can be locked, and
 * a desktop that keeps what it was shown. Timers are the caller's to fake.
 */
export async function createKeeperWorld(start: string, zone = 'Europe/Berlin') {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-keeper-'));
  const desktop = createMemoryDesktop();
  const log = createMemoryLog();
  const keys = new Map<KeyId, KeyRecord>();
  const underWay = new Set<KeyId>();
  const opened: unknown[] = [];
  const calendars: CalendarFile[] = [];
  const notices: (readonly Notice[])[] = [];
  const zones: string[] = [];
  let settings: Settings = settingsSchema.parse({});
  let now = instantOf(start, zone);
  let steady = 0;
  let isLocked = false;
  desktop.behaviour.zone = zone;

  function startKeeper() {
    const calendar = createZoneCalendar(() => desktop.zone());
    return createReminderKeeper({
      dataFolder: folder,
      now: () => now,
      steady: () => steady,
      calendar,
      desktop,
      settings: () => settings,
      async keepCalendarFile(calendarFile) {
        settings = { ...settings, calendarFile };
        return ok(settings);
      },
      keys: () =>
        isLocked
          ? null
          : {
              all: [...keys.values()],
              get: (id) => keys.get(id),
              dueOf: (key) =>
                key.replacedBy === null && key.revokedAt === null
                  ? dueOf(key, key.policy.everyDays ?? null, calendar())
                  : null,
              providerOf: () => 'Sandbox',
              underWay,
            },
      async snooze(ids, snoozedUntil) {
        if (isLocked) return fail(failure('vault-closed'));
        for (const id of ids) change(id, { snoozedUntil });
        return ok(undefined);
      },
      noticesChanged: (all) => notices.push(all),
      calendarChanged: (state) => calendars.push(state),
      open: (what) => opened.push(what),
      zoneChanged: () => zones.push(calendar().zone),
      log,
    });
  }

  function change(id: KeyId, changes: Partial<KeyRecord>): void {
    const key = keys.get(id);
    if (key === undefined) throw new Error('no such key');
    keys.set(id, { ...key, ...changes });
  }

  let keeper = startKeeper();
  const world = {
    folder,
    desktop,
    log,
    keys,
    underWay,
    opened,
    calendars,
    notices,
    zones,
    change,
    get keeper() {
      return keeper;
    },
    titles: () => desktop.notices.map(({ title }) => title),
    /** Adds a key that is issued now. */
    add(name: string, everyDays = 90, changes: Partial<KeyRecord> = {}): KeyId {
      const key = keyRecord(keys.size, { name, issuedAt: now, policy: { everyDays }, ...changes });
      keys.set(key.id, key);
      return key.id;
    },
    set(changes: Partial<Settings>) {
      settings = { ...settings, ...changes };
      keeper.changed();
    },
    lock(locked: boolean) {
      isLocked = locked;
      keeper.begin();
    },
    /** Everything that was begun is at its end. */
    settled: () => keeper.settled(),
    /** The app ticks once, so many milliseconds after the last time by both clocks. */
    async tick(afterMs = tickMs) {
      now += afterMs;
      steady += afterMs;
      keeper.tick();
      await keeper.settled();
    },
    /** The machine is on for that long. */
    async pass(hours: number) {
      for (let minutes = 0; minutes < hours * 60; minutes += 10) await world.tick(600_000);
    },
    /** The wall clock alone moves: it is set, or the machine sleeps and its steady clock does too. */
    jump(to: string) {
      now = instantOf(to, desktop.behaviour.zone);
    },
    async restart() {
      await keeper.stop();
      keeper = startKeeper();
      keeper.begin();
    },
    async remove() {
      await keeper.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

export type KeeperWorld = Awaited<ReturnType<typeof createKeeperWorld>>;

/** The instant at which the clocks of a zone show `2026-03-29 09:00`. */
export function instantOf(wallClock: string, zone: string): number {
  const [iso = '', time = '00:00'] = wallClock.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const day = dayFromIso(iso);
  if (day === null) throw new Error(`no day: ${wallClock}`);
  return calendarIn(zone).startOf(day) + (hours * 60 + minutes) * 60_000;
}
