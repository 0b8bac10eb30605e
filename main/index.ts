import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, protocol, session } from 'electron';
import { defaultDataFolder } from './desktop/data-folder.ts';
import { bindDoor } from './desktop/electron/bind-door.ts';
import { createElectronDesktop } from './desktop/electron/electron-desktop.ts';
import { createElectronFetch } from './desktop/electron/electron-fetch.ts';
import { pageScheme } from './desktop/electron/page-address.ts';
import { servePage } from './desktop/electron/serve-page.ts';
import { utilityKeychainWorker } from './desktop/electron/utility-keychain-worker.ts';
import { openWindow } from './desktop/electron/window.ts';
import { lockFolder, takenWords, unwritableWords } from './desktop/folder-lock.ts';
import { readPageFiles } from './desktop/page-files.ts';
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

async function run(dataFolder: string): Promise<void> {
  let window: BrowserWindow | null = null;
  function showWindow(): void {
    if (window?.isMinimized()) window.restore();
    window?.show();
    window?.focus();
  }
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());

  await app.whenReady();
  // The browser host does not know Electron's lock; the folder's own is for both.
  const locked = await lockFolder(dataFolder, {
    holder: () => ({ pid: process.pid, host: 'electron', address: null }),
    asked: showWindow,
  });
  if (locked.state === 'taken') return endWith(takenWords(dataFolder, locked.by), 0);
  if (locked.state === 'unwritable') return endWith(unwritableWords(dataFolder, locked.reason), 1);
  const pages = readPageFiles(join(outFolder, 'renderer'));
  session.defaultSession.protocol.handle(pageScheme, (request) => servePage(pages, request));
  const started = await startApp({
    desktop: createElectronDesktop(() => window),
    dataFolder,
    fetch: createElectronFetch(),
    launchKeychainWorker: utilityKeychainWorker(join(outFolder, 'main', 'keychain-worker.js'), process.env),
    sealing: threadedPassphraseSealing(join(outFolder, 'main', 'passphrase-worker.js')),
    sealedBatches: threadedSealedBatches(join(outFolder, 'main', 'sealed-files-worker.js')),
    openStores: electronStores,
  });
  stopBeforeQuit(started);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  window = openWindow(join(outFolder, 'preload', 'preload.cjs'));
  bindDoor(window.webContents, started.door, started.subscribe);
  window.once('closed', () => {
    window = null;
  });
}

/** Says in a window why there is no other one, because nobody sees what a desktop program prints, and ends. */
function endWith(words: string, exitCode: number): void {
  process.stderr.write(`${words}\n`);
  dialog.showErrorBox('Keyturn', words);
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

const dataFolder = chosenDataFolder();
app.setPath('userData', join(dataFolder, 'electron'));
app.setAppUserModelId('dev.keyturn.app');
app.enableSandbox();
// Over a connection that was used before, Chromium sends a request again by itself when the connection ends before
// the answer. Nothing is ever asked of a provider twice unasked, so each request gets a connection of its own: the
// client asks for that by `connection: close`, which only HTTP/1 knows.
app.commandLine.appendSwitch('disable-http2');
app.commandLine.appendSwitch('disable-quic');
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
]);

if (app.requestSingleInstanceLock()) {
  run(dataFolder).catch((cause: unknown) => {
    process.stderr.write(`Keyturn could not start: ${cause instanceof Error ? cause.message : 'unknown'}\n`);
    app.exit(1);
  });
} else app.exit(0);
