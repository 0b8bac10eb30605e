import { app, type BrowserWindow, dialog, type OpenDialogOptions, powerMonitor, shell } from 'electron';
import type { Desktop, FileChoice } from '../desktop.ts';
import { safeExternalUrl } from '../safe-url.ts';
import { systemZone, systemZonePlace } from '../system-zone.ts';
import { createElectronClipboard } from './electron-clipboard.ts';
import { createElectronNotices } from './electron-notices.ts';

/** What the desktop needs of the app's entry. */
export interface ElectronDesktopOptions {
  /** The window that a dialog belongs to, if there is one. */
  readonly windowOf: () => BrowserWindow | null;
  /** Brings the window to the front, and opens one where there is none. */
  readonly showWindow: () => void;
  /** Whether the app starts when the user logs in. */
  readonly loginStart: Desktop['loginStart'];
  /** Shows how much waits where the badge at the icon is not seen. */
  readonly showCount: (count: number) => void;
}

/** The desktop by Electron. */
export function createElectronDesktop(options: ElectronDesktopOptions): Desktop {
  const { windowOf, showWindow, loginStart, showCount } = options;
  const notices = createElectronNotices(showWindow);
  return {
    host: 'electron',
    clipboard: createElectronClipboard(),
    chooseFile: (title) =>
      // A file that is not there yet may be typed into the panel where the system allows it.
      ask(windowOf(), title, ['openFile', 'promptToCreate', 'showHiddenFiles', 'dontAddToRecent']),
    chooseFolder: (title) =>
      ask(windowOf(), title, ['openDirectory', 'createDirectory', 'showHiddenFiles', 'dontAddToRecent']),
    notify: notices.notify,
    noticeWay: notices.way,
    setBadge(count) {
      // Linux shows it where a dock knows how to, and Windows nowhere.
      if (process.platform !== 'win32') app.setBadgeCount(count);
      showCount(count);
    },
    loginStart,
    zone: () => systemZone(systemZonePlace()),
    onWake(listener) {
      // A machine that wakes may say both. Linux tells the first only.
      powerMonitor.on('resume', listener);
      powerMonitor.on('unlock-screen', listener);
    },
    async openExternal(url) {
      await shell.openExternal(safeExternalUrl(url));
      return { by: 'main' };
    },
    onAway(listener) {
      // Linux tells of sleep only: https://github.com/electron/electron/issues/24800.
      powerMonitor.on('lock-screen', listener);
      powerMonitor.on('suspend', listener);
    },
  };
}

async function ask(
  window: BrowserWindow | null,
  title: string,
  properties: NonNullable<OpenDialogOptions['properties']>,
): Promise<FileChoice> {
  const question = { title, properties };
  const answer = await (window === null
    ? dialog.showOpenDialog(question)
    : dialog.showOpenDialog(window, question));
  const [file] = answer.filePaths;
  return answer.canceled || file === undefined ? { outcome: 'cancelled' } : { outcome: 'chosen', file };
}
