import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { isOnPath } from '../../../main/desktop/browser/run-command.ts';
import { startKeyring } from '../../support/keyring.ts';

const run = promisify(execFile);

/** A desktop session without a screen: a private bus, and a display in memory on which programs are seen. */
export interface DesktopSession {
  readonly env: NodeJS.ProcessEnv;
  /** Starts the daemon that shows notices, and answers when it can be asked. */
  startNoticeDaemon(): Promise<void>;
  /** Starts a panel that says whether it shows status icons. Needs Debian's python3-gi. */
  startPanel(icons: 'seen' | 'unseen'): Promise<void>;
  /** How many pixels of the screen have the background of notices. */
  noticePixels(): Promise<number>;
  /** Clicks on the notice that is shown: the left button takes the notice itself, the right one its action `label`. */
  click(button: 'left' | 'right'): Promise<void>;
  /** What the right button chooses in the notice's menu. */
  choose(label: string): void;
  /** Sends the notice away as a person does who has no time. */
  dismiss(): Promise<void>;
  /** The notices that were shown and are gone. */
  shown(): Promise<readonly { readonly app: string; readonly title: string; readonly body: string }[]>;
  stop(): Promise<void>;
}

const width = 900;
const height = 500;
/** A colour that nothing else on the screen has. */
const background = [0x2a, 0x5c, 0x40] as const;

const programs = ['Xvfb', 'dunst', 'dunstctl', 'notify-send', 'xdotool', 'import'];
const trayWatcher = 'org.kde.StatusNotifierWatcher';

/** What a desktop session takes and is not installed, in words; null: everything is. */
export function missingForSession(): string | null {
  if (process.platform !== 'linux') return 'Linux';
  const missing = programs.filter((program) => !isOnPath(program));
  return missing.length === 0 ? null : missing.join(', ');
}

/** Whether `startPanel` can. */
export function hasPanel(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import gi'], { stdio: 'ignore' }).status === 0;
}

/** Starts the session, on which nobody shows notices yet. */
export async function startDesktopSession(): Promise<DesktopSession> {
  const keyring = await startKeyring({ unlock: false, provider: false });
  const { home } = keyring;
  const children: ChildProcess[] = [];

  function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    child.on('error', () => undefined);
    children.push(child);
    return child;
  }

  const display = start(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    keyring.env,
  );
  const number = await firstLine(display.stdio[3] as Readable);
  const env = { ...keyring.env, DISPLAY: `:${number}` };

  const choice = join(home, 'choice');
  const menu = join(home, 'menu');
  writeFileSync(menu, `#!/bin/sh\ngrep -F "$(cat ${choice})"\n`);
  chmodSync(menu, 0o755);
  const configuration = join(home, 'dunstrc');
  writeFileSync(configuration, dunstConfiguration(menu));

  const control = async (...args: string[]) => (await run('dunstctl', args, { env })).stdout;
  const answers = (program: string, ...args: string[]) =>
    run(program, args, { env }).then(
      () => true,
      () => false,
    );

  return {
    env,
    async startNoticeDaemon() {
      start('dunst', ['-conf', configuration], env);
      await until('the notice daemon', () => answers('dunstctl', 'is-paused'));
    },
    async startPanel(icons) {
      start('/usr/bin/python3', [join(import.meta.dirname, 'tray-place.py'), icons], env);
      const ask = ['--session', `--dest=${trayWatcher}`, '--print-reply', '/StatusNotifierWatcher'];
      const properties = 'org.freedesktop.DBus.Properties.GetAll';
      await until('the panel', () => answers('dbus-send', ...ask, properties, `string:${trayWatcher}`));
    },
    async noticePixels() {
      const { stdout } = await run('import', ['-window', 'root', '-depth', '8', 'rgb:-'], {
        env,
        encoding: 'buffer',
        maxBuffer: width * height * 4,
      });
      let count = 0;
      for (let at = 0; at < stdout.length; at += 3) {
        if (background.every((part, index) => stdout[at + index] === part)) count += 1;
      }
      return count;
    },
    async click(button) {
      const place = [String(width - 100), '30'];
      await run('xdotool', ['mousemove', ...place, 'click', button === 'left' ? '1' : '3'], { env });
    },
    choose: (label) => writeFileSync(choice, label),
    dismiss: async () => void (await control('close')),
    async shown() {
      const history = JSON.parse(await control('history')) as History;
      return history.data[0].map(({ appname, summary, body }) => ({
        app: appname.data,
        title: summary.data,
        body: body.data,
      }));
    },
    async stop() {
      for (const child of children) child.kill('SIGKILL');
      await keyring.stop();
    },
  };
}

/** What `dunstctl history` prints, as far as it is looked at. */
interface History {
  readonly data: readonly [readonly Record<'appname' | 'summary' | 'body', { readonly data: string }>[]];
}

const dunstConfiguration = (menu: string) => `[global]
  origin = top-right
  offset = 0x0
  width = 300
  height = 200
  font = Sans 11
  dmenu = ${menu}
  markup = full
  mouse_left_click = do_action
  mouse_right_click = context
  frame_width = 1
[urgency_low]
  background = "#${hex}"
  foreground = "#ffffff"
  timeout = 0
[urgency_normal]
  background = "#${hex}"
  foreground = "#ffffff"
  timeout = 0
`;
const hex = background.map((part) => part.toString(16).padStart(2, '0')).join('');

function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.trim());
    });
    stream.once('end', () => reject(new Error('The display did not start')));
  });
}

/** Waits until `isSo`; throws after 15 seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited 15 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
