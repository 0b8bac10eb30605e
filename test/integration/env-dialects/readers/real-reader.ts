import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Reader } from '../../../../main/env-files/readers.ts';
import type { Dialect } from '../../../../shared/domain/env-file.ts';

/** What a reader made of one file: its variables, or why it takes nothing from the file. */
export type Answer = { readonly values: Readonly<Record<string, string>> } | { readonly error: string };

/** A program or library that reads `.env` files, run for real. */
export interface RealReader {
  /** With its version where it tells one. */
  readonly title: string;
  /** Which of the writing rule's readers it is. dotenv reads whatever the rule writes, and is never named. */
  readonly name: Reader | 'dotenv';
  /** The dialects that promise something to its users. */
  readonly dialects: readonly Dialect[];
  /** Reads every file on its own: nothing of one is seen in the next. Files are called `.env`, each in its folder. */
  read(files: readonly string[]): Promise<Answer[]>;
}

/** A reader that may be missing here; `find` answers it, or undefined. */
export interface Sought {
  readonly title: string;
  find(): RealReader | undefined;
}

/**
 * The environment that readers run in. `HOME`, `X` and `word` have values, so that a reader which puts a variable in the
 * place of `$word` is caught at it.
 */
export const environment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: '/nonexistent/home',
  LC_ALL: 'C.UTF-8',
  X: 'expanded X',
  word: 'expanded word',
  NO_COLOR: '1',
  NODE_NO_WARNINGS: '1',
};

const run = promisify(execFile);

/** Runs a program in `environment` and answers what it printed; throws where it fails, with its own words. */
export async function output(command: string, args: readonly string[], extra: Record<string, string> = {}) {
  const child = run(command, args, {
    env: { ...environment, ...extra },
    cwd: '/',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 120_000,
  });
  // With a socket there, bash takes itself for a remote shell and reads its settings.
  child.child.stdin?.end();
  return (await child).stdout;
}

/** What a program prints when it is asked for its version, or undefined where it can't be run. */
export function versionOf(command: string, args: readonly string[] = ['--version']): string | undefined {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** The first thing in a text that looks like a version number. */
export function versionIn(text: string): string {
  return /\d+(\.\d+)+/.exec(text)?.[0] ?? text;
}

/** Asks one process for all files: it gets their names as arguments and prints a list of answers as JSON. */
export async function askOnce(
  command: string,
  args: readonly string[],
  files: readonly string[],
  extra: Record<string, string> = {},
): Promise<Answer[]> {
  return JSON.parse(await output(command, [...args, ...files], extra)) as Answer[];
}

/** Asks a process for each file, two at a time. A process that fails is an answer: it takes nothing from the file. */
export async function askEach(
  files: readonly string[],
  ask: (file: string) => Promise<Readonly<Record<string, string>>>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const queue = files.entries();
  const worker = async () => {
    for (const [index, file] of queue) {
      answers[index] = await ask(file).then(
        (values) => ({ values }),
        (error: unknown) => ({ error: String(error) }),
      );
    }
  };
  await Promise.all([worker(), worker()]);
  return answers;
}

/** The variables in what `env -0` printed, without those that were there before. */
export function fromEnvironment(printed: string): Record<string, string> {
  const entries = printed
    .split('\0')
    .filter((entry) => entry.includes('='))
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const);
  return withoutOwn(Object.fromEntries(entries));
}

/** The variables of a process, without those that it was started with and those that shells and make set themselves. */
export function withoutOwn(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = /^(_|PWD|OLDPWD|SHLVL|LOGNAME|(GNU)?MAKE\w*|MFLAGS|CURDIR|SHELL|\.\w+)$/;
  const kept = Object.entries(values).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && environment[entry[0]] !== entry[1] && !own.test(entry[0]),
  );
  return Object.fromEntries(kept);
}
