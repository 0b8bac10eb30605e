import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { createKeeperWorld, hourMs, type KeeperWorld, tickMs } from './keeper-world.ts';

const worlds: KeeperWorld[] = [];
beforeEach(() => {
  // Only what the reminders wait by: files and their promises go on as ever.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.remove()));
  vi.useRealTimers();
});

async function worldAt(start: string, zone?: string): Promise<KeeperWorld> {
  const world = await createKeeperWorld(start, zone);
  worlds.push(world);
  return world;
}

/** The app is started and has looked for the first time. */
async function started(world: KeeperWorld): Promise<void> {
  world.keeper.begin();
  await soon(world);
}

/** What waits for two seconds has happened. */
async function soon(world: KeeperWorld): Promise<void> {
  vi.advanceTimersByTime(2_000);
  await world.settled();
}

describe('it is looked at what is due', () => {
  it('when the vault is open or known to be locked, and not before', async () => {
    const world = await worldAt('2026-04-01 09:00');
    world.add('Mail', 1, { issuedAt: 0 });
    await world.tick(hourMs);
    expect(world.titles()).toEqual([]);
    await started(world);
    expect(world.titles()).toHaveLength(1);
  });

  it('in the minute in which a day begins', async () => {
    const world = await worldAt('2026-01-01 23:00');
    world.add('Mail', 3);
    await started(world);
    world.jump('2026-01-03 23:58');
    for (const afterMs of [tickMs, tickMs, 60_000]) await world.tick(afterMs);
    expect(world.titles()).toEqual(['Mail is due in 3 days']);
    await world.tick(60_000);
    expect(world.titles()).toEqual(['Mail is due in 3 days', 'Mail is due today']);
  });

  it('when keys or settings have changed, once for all that change in two seconds', async () => {
    const world = await worldAt('2026-01-01 09:00');
    await started(world);
    for (let count = 0; count < 30; count += 1) {
      world.add(`Key ${count}`, 1);
      world.keeper.changed();
    }
    expect(world.titles()).toEqual([]);
    await soon(world);
    expect(world.titles()).toEqual(['30 keys are due within 14 days']);
  });

  it('when the machine wakes, as soon as its clock has run evenly for one tick', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail', 30);
    await started(world);
    world.jump('2026-01-31 08:00');
    world.desktop.wake();
    await world.settled();
    expect(world.titles()).toEqual([]);
    await world.tick();
    expect(world.titles()).toEqual(['Mail is due today']);
  });

  it('after a sleep that the host did not tell of', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail', 30);
    await started(world);
    world.jump('2026-01-31 08:00');
    await world.tick();
    expect(world.titles()).toEqual([]);
    await world.tick();
    expect(world.titles()).toEqual(['Mail is due today']);
  });

  it('at the end of the quiet hours, to the minute, also on the day on which the clocks change', async () => {
    const world = await worldAt('2026-03-28 22:30');
    world.set({ quietHours: { from: '22:00', to: '07:30' } });
    world.add('Mail', 1);
    await started(world);
    expect(world.titles()).toEqual([]);
    // The night has one hour less: 8 hours and 59 minutes later it is 7:29 with an hour skipped.
    await world.tick((7 * 60 + 59) * 60_000 - 15_000);
    expect(world.titles()).toEqual([]);
    await world.tick();
    await world.tick(60_000);
    expect(world.titles()).toEqual(['Mail is due today']);
    expect(await world.keeper.notices()).toHaveLength(2);
  });

  it('and sets no timer that runs longer than an hour', async () => {
    const timer = vi.spyOn(globalThis, 'setTimeout');
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail', 3650);
    await started(world);
    await world.pass(30);
    expect(Math.max(...timer.mock.calls.map(([, ms = 0]) => ms))).toBeLessThanOrEqual(hourMs);
  });
});

