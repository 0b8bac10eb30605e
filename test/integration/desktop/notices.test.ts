import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOnPath } from '../../../main/desktop/browser/run-command.ts';
import { createToolNotices } from '../../../main/desktop/browser/tool-notices.ts';
import type { DesktopNotice } from '../../../main/desktop/desktop.ts';
import { hasTrayService } from '../../../main/desktop/tray-service.ts';
import {
  type DesktopSession,
  hasPanel,
  missingForSession,
  startDesktopSession,
  until,
} from './desktop-session.ts';

const missing = missingForSession();
const notice: DesktopNotice = {
  title: '-3 keys & <b>co</b> are due',
  body: 'Postmark “ü” <prod>, C:\\new & 1 more.',
  actions: [
    { id: 'rotate', label: 'Rotate' },
    { id: 'snooze', label: 'Snooze a week' },
  ],
};

describe.skipIf(missing !== null)(
  `a notice on a Linux desktop${missing === null ? '' : ` (without ${missing})`}`,
  () => {
    let session: DesktopSession;
    let answers: string[];

    beforeEach(async () => {
      session = await startDesktopSession();
      answers = [];
    });
    afterEach(() => session.stop());

    const notices = (env = session.env) => createToolNotices({ platform: 'linux', env, has: isOnPath });
    const show = () => notices().notify(notice, (action) => answers.push(action));
    const seen = () => until('the notice to be seen', async () => (await session.noticePixels()) > 1_000);

    it('is seen on the screen, word for word, and answers that it was taken', async () => {
      await session.startNoticeDaemon();
      expect(await session.noticePixels()).toBe(0);
      show();
      await seen();
      await session.click('left');
      await until('the answer', () => answers.length > 0);
      expect(answers).toEqual(['open']);
      const [shown] = await session.shown();
      expect(shown).toEqual({
        app: 'Keyturn',
        title: notice.title,
        body: 'Postmark “ü” &lt;prod&gt;, C:\\new &amp; 1 more.',
      });
    });

    it.each([
      ['Rotate', 'rotate'],
      ['Snooze a week', 'snooze'],
    ])('answers its action %s when that is chosen', async (label, action) => {
      await session.startNoticeDaemon();
      session.choose(label);
      show();
      await seen();
      await session.click('right');
      await until('the answer', () => answers.length > 0);
      expect(answers).toEqual([action]);
    });

    it('answers nothing when it is sent away', async () => {
      await session.startNoticeDaemon();
      show();
      await seen();
      await session.dismiss();
      await until('the notice to be gone', async () => (await session.noticePixels()) === 0);
      // Whoever waited for it has ended by the time that another one is answered.
      show();
      await seen();
      await session.click('left');
      await until('the answer', () => answers.length > 0);
      expect(answers).toEqual(['open']);
    });

    it('keeps no process alive while it waits for an answer', async () => {
      await session.startNoticeDaemon();
      const child = spawn(process.execPath, [path.join(import.meta.dirname, 'notify-and-end.ts')], {
        env: session.env,
        stdio: 'ignore',
      });
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect(code).toBe(0);
      expect(await session.noticePixels()).toBeGreaterThan(1_000);
    });

    it('comes by the service that answers, and by none where nobody does', async () => {
      expect(await notices().way()).toEqual({
        way: 'none',
        detail: 'No notification service runs in this session',
      });
      expect(() => show()).not.toThrow();
      await session.startNoticeDaemon();
      expect(await notices().way()).toEqual({ way: 'desktop', detail: 'dunst' });
    });

    it('does not come without a session bus', async () => {
      const env = { ...session.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' };
      expect(await notices(env).way()).toEqual({ way: 'none', detail: 'There is no session bus here' });
      expect(() => notices(env).notify(notice, () => undefined)).not.toThrow();
    });

    it.skipIf(!hasPanel())('has a tray beside it only where a panel shows icons', async () => {
      expect(await hasTrayService(session.env)).toBe(false);
      await session.startPanel('seen');
      expect(await hasTrayService(session.env)).toBe(true);
    });

    it.skipIf(!hasPanel())('has no tray beside it where a panel shows no icons', async () => {
      await session.startPanel('unseen');
      expect(await hasTrayService(session.env)).toBe(false);
    });
  },
);

describe('notices of the browser host', () => {
  it('are said to be missing where the program that shows them is', async () => {
    const notices = createToolNotices({ platform: 'linux', env: {}, has: () => false });
    expect(await notices.way()).toEqual({ way: 'none', detail: 'The program notify-send is not installed' });
  });

  it.each(['darwin', 'win32'] as const)('are left to the list in the app on %s', async (platform) => {
    const notices = createToolNotices({ platform, env: {}, has: () => true });
    expect((await notices.way()).way).toBe('none');
  });
});
