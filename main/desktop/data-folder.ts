import { join } from 'node:path';

/**
 * The folder of the app's files where nobody chose one: the same for both hosts, so that they open the same vault.
 * Never a roaming folder, because the keychain beside it does not roam.
 */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Keyturn');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Keyturn');
  // https://specifications.freedesktop.org/basedir-spec: a relative path is to be ignored.
  const data = env.XDG_DATA_HOME;
  return join(data?.startsWith('/') === true ? data : join(home, '.local', 'share'), 'keyturn');
}
