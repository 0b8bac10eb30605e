import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { type Answer, withoutOwn } from './real-reader.ts';

/**
 * Run by Node.js with the name of a library and files: prints what the library makes of each. Every library is asked in the
 * way its own users ask it.
 */
type Values = Readonly<Record<string, string | undefined>>;
type Read = (file: string) => Values | Promise<Values>;

const require = createRequire(import.meta.url);

/** The part of dotenv, of any version, that is used here. */
interface Dotenv {
  config(options: { path: string; processEnv: Record<string, string>; quiet: boolean }): { parsed?: Values };
}

function dotenv(name: string): Read {
  const { config } = require(name) as Dotenv;
  return (file) => config({ path: file, processEnv: {}, quiet: true }).parsed ?? {};
}

function expanded(name: string): Read {
  const { expand } = require(name) as {
    expand(options: { parsed: Values; processEnv: Values }): { parsed?: Values };
  };
  const parse = dotenv('dotenv');
  return async (file) => expand({ parsed: await parse(file), processEnv: { ...process.env } }).parsed ?? {};
}

const libraries: Readonly<Record<string, () => Read | Promise<Read>>> = {
  dotenv: () => dotenv('dotenv'),
  'dotenv-16': () => dotenv('dotenv-16'),
  'dotenv-expand': () => expanded('dotenv-expand'),
  'dotenv-expand-13': () => expanded('dotenv-expand-13'),
  '@dotenvx/dotenvx': () => dotenv('@dotenvx/dotenvx'),
  'util.parseEnv': () => (file) => parseEnv(readFileSync(file, 'utf8')),
  vite: async () => {
    const { loadEnv } = await import('vite');
    return (file) => withoutOwn(loadEnv('production', path.dirname(file), ''));
  },
  '@next/env': () => {
    const { loadEnvConfig } = require('@next/env') as typeof import('@next/env');
    const log = { info: () => {}, error: () => {} };
    return (file) => {
      const { loadedEnvFiles } = loadEnvConfig(path.dirname(file), false, log, true);
      return loadedEnvFiles[0]?.env ?? {};
    };
  },
  'env-cmd': async () => {
    const { GetEnvVars } = (await import('env-cmd')) as {
      GetEnvVars(options: { envFile: { filePath: string } }): Promise<Values>;
    };
    return (file) => GetEnvVars({ envFile: { filePath: file } });
  },
};

async function answer(read: Read, file: string): Promise<Answer> {
  try {
    return { values: (await read(file)) as Record<string, string> };
  } catch (error) {
    return { error: String(error) };
  }
}

const [library = '', ...files] = process.argv.slice(2);
const read = await libraries[library]?.();
if (read === undefined) throw new Error(`There is no library ${library}`);
const answers: Answer[] = [];
for (const file of files) answers.push(await answer(read, file));
process.stdout.write(JSON.stringify(answers));
