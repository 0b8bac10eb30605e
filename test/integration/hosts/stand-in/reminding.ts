import { createElectronDesktop } from '../../../../main/desktop/electron/electron-desktop.ts';
import { createElectronLoginStart } from '../../../../main/desktop/electron/electron-login-start.ts';
import { createElectronNotices } from '../../../../main/desktop/electron/electron-notices.ts';
import { createCountTray } from '../../../../main/desktop/electron/tray.ts';
import { loginItem, notifications, powerMonitor, record } from './electron.ts';

/*
 * Shows notices, a tray icon and the start at login as on the system that is the first argument, answers them as Electron
 * would tell it, and prints what came of it.
 */

Object.defineProperty(process, 'platform', { value: process.argv[2] });
const answers: string[] = [];
let windows = 0;
const showWindow = () => {
  windows += 1;
};

const notices = createElectronNotices(showWindow);
const notice = {
  title: 'shop is due today',
  body: 'Rotate it.',
  actions: [
    { id: 'rotate', label: 'Rotate' },
    { id: 'snooze', label: 'Snooze', inBackground: true },
  ],
};
const notify = () => {
  notices.notify(notice, (action) => answers.push(action));
  return record.notifications.at(-1);
};

const unsupported = await notices.way();
notify();
const madeUnsupported = record.notifications.length;
notifications.supported = true;
const told: [string, number][] = [];
const answer = (event: string, ...details: unknown[]) => {
  notify()?.emit(event, ...details);
  told.push([answers.splice(0).join(), windows]);
};
answer('click', {});
answer('action', { actionIndex: 0 });
answer('action', { actionIndex: 1 });
answer('action', { actionIndex: 7 });
answer('close', { reason: 'userCanceled' });
answer('failed', {}, 'not signed');
const failed = await notices.way();

const tray = createCountTray({ showWindow, quit: () => record.steps.push('quit') });
const trayMenus: unknown[] = [];
for (const count of [0, 1, 3]) {
  tray.showCount(count);
  await new Promise((resolve) => setTimeout(resolve, 50));
  trayMenus.push(record.trays[0]?.menu.map((item) => (item as { label?: string }).label ?? '-'));
}

const login = createElectronLoginStart(['--data-dir=/srv/my keys']);
const logins: unknown[] = [];
const items = [
  {},
  { openAtLogin: true, executableWillLaunchAtLogin: true, status: 'enabled' },
  { openAtLogin: true, executableWillLaunchAtLogin: false, status: 'requires-approval' },
  {
    openAtLogin: false,
    launchItems: [{ name: 'dev.keyturn.app', path: 'C:\\old\\Keyturn.exe', enabled: true }],
  },
];
for (const item of items) {
  Object.assign(loginItem, { openAtLogin: false, status: 'not-found', launchItems: [] }, item);
  logins.push(await login.get());
}
await login.set(true);
await login.set(false);

let wakes = 0;
const counts: number[] = [];
const desktop = createElectronDesktop({
  windowOf: () => null,
  showWindow,
  loginStart: login,
  showCount: (count) => counts.push(count),
});
desktop.onWake(() => {
  wakes += 1;
});
powerMonitor.emit('resume');
powerMonitor.emit('unlock-screen');
desktop.setBadge(4);

process.stdout.write(
  JSON.stringify({
    unsupported,
    madeUnsupported,
    options: record.notifications[0]?.options,
    told,
    failed,
    trays: record.trays.length,
    trayMenus,
    toolTip: record.trays[0]?.toolTip,
    wakes,
    counts,
    badges: record.badges,
    logins,
    loginItems: record.loginItems,
  }),
);
process.exit(0);