describe('a clock that jumps', () => {
  it('has announced nothing when it is put right before the next tick', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail');
    await started(world);
    world.jump('2027-01-01 09:00');
    await world.tick();
    world.keeper.changed();
    await soon(world);
    world.jump('2026-01-01 09:01');
    await world.tick();
    await world.tick();
    await world.tick();
    expect(world.titles()).toEqual([]);
    expect(await world.keeper.notices()).toEqual([]);
  });

  it('is believed from the next tick on when it stays', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail');
    await started(world);
    world.jump('2027-01-01 09:00');
    await world.tick();
    await world.tick();
    expect(world.titles()).toEqual(['Mail is 275 days overdue']);
  });
});

describe('a machine that changes its zone', () => {
  it('is in the other one from the next tick on, and what is due there is told', async () => {
    const world = await worldAt('2026-01-01 09:00', 'America/New_York');
    world.add('Mail', 30);
    await started(world);
    world.jump('2026-01-30 20:00');
    await world.tick();
    await world.tick();
    expect(world.titles()).toEqual(['Mail is due tomorrow']);
    // The same instant is 31 January in Tokyo.
    world.desktop.behaviour.zone = 'Asia/Tokyo';
    await world.tick();
    expect(world.zones).toEqual(['Asia/Tokyo']);
    expect(world.titles()).toEqual(['Mail is due tomorrow', 'Mail is due today']);
    world.desktop.behaviour.zone = 'America/New_York';
    await world.tick();
    await world.pass(2);
    expect(world.titles()).toHaveLength(2);
  });
});

describe('a notice about one key', () => {
  async function shownNotice() {
    const world = await worldAt('2026-01-01 09:00');
    const id = world.add('Mail', 3);
    await started(world);
    const [notice] = world.desktop.notices;
    if (notice === undefined) throw new Error('nothing was shown');
    return { world, id, notice };
  }

  it('offers to rotate it, which opens the page there', async () => {
    const { world, id, notice } = await shownNotice();
    expect(notice.actions).toEqual([
      { id: 'rotate', label: 'Rotate' },
      { id: 'snooze', label: 'Snooze 7 days', inBackground: true },
    ]);
    notice.answer('rotate');
    expect(world.opened).toEqual([{ what: 'rotate', keyId: id }]);
  });

  it('opens what is due when it is chosen itself', async () => {
    const { world, notice } = await shownNotice();
    notice.answer('open');
    expect(world.opened).toEqual([{ what: 'rotation' }]);
  });

  it('offers a snooze, after which nothing is said for a week, and then once', async () => {
    const { world, id, notice } = await shownNotice();
    notice.answer('snooze');
    world.keeper.changed();
    await soon(world);
    expect(world.keys.get(id)?.snoozedUntil).toBe('2026-01-08');
    await world.pass(6 * 24);
    expect(world.titles()).toHaveLength(1);
    await world.pass(24);
    expect(world.titles()).toEqual(['Mail is due in 3 days', 'Mail is 4 days overdue']);
  });

  it('offers neither while the vault is locked, and a snooze that comes too late is noted', async () => {
    const { world, notice } = await shownNotice();
    world.lock(true);
    notice.answer('snooze');
    await eventually(() => expect(world.log.notes).toMatchObject([{ words: 'vault-closed' }]));
    await world.pass(3 * 24);
    expect(world.desktop.notices.at(-1)).toMatchObject({
      title: 'A key is due today',
      actions: [{ id: 'open' }],
    });
  });
});

it('one notice about many keys opens what is due', async () => {
  const world = await worldAt('2026-01-01 09:00');
  world.add('Mail', 3);
  world.add('Maps', 3);
  await started(world);
  world.desktop.notices[0]?.answer('open');
  expect(world.desktop.notices).toHaveLength(1);
  expect(world.opened).toEqual([{ what: 'rotation' }]);
});

it('a key whose rotation is running is not told of until that has ended without one', async () => {
  const world = await worldAt('2026-01-01 09:00');
  const id = world.add('Mail', 1);
  world.underWay.add(id);
  await started(world);
  await world.pass(30);
  expect(world.titles()).toEqual([]);
  world.underWay.clear();
  world.keeper.changed();
  await soon(world);
  expect(world.titles()).toEqual(['Mail is due today']);
});

