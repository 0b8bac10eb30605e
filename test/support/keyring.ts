import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * A session of its own for a test: a temporary home, a private D-Bus session bus and a real GNOME Keyring behind it.
 * Whatever runs with `env` uses it and cannot reach the keyring of the machine's user. Needs Linux with `dbus`,
 * `gnome-keyring` and `libsecret-tools`; no screen, no systemd, any user.
 */
export interface Keyring {
  /** The whole environment for a program that is to use this keyring. */
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** Runs `secret-tool` in this session; `input` is what it reads. */
  secretTool(args: readonly string[], input?: string): Promise<Finished>;
  /** Locks the default keyring, as a screen lock can. There is no screen, so that a prompt to unlock it fails at once. */
  lock(): Promise<void>;
  /** Stops the daemon in its tracks, so that calls wait for it: a prompt that nobody answers. Undone by `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Kills the daemon as a crash would. The bus starts a locked one at the next call. */
  killDaemon(): Promise<void>;
  /** Kills the daemon and starts it again. */
  restartDaemon(options: { readonly unlock: boolean }): Promise<void>;
  /** Ends every process of this session, and removes the home if it was made here. May be called twice; done at the latest when this process exits. */
  stop(): Promise<void>;
}

export interface KeyringOptions {
  /** Whether the keyring is made (in a new home) and unlocked; otherwise the bus starts a locked daemon when asked. */
  readonly unlock: boolean;
  /** A home to use again, such as another session's with what its keyring holds; it is not removed. */
  readonly home?: string;
  /** False: a bus on which nobody offers a keychain. */
  readonly provider?: boolean;
  /** True: who needs the keyring unlocked is asked in a window, which nobody ever answers. Otherwise there is no window. */
  readonly silentPrompt?: boolean;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool'];
const passphrase = 'the passphrase of a test keyring';
const login = '/org/freedesktop/secrets/collection/login';
const service = 'org.freedesktop.secrets';
const lockMethod = 'org.freedesktop.Secret.Service.Lock';

/** Starts the session. Throws one sentence that says what to install where something is missing. */
export async function startKeyring(options: KeyringOptions): Promise<Keyring> {
  requirePrograms();
  const root = await mkdtemp(join(tmpdir(), 'keyturn-session-'));
  const home = options.home ?? join(root, 'home');
  const runtime = join(root, 'run');
  for (const folder of [home, runtime]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(runtime, 'bus')}`,
  };
  const mark = `XDG_RUNTIME_DIR=${runtime}`;
  const bus = await startBus(root, env, options);

  /** The session's processes, the bus excepted: known by the runtime folder, which no other process has. */
  const daemons = () => processesWith(mark).filter(isDaemon);

  async function killDaemon(): Promise<void> {
    // Whoever asks for the keychain meanwhile makes the bus start another one, which has to go too.
    await until('the keyring daemon to end', async () => {
      for (const { pid } of daemons()) kill(pid, 'SIGKILL');
      return daemons().length === 0 && !(await hasOwner(env));
    });
  }
  async function unlock(): Promise<void> {
    await startDaemon(env);
    await until('the keyring to answer', () => hasOwner(env));
  }
  async function signal(name: NodeJS.Signals): Promise<void> {
    for (const { pid } of daemons()) kill(pid, name);
  }
  /** What a test that failed, or a runner that was interrupted, has not stopped. */
  const onExit = () => {
    bus.kill('SIGKILL');
    for (const { pid } of processesWith(mark)) kill(pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
  };
  process.once('exit', onExit);

  async function stop(): Promise<void> {
    process.off('exit', onExit);
    for (const { pid } of processesWith(mark)) kill(pid, 'SIGKILL');
    bus.kill('SIGKILL');
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }

  if (options.unlock) await unlock().catch((error: unknown) => stop().then(() => Promise.reject(error)));
  return {
    env,
    home,
    secretTool: (args, input = '') => run('secret-tool', args, env, input),
    async lock() {
      const answer = await send(
        env,
        service,
        '/org/freedesktop/secrets',
        lockMethod,
        `array:objpath:${login}`,
      );
      if (answer.code !== 0) throw new Error(`The keyring did not lock: ${answer.stderr}`);
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    killDaemon,
    async restartDaemon({ unlock: open }) {
      await killDaemon();
      if (open) await unlock();
    },
    stop,
  };
}

function requirePrograms(): void {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const missing = programs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  if (missing.length === 0) return;
  throw new Error(
    `A real keyring is needed and ${missing.join(', ')} cannot be found: install the packages dbus, gnome-keyring and libsecret-tools.`,
  );
}

async function startBus(
  root: string,
  env: NodeJS.ProcessEnv,
  options: KeyringOptions,
): Promise<ChildProcess> {
  const config = join(root, 'bus.conf');
  const services = join(root, 'services');
  await mkdir(services);
  if (options.silentPrompt) {
    // A program that never takes the name it was started for: the daemon waits for it as for a person.
    const prompter = 'org.gnome.keyring.SystemPrompter';
    await writeFile(
      join(services, `${prompter}.service`),
      `[D-BUS Service]\nName=${prompter}\nExec=/bin/sleep 600\n`,
    );
  }
  const address = String(env.DBUS_SESSION_BUS_ADDRESS);
  await writeFile(config, busConfiguration(address, services, options.provider ?? true));
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve, reject) => {
    bus.once('error', reject);
    bus.once('exit', (code) => reject(new Error(`dbus-daemon ended with the code ${code}`)));
    bus.stdout.once('data', () => resolve());
  });
  bus.stdout.destroy();
  bus.removeAllListeners('exit');
  bus.unref();
  return bus;
}

const busConfiguration = (address: string, services: string, provider: boolean) => `<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${services}</servicedir>
  ${provider ? '<standard_session_servicedirs/>' : ''}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

async function hasOwner(env: NodeJS.ProcessEnv): Promise<boolean> {
  const bus = 'org.freedesktop.DBus';
  const answer = await send(env, bus, '/org/freedesktop/DBus', `${bus}.NameHasOwner`, `string:${service}`);
  return answer.stdout.includes('boolean true');
}

function send(env: NodeJS.ProcessEnv, to: string, path: string, ...call: string[]): Promise<Finished> {
  return run('dbus-send', ['--session', '--print-reply', `--dest=${to}`, path, ...call], env, '');
}

/** Runs a program to its end. */
function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input: string,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    // A program that does not read its input closes the pipe.
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** Makes the login keyring if there is none, unlocks it, and leaves the daemon behind, which inherits what it can: nothing. */
function startDaemon(env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`gnome-keyring-daemon ended with the code ${code}`));
    });
    child.stdin.on('error', () => undefined).end(passphrase);
  });
}

interface Process {
  readonly pid: number;
  readonly command: string;
}

const isDaemon = (process: Process) => process.command.includes('gnome-keyring-daemon');

/** The processes that were started with this variable, those that have ended but not been waited for excepted. */
function processesWith(variable: string): Process[] {
  const found: Process[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const environment = textOf(`/proc/${entry}/environ`);
    if (!environment.split('\0').includes(variable)) continue;
    const command = textOf(`/proc/${entry}/cmdline`);
    found.push({ pid: Number(entry), command });
  }
  return found;
}

/** The file's text; none where the process has ended meanwhile or belongs to another user. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited 10 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
