import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from './fixtures.ts';

/** A Git repository of the user's, and what they do in it. */
export interface Repository {
  /** Runs Git there; answers what it printed. Throws where Git refuses. */
  git(...args: readonly string[]): string;
  /** Writes a file in it. */
  put(file: string, text: string): void;
}

/** Makes the user's project a repository with a committer. Its hooks run in the user's session, as the app does. */
export function createRepository({ project, keyring }: Pick<Place, 'project' | 'keyring'>): Repository {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', project, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...keyring.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@shop.example');
  return { git, put: (file, text) => writeFileSync(path.join(project, file), text) };
}
