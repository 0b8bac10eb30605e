import type { BrowserWindow } from 'electron';
import type { StartedApp } from '../../start-app.ts';
import { bindDoor } from './bind-door.ts';
import { openWindow } from './window.ts';

/** The one window of the app, which may be closed and opened again. */
export interface AppWindow {
  /** The window, while there is one. */
  current(): BrowserWindow | null;
  /** Brings it to the front, and opens it where there is none; as soon as the app has started, if it has not yet. */
  show(): void;
  /** The app is there to be shown. */
  appStarted(app: StartedApp): void;
}

/** Keeps the window. `preload` is the file of the bridge; `hidden`: there is none until it is asked for. */
export function createAppWindow(preload: string, hidden: boolean): AppWindow {
  let window: BrowserWindow | null = null;
  let started: StartedApp | null = null;
  let asked = !hidden;

  function open({ door, subscribe }: StartedApp): BrowserWindow {
    const opened = openWindow(preload);
    bindDoor(opened.webContents, door, subscribe);
    opened.once('closed', () => {
      window = null;
    });
    return opened;
  }
  function show(): void {
    asked = true;
    if (started === null) return;
    if (window === null) {
      window = open(started);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  return {
    current: () => window,
    show,
    appStarted(app) {
      started = app;
      if (asked) show();
    },
  };
}
