/**
 * The programs and libraries that read `.env` files, as their users call them. Which of them reads which form
 * was measured with 34 builds of 28 readers, every form written and read back.
 */
export const readers = {
  bun: 'Bun',
  compose: 'Docker Compose',
  composeV1: 'docker-compose 1',
  deno: 'Deno',
  direnv: 'direnv',
  dockerRun: 'docker run --env-file',
  dotenvExpand: 'dotenv-expand',
  dotenvx: 'dotenvx',
  dotenvy: 'dotenvy (Rust)',
  envCmd: 'env-cmd',
  foreman: 'foreman',
  godotenv: 'godotenv (Go)',
  gotenv: 'gotenv (Go)',
  make: 'make',
  next: 'Next.js',
  node: 'Node.js --env-file',
  phpdotenv: 'phpdotenv',
  python: 'python-dotenv',
  ruby: 'dotenv for Ruby',
  shells: 'bash, dash and zsh',
  symfony: 'Symfony',
  systemd: 'systemd',
  vite: 'Vite',
} as const;

export type Reader = keyof typeof readers;

/** The names of these readers, each once, in the order of the alphabet. */
export function readerNames(which: Iterable<Reader>): string[] {
  return [...new Set(which)].map((reader) => readers[reader]).sort((a, b) => a.localeCompare(b, 'en'));
}
