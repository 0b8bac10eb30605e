import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program that the tests run for real, and the Debian package that has it. */
interface Needed {
  readonly program: string;
  readonly debianPackage: string;
  readonly what: string;
}

const needed: readonly Needed[] = [
  { program: 'chromium', debianPackage: 'chromium', what: 'Chromium, which the end-to-end tests drive' },
  { program: 'dbus-daemon', debianPackage: 'dbus', what: 'D-Bus, for a private session' },
  { program: 'dbus-run-session', debianPackage: 'dbus', what: 'D-Bus, for a private session' },
  {
    program: 'gnome-keyring-daemon',
    debianPackage: 'gnome-keyring',
    what: 'GNOME Keyring, the real keychain of the tests',
  },
  {
    program: 'secret-tool',
    debianPackage: 'libsecret-tools',
    what: 'secret-tool, which looks into the keychain from outside',
  },
  { program: 'age', debianPackage: 'age', what: 'age, which opens backups without Keyturn' },
];

/**
 * Makes sure that the programs which the tests need are there. On Debian and Ubuntu as root they are installed with
 * apt; elsewhere on Linux the answer says what to install. Other systems bring a keychain of their own.
 */
export function ensureSystemPackages():
  | { readonly ok: true }
  | { readonly ok: false; readonly words: string } {
  if (process.platform !== 'linux') return { ok: true };
  const missing = needed.filter(({ program }) => !isInstalled(program));
  if (missing.length === 0) return { ok: true };
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (process.getuid?.() !== 0 || !isInstalled('apt-get')) {
    const list = missing.map(({ program, what }) => `  ${program}: ${what}`).join('\n');
    return {
      ok: false,
      words: `The tests need programs that are not installed:\n${list}\nOn Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
    };
  }
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  });
  const stillMissing = needed.filter(({ program }) => !isInstalled(program));
  if (stillMissing.length === 0) return { ok: true };
  return {
    ok: false,
    words: `apt-get did not install ${stillMissing.map(({ program }) => program).join(', ')}`,
  };
}

function isInstalled(program: string): boolean {
  if (program === 'chromium' && existsSync(process.env.KEYTURN_CHROMIUM ?? '/usr/bin/chromium')) return true;
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}
