import { spawn } from 'node:child_process';
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
    notify: () => {
      // Notices are shown in the page, which learns of everything by the feeds.
    },
    openExternal: async (url) => open(openerOf(platform), safeExternalUrl(url)),
    onAway: () => {
      // Plain Node is not told.
    },
  };
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32.exe', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}

function open([file, ...args]: readonly [string, ...string[]], url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
