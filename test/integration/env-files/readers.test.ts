import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import dotenvx from '@dotenvx/dotenvx';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { loadEnv } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { encodeValue } from '../../../main/env-files/encode.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { awkwardValue } from '../../main/env-files/awkward-value.ts';

const VALUES = 4000;
const VALUES_PER_FILE = 500;
const isThere = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

interface RealReader {
  readonly title: string;
  /** As `readDifferentlyBy` names it. */
  readonly name: string;
  readonly isHere: boolean;
  read(file: string, variables: readonly string[]): Record<string, string | undefined>;
}

/** Lets a program print the values, each closed by a NUL. */
function printed(variables: readonly string[], command: string, args: readonly string[]) {
  const out = execFileSync(command, args, {
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
    maxBuffer: 64 * 1024 * 1024,
    // With a socket there, bash takes itself for a remote shell and reads its settings.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const values = out.toString().split('\0').slice(0, -1);
  return Object.fromEntries(values.map((value, index) => [variables[index] ?? `extra ${index}`, value]));
}

const shell = (command: string): RealReader => ({
  title: `${command} (source)`,
  name: 'bash, dash and zsh',
  isHere: isThere(command, '-c', 'true'),
  read: (file, variables) => {
    const script = `. "$0"; ${variables.map((name) => `printf '%s\\0' "$${name}"`).join('; ')}`;
    return printed(variables, command, ['-c', script, file]);
  },
});

const PYTHON = `
import sys, dotenv
values = dotenv.dotenv_values(sys.argv[1])
sys.stdout.buffer.write(b''.join(values[k].encode() + b'\\0' for k in sys.argv[2:]))`;

const realReaders: readonly RealReader[] = [
  {
    title: 'dotenv',
    name: 'dotenv',
    isHere: true,
    read: (file) => dotenv.config({ path: file, processEnv: {}, quiet: true }).parsed ?? {},
  },
  {
    title: 'node --env-file',
    name: 'Node.js --env-file',
    isHere: true,
    read: (file, variables) => {
      const script = `for (const name of ${JSON.stringify(variables)}) process.stdout.write(process.env[name] + '\\0')`;
      return printed(variables, process.execPath, [`--env-file=${file}`, '-e', script]);
    },
  },
  {
    title: 'dotenvx',
    name: 'dotenvx',
    isHere: true,
    read: (file) => ({ ...dotenvx.config({ path: file, processEnv: {}, quiet: true }).parsed }),
  },
  {
    title: 'Vite, with dotenv-expand',
    name: 'Vite',
    isHere: true,
    read: (file) => loadEnv('production', path.dirname(file), 'K'),
  },
  shell('bash'),
  shell('dash'),
  shell('zsh'),
  {
    title: 'python-dotenv',
    name: 'python-dotenv',
    isHere: isThere('python3', '-c', 'import dotenv'),
    read: (file, variables) => printed(variables, 'python3', ['-c', PYTHON, file, ...variables]),
  },
  {
    title: 'make (include)',
    name: 'make',
    isHere: isThere('make', '--version'),
    read: (file, variables) => {
      const makefile = `${file}.mk`;
      const lines = variables.map((name) => `$(info $(${name}))`).join('\n');
      execFileSync('sh', ['-c', 'cat > "$0"', makefile], { input: `include ${file}\n${lines}\nall: ;@:\n` });
      const out = execFileSync('make', ['-sf', makefile]).toString().split('\n');
      return Object.fromEntries(variables.map((name, index) => [name, out[index]]));
    },
  },
];

describe('A value written by Keyturn is the value that is read', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-readers-'));
  });
  afterAll(() => fs.rm(folder, { recursive: true }));

  const candidates = fc
    .sample(fc.oneof(awkwardValue, fc.stringMatching(/^[\w./+@%:=-]{1,40}$/)), VALUES * 2)
    // A last backslash beside a quote is written only where the next line allows it: not a matter of one value.
    .filter((value) => !value.endsWith('\\'))
    .flatMap((value) => {
      const encoded = encodeValue(value, 'any');
      return encoded.ok ? [{ value, different: encoded.value.readDifferentlyBy }] : [];
    });

  it.each(realReaders.filter((reader) => reader.isHere))(
    `by $title: ${VALUES} random values, no difference`,
    async ({ name, read }) => {
      const own = candidates.filter(({ different }) => !different.includes(name)).slice(0, VALUES);
      expect(own.length).toBeGreaterThan(VALUES / 4);
      const file = path.join(folder, '.env');
      const values: Record<string, string | undefined> = {};
      for (let from = 0; from < own.length; from += VALUES_PER_FILE) {
        await fs.rm(file, { force: true });
        const assignments = own.slice(from, from + VALUES_PER_FILE).map(({ value }, index) => ({
          variable: `K${from + index}`,
          value: new Secret(value),
        }));
        expect(await createDiskEnvFiles().write(file, assignments, 'any')).toMatchObject({ ok: true });
        const variables = assignments.map(({ variable }) => variable);
        Object.assign(values, read(file, variables));
      }
      const wrong = own
        .map(({ value }, index) => ({ wrote: value, read: values[`K${index}`] }))
        .filter(({ wrote, read: found }) => wrote !== found);
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
