import { EventEmitter } from 'node:events';

/*
 * A stand-in for the module `electron`: what the app's entry uses of it, and a record of what was done with it.
 * It says nothing of how Electron behaves; it shows what the app asks of Electron.
 */

type Listener = (...args: unknown[]) => unknown;

/** What the entry did, for the scenario to look at. */
export const record = {
  steps: [] as string[],
  exits: [] as number[],
  windows: [] as BrowserWindow[],
  notifications: [] as Notification[],
  trays: [] as Tray[],
  badges: [] as number[],
  loginItems: [] as unknown[],
  dialogs: [] as { overWindow: boolean; question: unknown }[],
  schemes: [] as unknown[],
  pages: new Map<string, Listener>(),
  permissionRequest: (() => undefined) as Listener,
  permissionCheck: (() => undefined) as Listener,
};

class App extends EventEmitter {
  readonly isPackaged = true;
  readonly commandLine = {
    getSwitchValue: (name: string) => (name === 'data-dir' ? String(process.env.STAND_IN_DATA) : ''),
    hasSwitch: (name: string) => (process.env.STAND_IN_SWITCH ?? '').split(',').includes(name),
    appendSwitch: (name: string) => record.steps.push(`switch ${name}`),
  };
  setPath = (name: string, place: string) => record.steps.push(`${name} ${place}`);
  setAppUserModelId = (id: string) => record.steps.push(`app id ${id}`);
  setBadgeCount = (count: number) => record.badges.push(count);
  getLoginItemSettings = () => loginItem;
  setLoginItemSettings = (settings: unknown) => record.loginItems.push(settings);
  disableHardwareAcceleration = () => record.steps.push('no graphics');
  enableSandbox = () => record.steps.push('sandbox');
  requestSingleInstanceLock = () => {
    record.steps.push('lock');
    return process.env.STAND_IN_LOCK === '1';
  };
  whenReady = async () => record.steps.push('ready');
  exit = (code: number) => record.exits.push(code);
  quit = () => this.emit('before-quit', { preventDefault: () => record.steps.push('quit held') });
  getPath = () => String(process.env.STAND_IN_DATA);
  getVersion = () => '0.0.0';
}
export const app = new App();

/** What the system says of the start at login. */
export const loginItem = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: 'not-registered',
  executableWillLaunchAtLogin: false,
  launchItems: [] as unknown[],
};

export const session = {
  defaultSession: {
    protocol: { handle: (scheme: string, handler: Listener) => record.pages.set(scheme, handler) },
    setPermissionRequestHandler: (handler: Listener) => {
      record.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler: Listener) => {
      record.permissionCheck = handler;
    },
    setDevicePermissionHandler: () => undefined,
  },
  fromPartition: () => ({ fetch, setPermissionRequestHandler: () => undefined }),
};

class Contents extends EventEmitter {
  readonly session = session.defaultSession;
  readonly mainFrame = { url: 'keyturn://app/', parent: null };
  readonly sent: unknown[] = [];
  handler: Listener = () => undefined;
  openHandler: Listener = () => undefined;
  readonly ipc = {
    handle: (_: string, listener: Listener) => {
      this.handler = listener;
    },
  };
  isDestroyed = () => false;
  send = (_: string, message: unknown) => this.sent.push(message);
  setWindowOpenHandler = (handler: Listener) => {
    this.openHandler = handler;
  };
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new Contents();
  readonly loaded: string[] = [];
  readonly options: unknown;

  constructor(options: unknown) {
    super();
    this.options = options;
    record.windows.push(this);
  }
  setContentProtection = () => record.steps.push('content protection');
  loadURL = async (url: string) => this.loaded.push(url);
  show = () => record.steps.push('window shown');
  focus = () => undefined;
  isMinimized = () => false;
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => record.schemes.push(...schemes),
};
export const Menu = {
  setApplicationMenu: () => undefined,
  buildFromTemplate: (items: unknown[]) => items,
};

export class Tray extends EventEmitter {
  menu: unknown[] = [];
  toolTip = '';

  constructor() {
    super();
    record.trays.push(this);
  }
  setContextMenu(items: unknown[]): void {
    this.menu = items;
  }
  setToolTip(words: string): void {
    this.toolTip = words;
  }
}

export const nativeImage = {
  createFromBuffer: () => ({ addRepresentation: () => undefined, setTemplateImage: () => undefined }),
};
/** What an opened dialog is answered with. */
export const dialogAnswer = { canceled: false, filePaths: [] as string[] };

export const dialog = {
  showErrorBox: (_: string, words: string) => record.steps.push(`said ${words}`),
  /** With the window first, if there is one. */
  async showOpenDialog(...asked: unknown[]) {
    record.dialogs.push({ overWindow: asked.length === 2, question: asked.at(-1) });
    return dialogAnswer;
  },
};
export const shell = {};
export const powerMonitor = new EventEmitter();
export const ipcMain = new EventEmitter();
/** Whether the system shows notifications. */
export const notifications = { supported: false };

export class Notification extends EventEmitter {
  static readonly isSupported = () => notifications.supported;
  readonly options: unknown;
  shown = 0;

  constructor(options: unknown) {
    super();
    this.options = options;
    record.notifications.push(this);
  }
  show(): void {
    this.shown += 1;
    this.emit('show', {});
  }
}
export class ClipboardItem {}
export const clipboard = {
  selection: undefined,
  readText: async () => '',
};
export const utilityProcess = {
  fork: () => Object.assign(new EventEmitter(), { postMessage: () => undefined, kill: () => true }),
};
// electron-store asks for the module's default export.
// biome-ignore lint/style/noDefaultExport: it is the shape of the module that is stood in for.
export default { app, ipcMain, shell };
