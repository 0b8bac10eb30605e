import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, dialog, Menu, protocol, session } from 'electron';
import { appId, hiddenSwitch } from './desktop/app-id.ts';
import { defaultDataFolder } from './desktop/data-folder.ts';
import { createAppWindow } from './desktop/electron/app-window.ts';
import { createElectronDesktop } from './desktop/electron/electron-desktop.ts';
import { createElectronFetch } from './desktop/electron/electron-fetch.ts';
import { createElectronLoginStart } from './desktop/electron/electron-login-start.ts';
import { pageScheme } from './desktop/electron/page-address.ts';
import { servePage } from './desktop/electron/serve-page.ts';
import { createCountTray } from './desktop/electron/tray.ts';
import { utilityKeychainWorker } from './desktop/electron/utility-keychain-worker.ts';
import { lockFolder, takenWords, unwritableWords } from './desktop/folder-lock.ts';
import { readPageFiles } from './desktop/page-files.ts';
import { checkByApp, checkSwitch } from './leaks/check-command.ts';
import { runCheck } from './leaks/run-check.ts';
import { threadedPassphraseSealing } from './secrets/threaded-passphrase-sealing.ts';
import { threadedSealedBatches } from './secrets/threaded-sealed-batches.ts';
import { type StartedApp, startApp } from './start-app.ts';
import { electronStores } from './storage/electron-store.ts';

/*
 * Electron's entry. The data folder is chosen first, because Electron's own files and its single-instance lock go
 * by it; then the lock is taken, and whoever does not get it does nothing else.
 */

const stopCapMs = 3_000;
const outFolder = join(import.meta.dirname, '..');

function chosenDataFolder(): string {
  const chosen = app.commandLine.getSwitchValue('data-dir');
  return chosen === '' ? defaultDataFolder(process.platform, process.env, homedir()) : resolve(chosen);
}

/** Whether the system started the app at login, where nobody waits for a window. macOS gives no arguments to what it starts. */
function startsHidden(): boolean {
  if (app.commandLine.hasSwitch(hiddenSwitch)) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** What starts the app again with the folder that it was started with. */
function chosenFolderArgs(): readonly string[] {
  return app.commandLine.getSwitchValue('data-dir') === '' ? [] : [`--data-dir=${chosenDataFolder()}`];
}

async function run(dataFolder: string): Promise<void> {
  const hidden = startsHidden();
  const window = createAppWindow(join(outFolder, 'preload', 'preload.cjs'), hidden);
  app.on('second-instance', (_, argv) => {
    // A session that is restored starts what it starts at login again.
    if (!argv.includes(`--${hiddenSwitch}`)) window.show();
  });
  app.on('activate', window.show);
  // Who was started at login goes on without a window, as it began: another start, a notice or the tray brings it back.
  app.on('window-all-closed', () => {
    if (!hidden) app.quit();
  });

  await app.whenReady();
  // The browser host does not know Electron's lock; the folder's own is for both.
  const locked = await lockFolder(dataFolder, {
    holder: () => ({ pid: process.pid, host: 'electron', address: null }),
    asked: window.show,
  });
  if (locked.state === 'taken') return endWith(takenWords(dataFolder, locked.by), 0, hidden);
  if (locked.state === 'unwritable') return endWith(unwritableWords(dataFolder, locked.reason), 1, hidden);
  const pages = readPageFiles(join(outFolder, 'renderer'));
  session.defaultSession.protocol.handle(pageScheme, (request) => servePage(pages, request));
  const tray = createCountTray({ showWindow: window.show, quit: () => app.quit() });
  tray.showCount(0);
  const started = await startApp({
    desktop: createElectronDesktop({
      windowOf: window.current,
      showWindow: window.show,
      loginStart: createElectronLoginStart(chosenFolderArgs()),
      showCount: tray.showCount,
    }),
    dataFolder,
    fetch: createElectronFetch(),
    launchKeychainWorker: utilityKeychainWorker(join(outFolder, 'main', 'keychain-worker.js'), process.env),
    sealing: threadedPassphraseSealing(join(outFolder, 'main', 'passphrase-worker.js')),
    sealedBatches: threadedSealedBatches(join(outFolder, 'main', 'sealed-files-worker.js')),
    leaks: {
      workerFile: join(outFolder, 'main', 'leaks-worker.js'),
      checkCommand: checkByApp(app, process.env, dataFolder),
    },
    openStores: electronStores,
  });
  stopBeforeQuit(started);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  window.appStarted(started);
}

/**
 * Says in a window why there is no other one, because nobody sees what a desktop program prints, and ends. At login
 * nobody asked for a window.
 */
function endWith(words: string, exitCode: number, hidden: boolean): void {
  process.stderr.write(`${words}\n`);
  if (!hidden) dialog.showErrorBox('Keyturn', words);
  app.exit(exitCode);
}

/** Holds the end back until the clipboard is clear and work has come to a stop. */
function stopBeforeQuit(started: StartedApp): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void started.stop(stopCapMs).then(() => app.exit(0));
  });
}

/**
 * Checks what is staged for a hook, and ends: no window, no lock, and nothing written to the data folder, which an app
 * that is running has for itself. Electron's own files go where they are removed.
 */
async function checkForHook(dataFolder: string): Promise<void> {
  const ownFiles = mkdtempSync(join(tmpdir(), 'keyturn-check-'));
  app.setPath('userData', ownFiles);
  app.disableHardwareAcceleration();
  app.dock?.hide();
  await app.whenReady();
  const exitCode = await runCheck({
    dataFolder,
    folder: process.cwd(),
    env: process.env,
    launchKeychainWorker: utilityKeychainWorker(join(outFolder, 'main', 'keychain-worker.js'), process.env),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  rmSync(ownFiles, { recursive: true, force: true });
  app.exit(exitCode);
}

/** Ends with what went wrong in one line, where nothing could be begun. */
function giveUp(cause: unknown): void {
  process.stderr.write(`Keyturn could not start: ${cause instanceof Error ? cause.message : 'unknown'}\n`);
  app.exit(1);
}

/** Starts the app, unless it is running with this data folder. */
function start(dataFolder: string): void {
  app.setPath('userData', join(dataFolder, 'electron'));
  app.setAppUserModelId(appId);
  app.enableSandbox();
  // Over a connection that was used before, Chromium sends a request again by itself when the connection ends before
  // the answer. Nothing is ever asked of a provider twice unasked, so each request gets a connection of its own: the
  // client asks for that by `connection: close`, which only HTTP/1 knows.
  app.commandLine.appendSwitch('disable-http2');
  app.commandLine.appendSwitch('disable-quic');
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
  if (app.requestSingleInstanceLock()) run(dataFolder).catch(giveUp);
  else app.exit(0);
}

if (app.commandLine.hasSwitch(checkSwitch)) checkForHook(chosenDataFolder()).catch(giveUp);
else start(chosenDataFolder());
