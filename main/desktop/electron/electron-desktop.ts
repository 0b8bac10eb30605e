import {
  type BrowserWindow,
  dialog,
  Notification,
  type OpenDialogOptions,
  powerMonitor,
  shell,
} from 'electron';
import type { Desktop, FileChoice } from '../desktop.ts';
import { safeExternalUrl } from '../safe-url.ts';
import { createElectronClipboard } from './electron-clipboard.ts';

/** The desktop by Electron. `windowOf` answers the window that a dialog belongs to, if there is one. */
export function createElectronDesktop(windowOf: () => BrowserWindow | null): Desktop {
  return {
    host: 'electron',
    clipboard: createElectronClipboard(),
    chooseFile: (title) =>
      // A file that is not there yet may be typed into the panel where the system allows it.
      ask(windowOf(), title, ['openFile', 'promptToCreate', 'showHiddenFiles', 'dontAddToRecent']),
    chooseFolder: (title) =>
      ask(windowOf(), title, ['openDirectory', 'createDirectory', 'showHiddenFiles', 'dontAddToRecent']),
    notify(notice) {
      // Where the system shows no notices, the page still says the same.
      if (Notification.isSupported()) new Notification({ title: notice.title, body: notice.body }).show();
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
