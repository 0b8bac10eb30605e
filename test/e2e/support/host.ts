import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { findElectron } from '../../../tools/electron-binary.ts';
import { launchApp, type RunningApp } from '../../support/launch-app.ts';

const projectFolder = path.resolve(import.meta.dirname, '../../..');

/** Whether the tests run in real Electron (`npm run test:electron`) and not in the browser host. */
export const isElectron = process.env.KEYTURN_E2E_HOST === 'electron';

/** Why a spec is skipped in Electron. */
export const browserHostOnly = 'is about the browser host, or starts the app more than once';

/** Where a test starts the app. */
export interface AppPlace {
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The app as Playwright drives it in Electron. Its window is the page of the test. */
export async function launchElectron({ dataFolder, env }: AppPlace): Promise<ElectronApplication> {
  const executablePath = findElectron(projectFolder, process.env);
  if (executablePath === null) throw new Error('Electron is not installed: npm run test:electron says how.');
  return _electron.launch({
    executablePath,
    args: [projectFolder, `--data-dir=${dataFolder}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    // The window needs the screen of whoever runs the tests; everything else is the test's own session.
    env: { ...screenOf(process.env), ...env },
  });
}

/** Starts the app in the browser host. */
export const launchBrowserHost = ({ dataFolder, env }: AppPlace): Promise<RunningApp> =>
  launchApp({ dataFolder, env });

/** An app in Electron, as far as the tests ask for what they ask of the browser host. */
export function asRunningApp(electron: ElectronApplication): RunningApp {
  let output = '';
  const child = electron.process();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    url: 'keyturn://app/',
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => electron.close(),
    kill: async () => {
      child.kill('SIGKILL');
    },
  };
}

function screenOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
