import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { type AppWorld, startWorld, wish } from './app-world.ts';

const soon = { timeout: 10_000, interval: 100 };

describeOnLinux('reminders in the whole app', () => {
  let keyring: Keyring;
  let folder: string;
  let app: AppWorld;

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-reminders-app-'));
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

  async function issue(name: string, everyDays?: number) {
    const { id: connectionId } = await app.call('connections.addSandbox', {});
    const policy = everyDays === undefined ? {} : { everyDays };
    const { keyId } = await app.call('keys.issue', { ...wish, policy, connectionId, name, targets: [] });
    return keyId;
  }

  /** The rows that were announced since the feeds were emptied. */
  const announcedRows = () =>
    app.feeds.flatMap((message) =>
      message.feed === 'keys.changed' ? (message.state as { changed: { id: string }[] }).changed : [],
    );

  it('a key that is due in three days is told of once, by the desktop and in the list, also over a restart', async () => {
    const mail = await issue('mail', 3);
    await vi.waitFor(() => expect(app.desktop.notices).toHaveLength(1), soon);
    expect(app.desktop.notices[0]).toMatchObject({ title: 'mail is due in 3 days' });
    expect(app.feeds.findLast(({ feed }) => feed === 'reminders.changed')).toMatchObject({
      state: { notices: [{ keys: [{ id: mail, reason: 3 }], seen: false }] },
    });
    app.desktop.notices[0]?.answer('rotate');
    expect(app.feeds.at(-1)).toEqual({ feed: 'app.asked', state: {} });
    expect(await app.call('app.takeAsked', {})).toEqual({ asked: { what: 'rotate', keyId: mail } });
    expect(await app.call('app.takeAsked', {})).toEqual({ asked: null });

    await app.stop();
    await start();
    const { notices } = await app.call('reminders.list', {});
    expect(notices).toMatchObject([{ keys: [{ id: mail }] }]);
    await vi.waitFor(() => expect(app.desktop.badges).toEqual([0]), soon);
    expect(app.desktop.notices).toEqual([]);
    await app.call('reminders.see', {});
    expect(await app.call('reminders.list', {})).toMatchObject({ notices: [{ seen: true }] });
  });

  it('a snooze at the notice is one in the vault, and the page can end it', async () => {
    const mail = await issue('mail', 1);
    await vi.waitFor(() => expect(app.desktop.notices).toHaveLength(1), soon);
    app.desktop.notices[0]?.answer('snooze');
    await vi.waitFor(async () => {
      expect((await app.call('keys.get', { id: mail })).snoozedUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }, soon);
    await app.call('reminders.snooze', { ids: [mail], until: null });
    expect((await app.call('keys.get', { id: mail })).snoozedUntil).toBeNull();
    await app.call('vault.lock', {});
    expect(await app.ask('reminders.snooze', { ids: [mail], until: null })).toMatchObject({
      error: { code: 'vault-closed' },
    });
  });

  it('another usual period makes other days for the keys that follow it, and for no others', async () => {
    const usual = await issue('usual');
    await issue('own', 50);
    await vi.waitFor(() => expect(app.desktop.badges.length).toBeGreaterThan(0), soon);
    app.feeds.length = 0;
    await app.call('settings.set', { rotationDays: 2 });
    expect(announcedRows()).toMatchObject([{ id: usual, everyDays: 2, periodFrom: 'default' }]);
    await vi.waitFor(() => expect(app.desktop.notices).toHaveLength(1), soon);
    expect(app.desktop.notices[0]).toMatchObject({ title: 'usual is due in 2 days' });
  });

  it('a machine that lands in another zone has other days from the next tick on', async () => {
    const mail = await issue('mail', 50);
    const { dueAt } = await app.call('keys.get', { id: mail });
    app.feeds.length = 0;
    app.desktop.behaviour.zone = 'Pacific/Kiritimati';
    await vi.waitFor(() => expect(announcedRows()).toMatchObject([{ id: mail }]), {
      timeout: 20_000,
      interval: 200,
    });
    const landed = await app.call('keys.get', { id: mail });
    expect(landed.dueAt).not.toBe(dueAt);
    expect(new Date(landed.dueAt ?? 0).getUTCHours()).toBe(10);
  }, 40_000);

  it('a reminder can be tried, and the start at login is what the system has', async () => {
    expect(await app.call('reminders.try', {})).toEqual({ way: 'desktop', detail: '' });
    expect(app.desktop.notices).toMatchObject([{ title: 'This is how a reminder looks' }]);
    expect(await app.call('login.get', {})).toEqual({ state: 'off', detail: '' });
    expect(await app.call('login.set', { on: true })).toEqual({ state: 'on', detail: '' });
    app.desktop.behaviour.loginFault = 'no permission';
    expect(await app.ask('login.set', { on: false })).toMatchObject({ error: { code: 'storage-failed' } });
  });
});
