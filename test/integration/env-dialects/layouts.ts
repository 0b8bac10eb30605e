/** A file as it may be before a write: where the variables stand, and what stands round them. */
export interface Layout {
  readonly title: string;
  readonly text: (names: readonly string[]) => string;
}

/** A neighbour before and after every variable; none of its bytes is special to any reader. */
const among = (names: readonly string[], line: (name: string) => string) =>
  [...names.flatMap((name) => [`BEFORE_${name}=before-${name}`, line(name)]), 'LAST=last', ''].join('\n');

/** The files that values are written into. A reader that can't take a layout at all is named by every write into it. */
export const layouts: readonly Layout[] = [
  { title: 'bare values between others', text: (names) => among(names, (name) => `${name}=old`) },
  {
    title: 'comments, blank lines and quoted old values',
    text: (names) => `# Settings\n\n${among(names, (name) => `# The key\n${name}="old value"\n`)}`,
  },
  {
    title: 'variables that are not there yet',
    text: (names) => names.map((name) => `BEFORE_${name}=before-${name}\n`).join(''),
  },
  {
    title: 'no line end at the end',
    text: (names) => names.map((name) => `BEFORE_${name}=before-${name}`).join('\n'),
  },
  { title: 'every variable twice', text: (names) => among(names, (name) => `${name}=first\n${name}=second`) },
  { title: 'CRLF', text: (names) => among(names, (name) => `${name}=old`).replaceAll('\n', '\r\n') },
  { title: 'export', text: (names) => among(names, (name) => `export ${name}=old`) },
  { title: 'comments after values', text: (names) => among(names, (name) => `${name}=old # from 2024`) },
  {
    title: 'a byte order mark before a comment',
    text: (names) => `\uFEFF# Settings\n${among(names, (name) => `${name}=old`)}`,
  },
  { title: 'an empty file', text: () => '' },
];
