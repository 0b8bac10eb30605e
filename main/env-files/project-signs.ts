import type { Dialect, FileInspection } from '../../shared/domain/env-file.ts';

/** What lies in the folder of a file: the names of all, and the text of those in `tellingFiles` that are there. */
export interface ProjectSigns {
  readonly names: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * The reader that these signs tell of, and what told. `any` with '' where nothing tells, or where two signs tell of readers
 * that need different things written.
 */
export function dialectOf({ names, texts }: ProjectSigns): FileInspection['dialect'] {
  const found = [
    ...Object.entries(texts).flatMap(([file, text]) => signsIn(file, text)),
    ...(names.some((name) => /^bun\.lockb?$/.test(name)) ? [sign('bun', 'bun.lock')] : []),
  ];
  const dialects = new Set(found.map(({ suggested }) => suggested));
  for (const [strong, weak] of OUTWEIGHED) if (dialects.has(strong)) dialects.delete(weak);
  const [suggested] = dialects;
  if (suggested === undefined || dialects.size > 1) return { suggested: 'any', because: '' };
  return found.find((one) => one.suggested === suggested) ?? { suggested: 'any', because: '' };
}

type Sign = FileInspection['dialect'];

interface SignInText {
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly dialect: Dialect;
  readonly because: string;
}

/**
 * Signs of which the second says nothing beside the first: what a framework brings or replaces, and a lock file, which tells
 * who installs packages rather than who runs them.
 */
const OUTWEIGHED: readonly (readonly [Dialect, Dialect])[] = [
  ['next', 'vite'],
  ['next', 'dotenv-expand'],
  ['vite', 'dotenv-expand'],
  ['dotenv-expand', 'dotenv'],
  ...(['next', 'vite', 'dotenv-expand', 'dotenvx', 'dotenv', 'node', 'deno'] as const).map(
    (dialect) => [dialect, 'bun'] as const,
  ),
];

const PYTHON_FILES = /^(?:requirements.*\.txt|pyproject\.toml|Pipfile)$/;
const COMPOSE_FILES = /^(?:docker-)?compose\.ya?ml$/;

const signsInText: readonly SignInText[] = [
  {
    files: PYTHON_FILES,
    pattern: /^[^#\n]*\b(?:python-dotenv|environs|pydantic-settings)\b/m,
    dialect: 'python',
    because: 'python-dotenv',
  },
  {
    files: /^Gemfile$/,
    pattern: /^\s*gem\s*\(?\s*['"]dotenv(?:-rails)?['"]/m,
    dialect: 'ruby',
    because: 'dotenv',
  },
  { files: /^Gemfile$/, pattern: /^\s*gem\s*\(?\s*['"]foreman['"]/m, dialect: 'foreman', because: 'foreman' },
  {
    // What another module brings along (viper does) is marked as indirect.
    files: /^go\.mod$/,
    pattern: /^(?!.*\/\/ indirect).*\bgithub\.com\/(?:joho\/godotenv|subosito\/gotenv)\b/m,
    dialect: 'go',
    because: 'godotenv or gotenv',
  },
  {
    files: /^composer\.json$/,
    pattern: /"(?:vlucas\/phpdotenv|laravel\/framework)"\s*:/,
    dialect: 'php',
    because: 'phpdotenv',
  },
  {
    files: /^composer\.json$/,
    pattern: /"symfony\/(?:dotenv|framework-bundle)"\s*:/,
    dialect: 'symfony',
    because: 'Symfony',
  },
  { files: /^Cargo\.toml$/, pattern: /^\s*(?:\[.*\.)?dotenvy?\b/m, dialect: 'rust', because: 'dotenvy' },
  {
    files: COMPOSE_FILES,
    pattern: /^[^#\n]*(?:\benv_file\s*:|\$\{)/m,
    dialect: 'compose',
    because: 'env_file or a variable',
  },
  { files: /^Makefile$/, pattern: /^\s*-?s?include\s[^#\n]*\.env\b/m, dialect: 'make', because: 'include' },
  { files: /^\.envrc$/, pattern: /^\s*dotenv(?:_if_exists)?\b/m, dialect: 'direnv', because: 'dotenv' },
  { files: /^deno\.jsonc?$/, pattern: /--env(?:-file)?\b/, dialect: 'deno', because: '--env-file' },
];

/** The files whose text tells which program reads `.env`. */
export const tellingFiles: readonly string[] = [
  ...[
    'package.json',
    'deno.json',
    'deno.jsonc',
    'requirements.txt',
    'requirements-dev.txt',
    'pyproject.toml',
  ],
  ...['Pipfile', 'Gemfile', 'go.mod', 'composer.json', 'Cargo.toml', 'compose.yaml', 'compose.yml'],
  ...['docker-compose.yaml', 'docker-compose.yml', 'Makefile', '.envrc'],
];

function signsIn(file: string, text: string): Sign[] {
  if (file === 'package.json') return signsInPackage(text);
  return signsInText
    .filter(({ files, pattern }) => files.test(file) && pattern.test(text))
    .map(({ dialect, because }) => sign(dialect, `${because} in ${file}`));
}

const packages: readonly (readonly [string, Dialect])[] = [
  ['next', 'next'],
  ['vite', 'vite'],
  ['astro', 'vite'],
  ['@sveltejs/kit', 'vite'],
  ['react-scripts', 'dotenv-expand'],
  ['dotenv-expand', 'dotenv-expand'],
  ['@dotenvx/dotenvx', 'dotenvx'],
  ['dotenv', 'dotenv'],
  ['dotenv-flow', 'dotenv'],
];

const commands: readonly (readonly [RegExp, Dialect, string])[] = [
  [/\b(?:node|tsx)\b[^&|;\n]{0,200}--env-file/, 'node', 'node --env-file'],
  [/\bdotenvx\s/, 'dotenvx', 'dotenvx'],
  [/\bdocker\s+run\b[^&|;\n]{0,200}--env-file/, 'docker-run', 'docker run --env-file'],
];

function signsInPackage(text: string): Sign[] {
  const manifest = objectIn(() => JSON.parse(text));
  const installed = new Set(
    ['dependencies', 'devDependencies'].flatMap((kind) => Object.keys(objectIn(() => manifest[kind]))),
  );
  const scripts = Object.values(objectIn(() => manifest.scripts)).join('\n');
  return [
    ...packages
      .filter(([name]) => installed.has(name))
      .map(([name, dialect]) => sign(dialect, `${name} in package.json`)),
    ...commands
      .filter(([pattern]) => pattern.test(scripts))
      .map(([, dialect, because]) => sign(dialect, `${because} in package.json`)),
  ];
}

/** An object that someone else wrote; what is none, or can't be read, tells nothing. */
function objectIn(read: () => unknown): Readonly<Record<string, unknown>> {
  try {
    const value = read();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const sign = (suggested: Dialect, because: string): Sign => ({ suggested, because });
