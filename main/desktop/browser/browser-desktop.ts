import type { LoginStart } from '../../../shared/ipc/reminders.contract.ts';
import { ok } from '../../../shared/result.ts';
import type { Desktop } from '../desktop.ts';
import { safeExternalUrl } from '../safe-url.ts';
import { systemZone, systemZonePlace } from '../system-zone.ts';
import { findClipboardTool } from './clipboard-tools.ts';
import { isOnPath, runCommand } from './run-command.ts';
import { createToolClipboard } from './tool-clipboard.ts';
import { createToolNotices } from './tool-notices.ts';

/** Its page is in a browser that it does not start, and the token in its address lasts as long as the process. */
const loginStart: LoginStart = {
  state: 'unavailable',
  detail: 'Keyturn in the browser is started by hand; the desktop app can start when you log in.',
};

/** The desktop of the browser host: what main can do without Electron, and for the rest the page. */
export function createBrowserDesktop(): Desktop {
  const { platform, env } = process;
  const notices = createToolNotices({ platform, env, has: isOnPath });
  return {
    host: 'browser',
    clipboard: createToolClipboard(findClipboardTool({ platform, env, has: isOnPath }), runCommand),
    chooseFile: async () => ({ outcome: 'unavailable' }),
    chooseFolder: async () => ({ outcome: 'unavailable' }),
    notify: (notice, answered) => notices.notify(notice, answered),
    noticeWay: () => notices.way(),
    setBadge: () => {
      // A process without a window has no icon.
    },
    loginStart: {
      get: async () => loginStart,
      set: async () => ok(loginStart),
    },
    zone: () => systemZone(systemZonePlace()),
    onWake: () => {
      // Plain Node is not told; a clock that jumped shows it.
    },
    async openExternal(url) {
      safeExternalUrl(url);
      // The user's browser may be on another machine than this process.
      return { by: 'page' };
    },
    onAway: () => {
      // Plain Node is not told.
    },
  };
}
