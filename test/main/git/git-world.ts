import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { createGit } from '../../../main/git/create-git.ts';
import type { Git } from '../../../main/git/git.ts';
import { type RunGit, runGit } from '../../../main/git/run-git.ts';

const execute = promisify(execFile);

/** Folders and repositories of the test's own, and a user with no settings but those that the test writes. */
export interface GitWorld {
  readonly folder: string;
  /** The user's own `.gitconfig` lies here. */
  readonly home: string;
  readonly git: Git;
  readonly run: RunGit;
  /** Runs Git as the user would, and answers what it printed. */
  gitIn(folder: string, ...args: string[]): Promise<string>;
  /** Makes a repository below the world's folder. */
  repository(name: string): Promise<string>;
  /** Writes a file below the world's folder, with the folders that it needs, and answers its path. */
  write(name: string, text?: string): Promise<string>;
}

/** A world that is gone when the test ends. */
export async function createGitWorld(): Promise<GitWorld> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'keyturn-git-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const home = path.join(folder, 'home');
  await mkdir(home);
  const user = { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), GIT_CONFIG_NOSYSTEM: '1' };
  const run: RunGit = (where, args, options) =>
    runGit(where, args, { ...options, env: { ...user, ...options?.env } });
  const asUser = ['-c', 'user.name=A Tester', '-c', 'user.email=tester@example.com'];
  const gitIn = async (where: string, ...args: string[]) => {
    const env = { ...process.env, ...user, GIT_ALLOW_PROTOCOL: 'file' };
    const { stdout } = await execute('git', ['-C', where, ...asUser, ...args], { env });
    return stdout;
  };
  return {
    folder,
    home,
    git: createGit({ run }),
    run,
    gitIn,
    async repository(name) {
      const place = path.join(folder, name);
      await mkdir(place, { recursive: true });
      await gitIn(place, 'init', '-q', '-b', 'main');
      return place;
    },
    async write(name, text = 'KEY=1\n') {
      const file = path.resolve(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
  };
}

/** Writes a program that says that it was run, and answers the two paths. */
export async function aTrap({ folder }: GitWorld): Promise<{ program: string; sprung: string }> {
  const program = path.join(folder, 'trap.sh');
  const sprung = path.join(folder, 'sprung');
  await writeFile(program, `#!/bin/sh\necho "$0 $*" >> '${sprung}'\n`);
  await chmod(program, 0o755);
  return { program, sprung };
}
