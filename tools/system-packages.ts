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
  { program: 'git', debianPackage: 'git', what: 'Git, whose repositories are asked and searched' },
];

/**
 * Programs and libraries that read `.env` files in their own ways, and what makes a desktop session without a screen
 * (a display, who shows notices, what a panel says, hands and eyes on it) and reads its files. The tests
 * hold Keyturn against those that are there and name the others; together they cost a CI machine less than a minute.
 */
const wanted: readonly string[] = [
  ...['bash', 'dash', 'zsh', 'direnv', 'make', 'docker-compose', 'python3-dotenv', 'python3-icalendar'],
  ...['ruby-dotenv', 'ruby-foreman', 'php-cli', 'php-symfony-dotenv', 'php-vlucas-phpdotenv'],
  ...['golang-go', 'golang-github-joho-godotenv-dev', 'golang-github-subosito-gotenv-dev'],
  ...['xvfb', 'dunst', 'libnotify-bin', 'python3-gi', 'xdotool', 'imagemagick'],
  ...['desktop-file-utils', 'libglib2.0-bin'],
];
const WANTED_TIMEOUT_MS = 180_000;

type Outcome = { readonly ok: true } | { readonly ok: false; readonly words: string };

/**
 * Makes sure that the programs which the tests need are there. On Debian and Ubuntu as root they are installed with
 * apt, and what is wanted besides as far as it can be had; elsewhere on Linux the answer says what to install. Other
 * systems bring a keychain of their own.
 */
export function ensureSystemPackages(): Outcome {
  if (process.platform !== 'linux') return { ok: true };
  const canInstall = process.getuid?.() === 0 && isInstalled('apt-get');
  const outcome = ensureNeeded(canInstall);
  if (outcome.ok && canInstall) installWanted();
  return outcome;
}

function ensureNeeded(canInstall: boolean): Outcome {
  const missing = needed.filter(({ program }) => !isInstalled(program));
  if (missing.length === 0) return { ok: true };
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (!canInstall) {
    const list = missing.map(({ program, what }) => `  ${program}: ${what}`).join('\n');
    return {
      ok: false,
      words: `The tests need programs that are not installed:\n${list}\nOn Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
    };
  }
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  const stillMissing = needed.filter(({ program }) => !isInstalled(program));
  if (stillMissing.length === 0) return { ok: true };
  return {
    ok: false,
    words: `apt-get did not install ${stillMissing.map(({ program }) => program).join(', ')}`,
  };
}

/** Installs what is wanted and missing. What can't be had is left out: the tests say what they did without. */
function installWanted(): void {
  const missing = wanted.filter((name) => !isPackageInstalled(name));
  if (missing.length === 0) return;
  try {
    apt(['update', '-qq'], WANTED_TIMEOUT_MS);
    const known = missing.filter(
      (name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0,
    );
    apt(['install', '-y', '-qq', '--no-install-recommends', ...known], WANTED_TIMEOUT_MS);
  } catch (error) {
    process.stdout.write(`Not all that the tests want besides could be installed: ${String(error)}\n`);
  }
}

/** Runs apt-get without questions; throws when it fails or takes longer than it may. */
function apt(args: readonly string[], timeoutMs?: number): void {
  execFileSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  });
}

function isPackageInstalled(name: string): boolean {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', '$' + '{db:Status-Status}', name], {
    encoding: 'utf8',
  });
  return status === 0 && stdout === 'installed';
}

function isInstalled(program: string): boolean {
  if (program === 'chromium' && existsSync(process.env.KEYTURN_CHROMIUM ?? '/usr/bin/chromium')) return true;
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}
