import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { type AppWorld, startWorld, wish } from '../app/app-world.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { calendarReaders } from './calendar-readers.ts';

const readers = calendarReaders.filter(({ missing }) => missing === null);
/** Changes are followed within a tick of the app. */
const followed = { timeout: 25_000, interval: 200 };

describeOnLinux('the calendar file of the whole app', () => {
  let keyring: Keyring;
  let folder: string;
  let file: string;
  let app: AppWorld;

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-calendar-app-'));
    await mkdir(join(folder, 'calendars'));
    file = join(folder, 'calendars', 'keys.ics');
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'])
      vi.stubEnv(name, keyring.env[name]);
    await start();
  });
  afterEach(async () => {
    await app.stop();
    vi.unstubAllEnvs();
    await keyring.secretTool(['clear', 'service', 'keyturn']);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    app = await startWorld(join(folder, 'data'), keyring.env);
    await app.until('open');
  }

  async function issue(name: string, everyDays: number) {
    const { id: connectionId } = await app.call('connections.addSandbox', {});
    const policy = { everyDays };
    const { keyId } = await app.call('keys.issue', { ...wish, policy, connectionId, name, targets: [] });
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
    await app.call('keys.plan', { plans: [{ id: mail, day: isoIn(10) }] });
    expect(await app.call('calendar.keep', { file })).toMatchObject({ file, events: 2, failed: null });
    const before = read();
    expect(before).toMatchObject([
      { uid: `${mail}@keyturn`, summary: 'Rotate mail', day: isoIn(10) },
      { uid: `${maps}@keyturn`, summary: 'Rotate maps', day: isoIn(60) },
    ]);

    const { newKeyId } = await app.call('keys.rotate', { id: mail, grace: 'now' });
    await vi.waitFor(() => {
      expect(read()).toEqual([
        { ...before[0], sequence: expect.any(Number), day: isoIn(30), alarms: expect.any(Array) },
        before[1],
      ]);
    }, followed);
    expect(read()[0]?.sequence).toBeGreaterThan(before[0]?.sequence ?? 0);

    await app.call('keys.delete', { id: mail, atProvider: null });
    await app.stop();
    await start();
    await app.call('keys.setPolicy', { ids: [newKeyId], policy: { everyDays: 45 } });
    await app.call('calendar.keep', { file });
    expect(read()[0]).toMatchObject({ uid: `${mail}@keyturn`, day: isoIn(45) });
    await app.call('keys.revoke', { id: newKeyId, confirmName: 'mail' });
    await app.call('calendar.keep', { file });
    expect(read().map(({ uid }) => uid)).toEqual([`${maps}@keyturn`]);
    expect(app.log.failures).toEqual([]);
  }, 120_000);

  it('says when its folder is gone, and is there again when the folder is', async () => {
    const mail = await issue('mail', 30);
    await app.call('calendar.keep', { file });
    await rename(join(folder, 'calendars'), join(folder, 'away'));
    await app.call('keys.plan', { plans: [{ id: mail, day: isoIn(10) }] });
    await vi.waitFor(async () => {
      expect(await app.call('calendar.get', {})).toMatchObject({ file, failed: { code: 'folder-gone' } });
    }, followed);
    expect(app.feeds.filter(({ feed }) => feed === 'calendar.changed').at(-1)).toMatchObject({
      state: { failed: { code: 'folder-gone' } },
    });
    await rename(join(folder, 'away'), join(folder, 'calendars'));
    await app.call('calendar.keep', { file });
    expect(read()).toMatchObject([{ day: isoIn(10) }]);
    expect(await readFile(file, 'utf8')).not.toContain('SANDBOX');
  }, 60_000);
});

/** The day so many days from today, where the machine of these tests is said to be. */
function isoIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' });
}
