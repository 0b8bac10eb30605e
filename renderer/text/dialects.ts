import type { Dialect } from '../../shared/domain/env-file.ts';

const names: Readonly<Record<Dialect, string>> = {
  any: 'Any reader',
  node: 'Node.js --env-file',
  dotenv: 'dotenv',
  'dotenv-expand': 'dotenv-expand',
  dotenvx: 'dotenvx',
  vite: 'Vite',
  next: 'Next.js',
  bun: 'Bun',
  deno: 'Deno',
  python: 'python-dotenv',
  ruby: 'dotenv for Ruby',
  foreman: 'foreman',
  go: 'godotenv (Go)',
  php: 'phpdotenv',
  symfony: 'Symfony',
  rust: 'dotenvy (Rust)',
  shell: 'bash, dash and zsh',
  direnv: 'direnv',
  compose: 'Docker Compose',
  'docker-run': 'docker run --env-file',
  systemd: 'systemd',
  make: 'make',
};

/** A reader of `.env` files as its users call it. */
export const dialectName = (dialect: Dialect): string => names[dialect];

/** The readers to choose from: any of them first, then by name. */
export const dialectOptions: readonly { readonly value: Dialect; readonly label: string }[] = [
  { value: 'any', label: names.any },
  ...(Object.keys(names) as Dialect[])
    .filter((value) => value !== 'any')
    .map((value) => ({ value, label: names[value] }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en')),
];

/**
 * What naming a reader means for how a value is written. `because`: what in the project told of it; empty where the user
 * chose.
 */
export function dialectWords(dialect: Dialect, because: string): string {
  if (dialect === 'any') return 'Written so that as many readers as possible see the same value.';
  const what = `Written so that ${names[dialect]} reads the very value; others may see another one.`;
  return because === '' ? what : `Suggested by ${because}. ${what}`;
}
