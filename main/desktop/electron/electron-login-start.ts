import { homedir } from 'node:os';
import { app, type LoginItemSettings } from 'electron';
import { failure } from '../../../shared/domain/failure.ts';
import type { LoginStart } from '../../../shared/ipc/reminders.contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { appId, hiddenSwitch } from '../app-id.ts';
import type { Desktop } from '../desktop.ts';
import { autostartFile, createXdgAutostart, lastingProgram } from '../xdg-autostart.ts';

/** The start at login, in the way of each system. `moreArgs`: what the app is started with besides being hidden. */
export function createElectronLoginStart(moreArgs: readonly string[]): Desktop['loginStart'] {
  if (!app.isPackaged) return unavailable('Only an installed Keyturn can be started when you log in.');
  const args = [`--${hiddenSwitch}`, ...moreArgs];
  if (process.platform !== 'linux') return createLoginItem(args);
  return createXdgAutostart({
    file: autostartFile(appId, process.env, homedir()),
    command: [lastingProgram(process.execPath, process.env), ...args],
    searchPath: process.env.PATH ?? '',
  });
}

function unavailable(detail: string): Desktop['loginStart'] {
  const state: LoginStart = { state: 'unavailable', detail };
  return { get: async () => state, set: async () => ok(state) };
}

/** The login item of macOS, which knows no arguments, and of Windows, which compares them. */
function createLoginItem(args: readonly string[]): Desktop['loginStart'] {
  // Electron joins the arguments as they are.
  const quoted = args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg));
  const own = process.platform === 'win32' ? { path: process.execPath, args: quoted } : {};

  async function get(): Promise<LoginStart> {
    const item = app.getLoginItemSettings(own);
    return process.platform === 'win32' ? windowsState(item) : macState(item);
  }

  return {
    get,
    async set(on) {
      try {
        app.setLoginItemSettings({ ...own, openAtLogin: on });
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        return fail(failure('storage-failed', { file: 'login item', reason }));
      }
      return ok(await get());
    },
  };
}

/** Before the first registration macOS says `not-found` as well as `not-registered`. */
function macState({ status }: LoginItemSettings): LoginStart {
  if (status === 'enabled') return { state: 'on', detail: '' };
  if (status !== 'requires-approval') return { state: 'off', detail: '' };
  return {
    state: 'off',
    detail: 'macOS waits for your approval in System Settings › General › Login Items.',
  };
}

function windowsState(item: LoginItemSettings): LoginStart {
  const { openAtLogin, executableWillLaunchAtLogin, launchItems } = item;
  if (openAtLogin && executableWillLaunchAtLogin) return { state: 'on', detail: '' };
  if (openAtLogin) return { state: 'off', detail: 'Startup apps in Windows’ settings has it switched off.' };
  // The value's name is our id where nothing else was said.
  const other = launchItems.find(({ name, enabled }) => name === appId && enabled);
  if (other === undefined) return { state: 'off', detail: '' };
  return { state: 'elsewhere', detail: `${other.path} is started, not this Keyturn` };
}
