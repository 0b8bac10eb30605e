/** A file of somebody, in which `API_KEY` is to get a new value. */
export interface SampleFile {
  readonly title: string;
  readonly text: string;
  readonly value: string;
  /** Where the file is not simply `.env` with mode 0644. */
  readonly mode?: number;
  readonly isLink?: boolean;
}

const KEY = 'sk-new_9f8e7d6c';

/** Ten files as they are found in projects: each has one thing that an edit can harm. */
export const tenFiles: readonly SampleFile[] = [
  {
    title: 'Comments and blank lines',
    text: '# Local settings, see docs/setup.md\n\nDEBUG=1\n\n# From the dashboard\nAPI_KEY=sk-old\n#API_KEY=sk-older\nPORT=3000\n',
    value: KEY,
  },
  { title: 'CRLF line ends', text: 'DEBUG=1\r\nAPI_KEY=sk-old\r\nPORT=3000\r\n', value: KEY },
  {
    title: '`export` before the name',
    text: 'export DEBUG=1\nexport API_KEY=sk-old\nexport PORT=3000\n',
    value: KEY,
  },
  { title: 'The variable twice', text: 'API_KEY=sk-old\nDEBUG=1\nAPI_KEY=sk-older\nPORT=3000\n', value: KEY },
  {
    title: 'A PEM key with a line `API_KEY=` in it',
    text: 'CERT="-----BEGIN KEY-----\nAPI_KEY=inner\n-----END KEY-----"\nAPI_KEY=sk-old\nPORT=3000\n',
    value: KEY,
  },
  { title: 'A symbolic link', text: 'DEBUG=1\nAPI_KEY=sk-old\nPORT=3000\n', value: KEY, isLink: true },
  { title: 'Mode 0600', text: 'DEBUG=1\nAPI_KEY=sk-old\nPORT=3000\n', value: KEY, mode: 0o600 },
  { title: 'No line end at the end', text: 'DEBUG=1\nPORT=3000\nAPI_KEY=sk-old', value: KEY },
  {
    title: 'A comment behind the value',
    text: 'DEBUG=1 # or 0\nAPI_KEY="sk-old" # expires in May\nPORT=3000\n',
    value: KEY,
  },
  {
    title: 'A new value with `#`, `$` and a space: `p#1$x y`',
    text: 'DEBUG=1\nAPI_KEY=sk-old\nPORT=3000\n',
    value: 'p#1$x y',
  },
];
