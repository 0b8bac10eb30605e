import { accessSync, constants, realpathSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { LoginStart } from '../../shared/ipc/reminders.contract.ts';
import { fail, ok } from '../../shared/result.ts';
import { writeDurably } from '../storage/durable-file.ts';
import { isAbsent, storageFailed } from '../storage/storage-failure.ts';
import type { Desktop } from './desktop.ts';
import { execValue, programIn, readDesktopEntry } from './desktop-entry.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface AutostartOptions {
  /** The entry's file, as `autostartFile` answers it. */
  readonly file: string;
  /** The program, by its absolute path, and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Where a program without a path is looked for, as PATH has it. */
  readonly searchPath: string;
}

/** The file of an app's entry, where the user's own are: https://specifications.freedesktop.org/autostart-spec/latest. */
export function autostartFile(appId: string, env: Env, home: string): string {
  const chosen = env.XDG_CONFIG_HOME;
  // https://specifications.freedesktop.org/basedir-spec: a relative path is to be ignored.
  const config = chosen?.startsWith('/') === true ? chosen : join(home, '.config');
  return join(config, 'autostart', `${appId}.desktop`);
}

/**
 * The file to start this program by. An AppImage runs from a folder that is gone after it; its own file stays. APPIMAGE
 * is inherited by whatever an AppImage starts, so it counts only where this program is inside that image.
 */
export function lastingProgram(execPath: string, { APPIMAGE: image, APPDIR: mounted }: Env): string {
  const inside = mounted !== undefined && mounted !== '' && execPath.startsWith(`${mounted}/`);
  return inside && image !== undefined && image !== '' ? image : execPath;
}

/**
 * The start at login by an entry in the user's autostart folder. What is answered is what the desktop will do, read
 * from the file each time. Turning it off removes the entry only where it starts this program.
 */
export function createXdgAutostart(options: AutostartOptions): Desktop['loginStart'] {
  const { file, command } = options;
  const [program] = command;

  /** Throws where the entry is there and cannot be read. */
  async function read(): Promise<LoginStart> {
    // The specification forbids the one, and GLib, which starts GNOME's, looks for the other without reading `%%` as `%`.
    if (/[=%]/.test(program)) {
      const detail = `A program with = or % in its path cannot be started at login: ${program}`;
      return { state: 'unavailable', detail };
    }
    try {
      return stateOf(await readFile(file, 'utf8'), options);
    } catch (error) {
      if (isAbsent(error)) return { state: 'off', detail: '' };
      throw error;
    }
  }

  async function change(on: boolean): Promise<LoginStart> {
    const { state } = await read();
    if (on && (state === 'off' || state === 'elsewhere')) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeDurably(file, entryText(command), 0o644);
    }
    if (!on && state === 'on') await rm(file);
    return read();
  }

  return {
    get: () => read().catch(() => ({ state: 'unavailable', detail: `${file} cannot be read` })),
    async set(on) {
      try {
        return ok(await change(on));
      } catch (error) {
        return fail(storageFailed(file, error));
      }
    },
  };
}

function stateOf(text: string, { command, searchPath }: AutostartOptions): LoginStart {
  const entry = readDesktopEntry(text);
  const isOff = entry.get('Hidden') === 'true' || entry.get('X-GNOME-Autostart-enabled') === 'false';
  if (isOff) return { state: 'off', detail: '' };
  const named = programIn(entry.get('Exec') ?? '');
  if (named === null) return { state: 'off', detail: '' };
  const found = find(named, searchPath);
  if (found === null) return { state: 'elsewhere', detail: `${named} is to be started, which is not there` };
  if (isSame(found, command[0])) return { state: 'on', detail: '' };
  return { state: 'elsewhere', detail: `${named} is started, not this Keyturn` };
}

/** The file that a program's name or path stands for, if it can be run. */
function find(program: string, searchPath: string): string | null {
  const places = isAbsolute(program)
    ? [program]
    : searchPath.split(delimiter).map((folder) => join(folder, program));
  return places.find(canRun) ?? null;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether both paths lead to one file. */
function isSame(one: string, other: string): boolean {
  try {
    return one === other || realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

function entryText(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Keyturn',
    'Comment=Reminds of API keys that are due',
    `Exec=${execValue(command)}`,
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
