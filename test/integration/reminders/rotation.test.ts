import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { wish } from '../app/app-world.ts';
import { runTheApp } from '../app/running-app.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { calendarReaders } from './calendar-readers.ts';

const readers = calendarReaders.filter(({ missing }) => missing === null);

describeOnLinux('the calendar file of the whole app', () => {
  const running = runTheApp();
  let file: string;

  beforeEach(async () => {
    await mkdir(join(running.folder, 'calendars'));
    file = join(running.folder, 'calendars', 'keys.ics');
  });

  async function issue(name: string, everyDays: number) {
    const { id: connectionId } = await running.app.call('connections.addSandbox', {});
    const policy = { everyDays };
    const { keyId } = await running.app.call('keys.issue', {
      ...wish,
      policy,
      connectionId,
      name,
      targets: [],
    });
    return keyId;
  }

  /** What each reader sees; that all see the same is part of the matter. */
  function read() {
    const [first, ...others] = readers.map((reader) => reader.read(file, 'Europe/Berlin'));
    for (const other of others) expect(other).toEqual(first);
    return first ?? [];
  }

  it('goes on with the same event after a rotation, on the day on which the new key is due', async () => {
    const mail = await issue('mail', 30);
    const maps = await issue('maps', 60);
    await running.app.call('keys.plan', { plans: [{ id: mail, day: isoIn(10) }] });
    expect(await running.app.call('calendar.keep', { file })).toMatchObject({
      file,
      events: 2,
      failed: null,
    });
    const before = read();
    expect(before).toMatchObject([
      { uid: `${mail}@keyturn`, summary: 'Rotate mail', day: isoIn(10) },
      { uid: `${maps}@keyturn`, summary: 'Rotate maps', day: isoIn(60) },
    ]);

    const { newKeyId } = await running.app.call('keys.rotate', { id: mail, grace: 'now' });
    // Asked in the app, and then in the file's own text: every reader that runs beside it keeps it from its work.
    await eventually(async () => {
      expect(await running.app.call('keys.get', { id: mail })).toMatchObject({ status: 'revoked' });
    });
    const isoDay = isoIn(30).replaceAll('-', '');
    await eventually(async () => expect(await readFile(file, 'utf8')).toContain(`DATE:${isoDay}`));
    expect(read()).toEqual([
      { ...before[0], sequence: expect.any(Number), day: isoIn(30), alarms: expect.any(Array) },
      before[1],
    ]);
    expect(read()[0]?.sequence).toBeGreaterThan(before[0]?.sequence ?? 0);

    await running.app.call('keys.delete', { id: mail, atProvider: null });
    await running.app.stop();
    await running.start();
    await running.app.call('keys.setPolicy', { ids: [newKeyId], policy: { everyDays: 45 } });
    await running.app.call('calendar.keep', { file });
    expect(read()[0]).toMatchObject({ uid: `${mail}@keyturn`, day: isoIn(45) });
    await running.app.call('keys.revoke', { id: newKeyId, confirmName: 'mail' });
    await running.app.call('calendar.keep', { file });
    expect(read().map(({ uid }) => uid)).toEqual([`${maps}@keyturn`]);
    expect(running.app.log.failures).toEqual([]);
  }, 120_000);

  it('says when its folder is gone, and is there again when the folder is', async () => {
    const mail = await issue('mail', 30);
    await running.app.call('calendar.keep', { file });
    await rename(join(running.folder, 'calendars'), join(running.folder, 'away'));
    await running.app.call('keys.plan', { plans: [{ id: mail, day: isoIn(10) }] });
    await eventually(async () => {
      expect(await running.app.call('calendar.get', {})).toMatchObject({
        file,
        failed: { code: 'folder-gone' },
      });
    });
    expect(running.app.feeds.filter(({ feed }) => feed === 'calendar.changed').at(-1)).toMatchObject({
      state: { failed: { code: 'folder-gone' } },
    });
    await rename(join(running.folder, 'away'), join(running.folder, 'calendars'));
    await eventually(async () => {
      expect(await running.app.call('calendar.get', {})).toMatchObject({ events: 1, failed: null });
    });
    expect(read()).toMatchObject([{ day: isoIn(10) }]);
    expect(await readFile(file, 'utf8')).not.toContain('SANDBOX');
  });
});

/** The day so many days from today, where the machine of these tests is said to be. */
function isoIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' });
}
