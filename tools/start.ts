import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build-if-needed.ts';
import { chooseHost } from './choose-host.ts';
import { downloadElectron, findElectron } from './electron-binary.ts';

/**
 * `npm start`: builds what is missing or older than its sources, then runs Electron, or the browser host where
 * Electron cannot run. `--browser` asks for the browser host. Everything else goes to the host: `--data-dir=DIR`,
 * and for the browser host `--port=0` and `--allow-many-clients`. Only the host writes to the standard output.
 */
const root = path.join(import.meta.dirname, '..');
const args = process.argv.slice(2);

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function obtainElectron(): string | null {
  const found = findElectron(root, process.env);
  if (found !== null) return found;
  // Some hundred megabytes: a person may wait for them, a script not.
  const patience = process.stderr.isTTY ? 600_000 : 20_000;
  if (process.stderr.isTTY) say('Downloading Electron…');
  downloadElectron(root, process.env, patience);
  return findElectron(root, process.env);
}

/** Runs Electron to its end; where the system cannot run it at all, the browser host takes over. */
function startElectron(program: string): void {
  const child = spawn(program, [root, ...args], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  const begun = Date.now();
  child.once('error', () => startBrowser('Electron could not be started.'));
  child.once('exit', (code, signal) => {
    process.off('SIGINT', pass).off('SIGTERM', pass);
    // Missing system libraries end it with 127, a sandbox that the system forbids with a signal.
    const neverRan =
      Date.now() - begun < 5_000 && (code === 127 || signal === 'SIGTRAP' || signal === 'SIGABRT');
    if (neverRan) startBrowser('Electron cannot run on this system.');
    else process.exit(code ?? 1);
  });
}

/** Runs the browser host in this process, so that signals reach it once. */
function startBrowser(because: string | null): void {
  if (because !== null) say(`${because} Keyturn runs in your browser instead.`);
  const file = path.join(root, 'out', 'main', 'browser.js');
  const own = args.filter((arg) => arg !== '--browser' && arg !== '--no-sandbox');
  process.argv = [process.execPath, file, ...own];
  void import(pathToFileURL(file).href);
}

try {
  buildIfNeeded(root);
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause));
  process.exit(1);
}
const choice = chooseHost({
  args,
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  obtainElectron,
});
if (choice.host === 'electron') startElectron(choice.program);
else startBrowser(choice.because);