it('the app’s icon shows how many keys are due today or overdue and not snoozed', async () => {
  const world = await worldAt('2026-01-01 09:00');
  const [first] = [world.add('First', 2), world.add('Second', 3), world.add('Third', 30)];
  await started(world);
  expect(world.desktop.badges.at(-1)).toBe(0);
  await world.pass(3 * 24);
  expect(world.desktop.badges.at(-1)).toBe(2);
  world.change(first, { snoozedUntil: '2026-02-01' });
  world.keeper.changed();
  await soon(world);
  expect(world.desktop.badges.at(-1)).toBe(1);
  world.lock(true);
  await soon(world);
  expect(world.desktop.badges.at(-1)).toBe(1);
});

it('a key that was deleted is not told of while the vault is locked either', async () => {
  const world = await worldAt('2026-01-01 09:00');
  const id = world.add('Mail', 20);
  await started(world);
  world.keys.delete(id);
  world.keeper.changed();
  await soon(world);
  world.lock(true);
  await soon(world);
  await world.pass(20 * 24);
  expect(world.titles()).toEqual([]);
});

it('what the desktop lost is in the list of the app, also after a restart', async () => {
  const world = await worldAt('2026-01-01 09:00');
  world.add('Mail', 3);
  await started(world);
  world.desktop.notices.length = 0;
  await world.restart();
  await soon(world);
  expect(world.titles()).toEqual([]);
  expect(await world.keeper.notices()).toMatchObject([{ keys: [{ name: 'Mail', reason: 3 }], seen: false }]);
  await world.keeper.see();
  expect(await world.keeper.notices()).toMatchObject([{ seen: true }]);
});

it.each([
  ['was rotated', (world: KeeperWorld, id: KeyId) => world.change(id, { replacedBy: id })],
  ['was revoked', (world: KeeperWorld, id: KeyId) => world.change(id, { revokedAt: 1 })],
  ['was deleted', (world: KeeperWorld, id: KeyId) => void world.keys.delete(id)],
  ['is not due any more', (world: KeeperWorld, id: KeyId) => world.change(id, { policy: { everyDays: 90 } })],
])('a notice of a key that %s is nothing new any more; one with another key is', async (_, settle) => {
  const world = await worldAt('2026-01-01 09:00');
  const [first] = [world.add('First', 3), world.add('Second', 3)];
  await started(world);
  const third = world.add('Third', 3);
  world.keeper.changed();
  await soon(world);
  const seen = async () => (await world.keeper.notices()).map((notice) => notice.seen);
  expect(await seen()).toEqual([false, false]);
  settle(world, third);
  settle(world, first);
  world.keeper.changed();
  await soon(world);
  expect(await seen()).toEqual([true, false]);
  expect(world.notices.at(-1)?.map((notice) => notice.seen)).toEqual([true, false]);
});

it.each([
  ['is being rotated', (world: KeeperWorld, id: KeyId) => void world.underWay.add(id)],
  ['is snoozed', (world: KeeperWorld, id: KeyId) => world.change(id, { snoozedUntil: '2026-02-01' })],
  ['cannot be looked up, the vault being locked,', (world: KeeperWorld) => world.lock(true)],
])('a notice of a key that %s stays new', async (_, act) => {
  const world = await worldAt('2026-01-01 09:00');
  const id = world.add('Mail', 3);
  await started(world);
  act(world, id);
  world.keeper.changed();
  await soon(world);
  expect(await world.keeper.notices()).toMatchObject([{ seen: false }]);
});

it('a disk that takes no writes delays a notice until it can be remembered', async () => {
  const world = await worldAt('2026-01-01 09:00');
  world.add('Mail', 3);
  const away = `${world.folder}-away`;
  await rename(world.folder, away);
  await started(world);
  expect(world.titles()).toEqual([]);
  expect(world.log.notes).toHaveLength(1);
  await rename(away, world.folder);
  await world.pass(1);
  expect(world.titles()).toEqual(['Mail is due in 3 days']);
});

