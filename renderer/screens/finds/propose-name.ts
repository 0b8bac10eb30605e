/** Words of a variable that tell that it is a key, and not which. */
const plain = new Set([
  'api',
  'key',
  'keys',
  'token',
  'secret',
  'access',
  'auth',
  'apikey',
  'private',
  'public',
  'pat',
  'id',
  'next',
  'vite',
  'live',
  'test',
]);

/** Folders whose names tell nothing of the project in them. */
const dull = new Set(['config', 'env', 'envs', 'deploy', 'docker', 'app', 'src', 'server', '']);

const nameMaxLength = 80;

/** What a name is made of. */
export interface NameClues {
  readonly provider: string;
  readonly variable: string;
  readonly file: string;
  readonly environment: 'test' | 'live' | null;
}

/**
 * A name for a key that was found: its provider with what its variable says beside that, or with the project's folder;
 * the first that `taken` does not have. Adds the name that it answers to `taken`.
 */
export function proposeName(clues: NameClues, taken: Set<string>): string {
  const { provider, environment } = clues;
  const base = `${provider} ${whichOf(clues)}`.trim().slice(0, nameMaxLength - 8);
  const name = [base, ...(environment === null ? [] : [`${base} ${environment}`])].find(
    (each) => !taken.has(each.toLowerCase()),
  );
  const free = name ?? numbered(base, taken);
  taken.add(free.toLowerCase());
  return free;
}

function whichOf({ provider, variable, file }: NameClues): string {
  const known = new Set(provider.toLowerCase().split(/[^a-z0-9]+/));
  const words = variable
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '' && !plain.has(word) && !known.has(word));
  if (words.length > 0) return words.join(' ');
  const folders = file.split(/[/\\]/).slice(0, -1);
  return folders.findLast((folder) => !dull.has(folder.toLowerCase())) ?? '';
}

function numbered(base: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${base} ${number}`.toLowerCase())) number += 1;
  return `${base} ${number}`;
}
