import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const projectFolder = path.resolve(import.meta.dirname, '../..');

/** The real app, started as a user would, in the browser host. */
export interface RunningApp {
  /** The address that the ready line named, token included. */
  readonly url: string;
  readonly pid: number;
  /** Everything that it wrote to standard output and standard error. */
  output(): string;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  readonly dataFolder: string;
  /** The session that it finds its keychain in; nothing of this process's own environment but PATH is handed on. */
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

const startLimitMs = 20_000;

/**
 * Starts the built app (`out/`) and answers when it has printed its ready line. Throws with its output when it ends or
 * takes too long before that.
 */
export async function launchApp({ dataFolder, env, args = [] }: LaunchOptions): Promise<RunningApp> {
  const child = spawn(
    process.execPath,
    [path.join(projectFolder, 'out/main/browser.js'), '--port=0', `--data-dir=${dataFolder}`, ...args],
    { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const url = await readyUrl(child, () => output);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function readyUrl(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const found = /Keyturn is ready: (\S+)/.exec(output());
    if (found?.[1] !== undefined) return found[1];
    if (child.exitCode !== null || Date.now() > deadline) {
      await end(child, 'SIGKILL');
      throw new Error(`The app did not get ready:\n${output()}`);
    }
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit'), pause(250)]);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
