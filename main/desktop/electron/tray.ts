import { Menu, nativeImage, Tray } from 'electron';
import { hasTrayService } from '../tray-service.ts';
import { trayImagePng } from './tray-image.ts';

export interface TrayOptions {
  /** Brings the window to the front, and opens one where there is none. */
  readonly showWindow: () => void;
  readonly quit: () => void;
}

/** The icon beside the clock, on desktops that have a place for it. Nothing depends on it. */
export interface CountTray {
  /** Shows the icon, or the new count on the one that is there. */
  showCount(count: number): void;
}

/**
 * A tray icon that opens the app, says how many keys are due, and quits. A panel may start later than the app does at
 * login, so its place is looked for again with every count until there is one.
 */
export function createCountTray({ showWindow, quit }: TrayOptions): CountTray {
  let tray: Tray | null = null;
  let shown = 0;
  let looking = false;

  function label(current: Tray): void {
    const due = dueWords(shown);
    current.setToolTip(`Keyturn: ${due}`);
    current.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Keyturn', click: showWindow },
        { label: due, enabled: shown > 0, click: showWindow },
        { type: 'separator' },
        { label: 'Quit', click: quit },
      ]),
    );
  }

  async function open(): Promise<void> {
    if (looking) return;
    looking = true;
    const seen = process.platform !== 'linux' || (await hasTrayService(process.env));
    looking = false;
    if (!seen) return;
    tray = new Tray(trayImage());
    // macOS opens the menu at a click.
    if (process.platform !== 'darwin') tray.on('click', showWindow);
    label(tray);
  }

  return {
    showCount(count) {
      shown = count;
      if (tray !== null) label(tray);
      else open().catch(() => undefined); // Without it the app is used by its window.
    },
  };
}

function dueWords(count: number): string {
  if (count === 0) return 'No key is due';
  return count === 1 ? '1 key is due' : `${count} keys are due`;
}

/** macOS colours the icon itself; elsewhere its colour has to do on light and on dark. */
function trayImage(): Electron.NativeImage {
  const colour = process.platform === 'darwin' ? ([0, 0, 0] as const) : ([176, 132, 42] as const);
  const size = process.platform === 'darwin' ? 18 : 22;
  const image = nativeImage.createFromBuffer(trayImagePng(size, colour));
  image.addRepresentation({ scaleFactor: 2, buffer: trayImagePng(size * 2, colour) });
  image.setTemplateImage(process.platform === 'darwin');
  return image;
}
