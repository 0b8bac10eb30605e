import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Dialect } from '../../../../shared/domain/env-file.ts';
import {
  askEach,
  askOnce,
  output,
  type RealReader,
  type Sought,
  versionOf,
  withoutOwn,
} from './real-reader.ts';

const BATCH = path.join(import.meta.dirname, 'javascript-batch.ts');
const MODULES = path.join(import.meta.dirname, '../../../../node_modules');

function library(module: string, name: RealReader['name'], dialects: readonly Dialect[]): Sought {
  return {
    title: module,
    find: () => ({
      title: `${module} ${versionOfModule(module)}`,
      name,
      dialects,
      read: (files) => askOnce(process.execPath, [BATCH, module], files),
    }),
  };
}

function versionOfModule(module: string): string {
  if (module === 'util.parseEnv') return `of Node.js ${process.version}`;
  const manifest = readFileSync(path.join(MODULES, module, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Prints the environment. */
const PRINT = 'process.stdout.write(JSON.stringify(process.env))';

function envFileOfNode(title: string, executable: string): Sought {
  return {
    title,
    find: () => {
      const version = versionOf(executable);
      if (version === undefined || (executable !== process.execPath && version === process.version))
        return undefined;
      return fromOptions(`node --env-file ${version}`, 'node', ['node'], executable, (file) => [
        `--env-file=${file}`,
        '-e',
        PRINT,
      ]);
    },
  };
}

/** A runtime that takes the file as an option; each file is read by a process of its own. */
function fromOptions(
  title: string,
  name: RealReader['name'],
  dialects: readonly Dialect[],
  command: string,
  args: (file: string) => readonly string[],
): RealReader {
  const ask = async (file: string) =>
    withoutOwn(JSON.parse(await output(command, args(file))) as Record<string, string>);
  return { title, name, dialects, read: (files) => askEach(files, ask) };
}

const bun: Sought = {
  title: 'bun',
  find: () => {
    const version = versionOf('bun');
    if (version === undefined) return undefined;
    return fromOptions(`bun ${version}`, 'bun', ['bun'], 'bun', (file) => [
      `--env-file=${file}`,
      '-e',
      PRINT,
    ]);
  },
};

const deno: Sought = {
  title: 'deno',
  find: () => {
    const version = versionOf('deno', ['-v']);
    if (version === undefined) return undefined;
    const script = path.join(import.meta.dirname, 'deno-print.js');
    return fromOptions(version, 'deno', ['deno'], 'deno', (file) => [
      'run',
      '-A',
      `--env-file=${file}`,
      script,
    ]);
  },
};

export const javascriptReaders: readonly Sought[] = [
  library('dotenv', 'dotenv', ['dotenv']),
  library('dotenv-16', 'dotenv', ['dotenv']),
  library('dotenv-expand', 'dotenvExpand', ['dotenv-expand']),
  library('dotenv-expand-13', 'dotenvExpand', ['dotenv-expand']),
  library('@dotenvx/dotenvx', 'dotenvx', ['dotenvx']),
  library('util.parseEnv', 'node', ['node']),
  library('vite', 'vite', ['vite']),
  library('@next/env', 'next', ['next']),
  library('env-cmd', 'envCmd', []),
  envFileOfNode('node --env-file', process.execPath),
  envFileOfNode('node --env-file of the system', '/usr/bin/node'),
  bun,
  deno,
];