it('a memory that cannot be read is set aside, and a notice comes again rather than never', async () => {
  const world = await worldAt('2026-01-01 09:00');
  world.add('Mail', 3);
  await mkdir(path.join(world.folder, 'reminders.json'));
  await started(world);
  await world.restart();
  await soon(world);
  expect(world.titles()).toEqual(['Mail is due in 3 days']);
  expect(await readdir(path.join(world.folder, 'set-aside'))).toHaveLength(1);
});

describe('the calendar file', () => {
  const summaries = async (file: string) =>
    (await readFile(file, 'utf8')).match(/(?<=SUMMARY:).*(?=\r)/g)?.map((line) => line.trim());

  it('follows what changes within a tick, and is the owner’s alone', async () => {
    const world = await worldAt('2026-01-01 09:00');
    const id = world.add('Mail');
    const file = path.join(world.folder, 'due.ics');
    await started(world);
    expect(await world.keeper.calendarFile.keep(file)).toMatchObject({
      ok: true,
      value: { file, events: 1 },
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    world.add('Maps');
    world.change(id, { name: 'Post' });
    world.keeper.changed();
    await soon(world);
    await world.tick();
    expect(await summaries(file)).toEqual(['Rotate Post', 'Rotate Maps']);
    world.keys.delete(id);
    world.keeper.changed();
    await soon(world);
    await world.tick();
    expect(await summaries(file)).toEqual(['Rotate Maps']);
    expect(world.calendars.at(-1)).toMatchObject({ events: 1, failed: null });
  });

  it('is written at the first tick after its folder is back', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail');
    const places = path.join(world.folder, 'places');
    await mkdir(places);
    const file = path.join(places, 'due.ics');
    await started(world);
    await world.keeper.calendarFile.keep(file);
    await rename(places, `${places}-away`);
    world.add('Maps');
    world.keeper.changed();
    await soon(world);
    await world.tick();
    expect(world.calendars.at(-1)).toMatchObject({ failed: { code: 'folder-gone' } });
    await world.tick();
    await rename(`${places}-away`, places);
    await world.tick();
    expect(world.calendars.at(-1)).toMatchObject({ events: 2, failed: null });
    expect(await summaries(file)).toEqual(['Rotate Mail', 'Rotate Maps']);
  });

  it('rings on while a key is overdue, and tells how many are never due', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail', 3);
    world.add('Maps', 90, { policy: { everyDays: null, because: 'Burned in' } });
    world.add('Gone', 90, { policy: { everyDays: null, because: 'Burned in' }, revokedAt: 1 });
    const file = path.join(world.folder, 'due.ics');
    await started(world);
    expect(await world.keeper.calendarFile.keep(file)).toMatchObject({ value: { events: 1, neverDue: 1 } });
    const weeks = async () => (await readFile(file, 'utf8')).match(/(?<=is )\d+(?= days overdue)/g);
    expect(await weeks()).toEqual(['7', '14', '21', '28']);
    await world.pass(24 * 11);
    expect(await weeks()).toEqual(['14', '21', '28', '35']);
  });

  it('stays as it is while the vault is locked', async () => {
    const world = await worldAt('2026-01-01 09:00');
    world.add('Mail');
    const file = path.join(world.folder, 'due.ics');
    await started(world);
    await world.keeper.calendarFile.keep(file);
    await writeFile(file, 'gone wrong');
    world.lock(true);
    await soon(world);
    await world.pass(25);
    expect(await readFile(file, 'utf8')).toBe('gone wrong');
    expect(await world.keeper.calendarFile.get()).toMatchObject({ file, events: 1 });
    expect(await world.keeper.calendarFile.keep(file)).toMatchObject({ error: { code: 'vault-closed' } });
  });
});
