import { createElectronDesktop } from '../../../../main/desktop/electron/electron-desktop.ts';
import { createElectronLoginStart } from '../../../../main/desktop/electron/electron-login-start.ts';
import { BrowserWindow, dialogAnswer, record } from './electron.ts';

/* Asks for a file and for folders by Electron's dialogs, and prints what was asked and answered. */

const window = new BrowserWindow({});
let shown: BrowserWindow | null = null;
// The stand-in is as much of a window as the desktop looks at.
const desktop = createElectronDesktop({
  windowOf: () => shown as never,
  showWindow: () => undefined,
  loginStart: createElectronLoginStart([]),
  showCount: () => undefined,
});

const answers: unknown[] = [];
dialogAnswer.filePaths = ['/projects/shop/.env'];
answers.push(await desktop.chooseFile('Write to'));
shown = window;
dialogAnswer.filePaths = ['/projects/shop'];
answers.push(await desktop.chooseFolder('Look for keys in'));
dialogAnswer.canceled = true;
answers.push(await desktop.chooseFolder('Look for keys in'));

process.stdout.write(JSON.stringify({ answers, dialogs: record.dialogs }));
process.exit(0);
