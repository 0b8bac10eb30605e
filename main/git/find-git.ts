import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a desktop app that was not started from a shell is not told to look. */
const usualFolders: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'],
};

/** Without these, macOS's `/usr/bin/git` is only a stub that opens a dialog: https://developer.apple.com/documentation/xcode/installing-the-command-line-tools. */
const appleTools = ['/Library/Developer/CommandLineTools/usr/bin/git', '/Applications/Xcode.app'];

/**
 * The Git that is installed, by its full path; null where there is none. Only full paths of the search path are looked
 * at, so that no program is ever run because it lies in the folder that is being asked about.
 */
export function findGit(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const names = platform === 'win32' ? ['git.exe'] : ['git'];
  const searched = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((one) => path.isAbsolute(one));
  const folders = [...searched, ...(usualFolders[platform] ?? [])];
  const found = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return found.find((file) => isRunnable(file) && !isStub(file, platform)) ?? null;
}

const isStub = (file: string, platform: NodeJS.Platform) =>
  platform === 'darwin' && file === '/usr/bin/git' && !appleTools.some((tool) => isThere(tool));

function isRunnable(file: string): boolean {
  return isThere(file, constants.X_OK);
}

function isThere(file: string, access = constants.F_OK): boolean {
  try {
    accessSync(file, access);
    return true;
  } catch {
    return false;
  }
}
