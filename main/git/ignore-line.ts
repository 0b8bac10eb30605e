/**
 * The line of the top `.gitignore` that matches this path and no other, as https://git-scm.com/docs/gitignore has it: from
 * the top folder, and with everything that would stand for something else quoted. Line ends cannot be quoted there; `?`,
 * which stands for any one character, takes their place.
 */
export function ignoreLineOf(path: string): string {
  const quoted = path
    .replace(/[\\*?[]/g, '\\$&')
    .replace(/[\r\n]/g, '?')
    .replace(/ +$/, (blanks) => '\\ '.repeat(blanks.length));
  return `/${quoted}`;
}
