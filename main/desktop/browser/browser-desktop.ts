import type { Desktop } from '../desktop.ts';
import { safeExternalUrl } from '../safe-url.ts';
import { findClipboardTool } from './clipboard-tools.ts';
import { isOnPath, runCommand } from './run-command.ts';
import { createToolClipboard } from './tool-clipboard.ts';

/** The desktop of the browser host: what main can do without Electron, and for the rest the page. */
export function createBrowserDesktop(): Desktop {
  const { platform, env } = process;
  return {
    host: 'browser',
    clipboard: createToolClipboard(findClipboardTool({ platform, env, has: isOnPath }), runCommand),
    chooseFile: async () => ({ outcome: 'unavailable' }),
    chooseFolder: async () => ({ outcome: 'unavailable' }),
    notify: () => {
      // Notices are shown in the page, which learns of everything by the feeds.
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
