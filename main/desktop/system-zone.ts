import { readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where a system says which zone it is in. */
export interface ZonePlace {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The root of its files. */
  readonly root: string;
  /** The zone that this process took the machine to be in when it first looked. */
  readonly fallback: () => string;
}

/** This machine. */
export function systemZonePlace(): ZonePlace {
  const fallback = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { platform: process.platform, env: process.env, root: '/', fallback };
}

/**
 * The IANA name of the zone that the machine is in at this moment. Node asks the system once and keeps the answer, so
 * Linux and macOS are asked here: by TZ, then by where /etc/localtime points, then by Debian's /etc/timezone. Where they
 * give no name that Intl knows (a copied zone file, a POSIX rule in TZ), and on Windows, it is the process's own.
 */
export function systemZone({ platform, env, root, fallback }: ZonePlace): string {
  if (platform === 'win32') return fallback();
  // tzset(3): a leading colon is left out; an empty value means UTC.
  const chosen = env.TZ?.replace(/^:/, '');
  if (chosen === '') return known('UTC') ?? fallback();
  if (chosen !== undefined && chosen !== '/etc/localtime') return known(nameIn(chosen)) ?? fallback();
  return known(linkedZone(root)) ?? known(writtenZone(root)) ?? fallback();
}

/** The name at the end of a path into the zone files; of `posix/` and `right/`, two further copies of them, as well. */
function nameIn(path: string): string {
  return path.replace(/^.*\/zoneinfo\//, '').replace(/^(posix|right)\//, '');
}

/** Where /etc/localtime points, link by link, because the zone files are links among themselves and only the first names are told. */
function linkedZone(root: string): string | null {
  let file = join(root, 'etc', 'localtime');
  for (let links = 0; links < 8; links += 1) {
    const target = linkTarget(file);
    if (target === null) return null;
    if (target.includes('/zoneinfo/')) return nameIn(target);
    file = target.startsWith('/') ? join(root, target) : resolve(dirname(file), target);
  }
  return null;
}

function linkTarget(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    // It is no link, or not there: it names no zone.
    return null;
  }
}

function writtenZone(root: string): string | null {
  try {
    return readFileSync(join(root, 'etc', 'timezone'), 'utf8').trim();
  } catch {
    // Only Debian and its kin have it.
    return null;
  }
}

/** What Intl said of a name, because asking takes longer than everything else here. */
const asked = new Map<string, string | null>();

/** The zone by the name that Intl has for it; null where Intl does not know it. */
function known(name: string | null): string | null {
  if (name === null || name === '') return null;
  const before = asked.get(name);
  if (before !== undefined) return before;
  const answer = intlName(name);
  asked.set(name, answer);
  return answer;
}

function intlName(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
