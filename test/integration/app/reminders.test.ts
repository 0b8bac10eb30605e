import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { wish } from './app-world.ts';
import { runTheApp } from './running-app.ts';

describeOnLinux('reminders in the whole app', () => {
  const running = runTheApp();

  async function issue(name: string, everyDays?: number) {
    const { id: connectionId } = await running.app.call('connections.addSandbox', {});
    const policy = everyDays === undefined ? {} : { everyDays };
    const { keyId } = await running.app.call('keys.issue', {
      ...wish,
      policy,
      connectionId,
      name,
      targets: [],
    });
    return keyId;
  }

  /** The rows that were announced since the feeds were emptied. */
  const announcedRows = () =>
    running.app.feeds.flatMap((message) =>
      message.feed === 'keys.changed' ? (message.state as { changed: { id: string }[] }).changed : [],
    );

  it('a key that is due in three days is told of once, by the desktop and in the list, also over a restart', async () => {
    const mail = await issue('mail', 3);
    await eventually(() => expect(running.app.desktop.notices).toHaveLength(1));
    expect(running.app.desktop.notices[0]).toMatchObject({ title: 'mail is due in 3 days' });
    expect(running.app.feeds.findLast(({ feed }) => feed === 'reminders.changed')).toMatchObject({
      state: { notices: [{ keys: [{ id: mail, reason: 3 }], seen: false }] },
    });
    running.app.desktop.notices[0]?.answer('rotate');
    expect(running.app.feeds.at(-1)).toEqual({ feed: 'app.asked', state: {} });
    expect(await running.app.call('app.takeAsked', {})).toEqual({ asked: { what: 'rotate', keyId: mail } });
    expect(await running.app.call('app.takeAsked', {})).toEqual({ asked: null });

    await running.app.stop();
    await running.start();
    const { notices } = await running.app.call('reminders.list', {});
    expect(notices).toMatchObject([{ keys: [{ id: mail }] }]);
    await eventually(() => expect(running.app.desktop.badges).toEqual([0]));
    expect(running.app.desktop.notices).toEqual([]);
    await running.app.call('reminders.see', {});
    expect(await running.app.call('reminders.list', {})).toMatchObject({ notices: [{ seen: true }] });
  });

  it('a snooze at the notice is one in the vault, and the page can end it', async () => {
    const mail = await issue('mail', 1);
    await eventually(() => expect(running.app.desktop.notices).toHaveLength(1));
    running.app.desktop.notices[0]?.answer('snooze');
    await eventually(async () => {
      expect((await running.app.call('keys.get', { id: mail })).snoozedUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    });
    await running.app.call('reminders.snooze', { ids: [mail], until: null });
    expect((await running.app.call('keys.get', { id: mail })).snoozedUntil).toBeNull();
    await running.app.call('vault.lock', {});
    expect(await running.app.ask('reminders.snooze', { ids: [mail], until: null })).toMatchObject({
      error: { code: 'vault-closed' },
    });
  });

  it('another usual period makes other days for the keys that follow it, and for no others', async () => {
    const usual = await issue('usual');
    await issue('own', 50);
    await eventually(() => expect(running.app.desktop.badges.length).toBeGreaterThan(0));
    running.app.feeds.length = 0;
    await running.app.call('settings.set', { rotationDays: 2 });
    expect(announcedRows()).toMatchObject([{ id: usual, everyDays: 2, periodFrom: 'default' }]);
    await eventually(() => expect(running.app.desktop.notices).toHaveLength(1));
    expect(running.app.desktop.notices[0]).toMatchObject({ title: 'usual is due in 2 days' });
  });

  it('a machine that lands in another zone has other days from the next tick on', async () => {
    const mail = await issue('mail', 50);
    const { dueAt } = await running.app.call('keys.get', { id: mail });
    running.app.feeds.length = 0;
    running.app.desktop.behaviour.zone = 'Pacific/Kiritimati';
    await eventually(() => expect(announcedRows()).toMatchObject([{ id: mail }]));
    const landed = await running.app.call('keys.get', { id: mail });
    expect(landed.dueAt).not.toBe(dueAt);
    expect(new Date(landed.dueAt ?? 0).getUTCHours()).toBe(10);
  });

  it('a reminder can be tried, and the start at login is what the system has', async () => {
    expect(await running.app.call('reminders.try', {})).toEqual({ way: 'desktop', detail: '' });
    expect(running.app.desktop.notices).toMatchObject([{ title: 'This is how a reminder looks' }]);
    expect(await running.app.call('login.get', {})).toEqual({ state: 'off', detail: '' });
    expect(await running.app.call('login.set', { on: true })).toEqual({ state: 'on', detail: '' });
    running.app.desktop.behaviour.loginFault = 'no permission';
    expect(await running.app.ask('login.set', { on: false })).toMatchObject({
      error: { code: 'storage-failed' },
    });
  });
});
