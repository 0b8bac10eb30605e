import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Reader } from '../../../../main/env-files/readers.ts';
import type { Dialect } from '../../../../shared/domain/env-file.ts';
import { askOnce, type Sought } from './real-reader.ts';

const here = (file: string) => path.join(import.meta.dirname, file);

/** Debian's own Python: another one on the path lacks Debian's packages. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

interface Library {
  readonly title: string;
  readonly name: Reader;
  readonly dialects: readonly Dialect[];
  /** The Debian package whose version is told. */
  readonly debianPackage: string;
  readonly command: string;
  readonly args: readonly string[];
}

const libraries: readonly Library[] = [
  {
    title: 'python-dotenv',
    name: 'python',
    dialects: ['python'],
    debianPackage: 'python3-dotenv',
    command: PYTHON,
    args: [here('python_batch.py'), 'python-dotenv'],
  },
  {
    title: 'docker-compose 1',
    name: 'composeV1',
    dialects: [],
    debianPackage: 'docker-compose',
    command: PYTHON,
    args: [here('python_batch.py'), 'docker-compose'],
  },
  {
    title: 'systemd (load_env_file)',
    name: 'systemd',
    dialects: ['systemd'],
    debianPackage: 'libsystemd-shared',
    command: PYTHON,
    args: [here('python_batch.py'), 'systemd'],
  },
  {
    title: 'dotenv for Ruby',
    name: 'ruby',
    dialects: ['ruby'],
    debianPackage: 'ruby-dotenv',
    command: 'ruby',
    args: [here('ruby_batch.rb'), 'dotenv'],
  },
  {
    title: 'foreman',
    name: 'foreman',
    dialects: ['foreman'],
    debianPackage: 'ruby-foreman',
    command: 'ruby',
    args: [here('ruby_batch.rb'), 'foreman'],
  },
  {
    title: 'Symfony Dotenv',
    name: 'symfony',
    dialects: ['symfony'],
    debianPackage: 'php-symfony-dotenv',
    command: 'php',
    args: [here('php_batch.php'), 'symfony'],
  },
  {
    title: 'phpdotenv',
    name: 'phpdotenv',
    dialects: ['php'],
    debianPackage: 'php-vlucas-phpdotenv',
    command: 'php',
    args: [here('php_batch.php'), 'phpdotenv'],
  },
];

function fromDebian({ title, name, dialects, debianPackage, command, args }: Library): Sought {
  return {
    title,
    find: () => {
      if (!answers(command, args)) return undefined;
      const version = debianVersion(debianPackage);
      return { title: `${title} ${version}`, name, dialects, read: (files) => askOnce(command, args, files) };
    },
  };
}

function go(title: string, name: Reader, debianPackage: string): Sought {
  return {
    title,
    find: () => {
      const program = goProgram();
      if (program === undefined) return undefined;
      const version = debianVersion(debianPackage);
      const read = (files: readonly string[]) => askOnce(program, [title], files);
      return { title: `${title} ${version}`, name, dialects: ['go'], read };
    },
  };
}

let built: { readonly program: string | undefined } | undefined;

/** Compiles the Go program once, from Debian's sources and without a network; undefined where that does not work. */
function goProgram(): string | undefined {
  built ??= { program: compile() };
  return built.program;
}

function compile(): string | undefined {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'keyturn-go-'));
  const program = path.join(folder, 'batch');
  process.on('exit', () => spawnSync('rm', ['-rf', folder]));
  const { status } = spawnSync('go', ['build', '-o', program, here('go_batch/main.go')], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      GOPATH: '/usr/share/gocode',
      GOCACHE: path.join(folder, 'cache'),
      GO111MODULE: 'off',
      GOFLAGS: '-buildvcs=false',
      CGO_ENABLED: '0',
    },
  });
  return status === 0 ? program : undefined;
}

/** Whether the program runs when it is given no files. */
function answers(command: string, args: readonly string[]): boolean {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 && stdout.trim() === '[]';
}

function debianVersion(debianPackage: string): string {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '$' + '{Version}', debianPackage], {
    encoding: 'utf8',
  });
  return /\d[\w.]*/.exec(stdout)?.[0] ?? '';
}

export const otherLanguages: readonly Sought[] = [
  ...libraries.map(fromDebian),
  go('godotenv', 'godotenv', 'golang-github-joho-godotenv-dev'),
  go('gotenv', 'gotenv', 'golang-github-subosito-gotenv-dev'),
];
