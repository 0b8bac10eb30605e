/*
 * As much of a desktop entry as starting a program takes.
 * https://specifications.freedesktop.org/desktop-entry-spec/latest
 */

/**
 * The value of `Exec` that starts the program with these arguments, as it stands in the file: every argument in quotes,
 * `%` doubled, and all that once more escaped as a string of the file. The program's path must hold no `=`.
 */
export function execValue(command: readonly string[]): string {
  const quoted = command.map((part) => `"${part.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`);
  return escapeString(quoted.join(' '));
}

/** The program that an entry's `Exec` starts, without its arguments; null where there is none to read. */
export function programIn(exec: string): string | null {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/s.exec(exec)?.[1]?.replace(/\\(.)/gs, '$1');
  const program = quoted ?? /^\s*([^\s"]+)/.exec(exec)?.[1];
  return program?.replaceAll('%%', '%') ?? null;
}

/** The keys of the group `[Desktop Entry]` with their values as strings; keys of a language are left out. */
export function readDesktopEntry(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let inGroup = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) inGroup = line.trim() === '[Desktop Entry]';
    const pair = /^([A-Za-z0-9-]+)\s*=\s*(.*)$/.exec(line);
    const [, key, value] = pair ?? [];
    if (inGroup && key !== undefined && value !== undefined) values.set(key, unescapeString(value));
  }
  return values;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);
const meanings: ReadonlyMap<string, string> = new Map([
  ['s', ' '],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
]);

const escapeString = (text: string) =>
  text.replace(/[\\\n\t\r]/g, (character) => escapes.get(character) ?? '');

/** A backslash before anything else stands for itself. */
const unescapeString = (text: string) =>
  text.replace(/\\(.)/g, (whole, letter: string) => meanings.get(letter) ?? whole);
