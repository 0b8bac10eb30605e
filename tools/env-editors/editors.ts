import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createDiskEnvFiles } from '../../main/env-files/disk-env-files.ts';
import { Secret } from '../../main/secrets/secret.ts';

/** A tool that sets a variable in the `.env` file of a folder, run as its own documentation shows. */
export interface Editor {
  readonly name: string;
  /** What is run, as the head of a column. */
  readonly title: string;
  readonly version: string;
  readonly set: (folder: string, variable: string, value: string) => Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const require = createRequire(import.meta.url);

/** Keyturn itself, by the very code that the app writes with. */
export const keyturn: Editor = {
  name: 'Keyturn',
  title: 'Keyturn',
  version: '',
  set: async (folder, variable, value) => {
    const assignments = [{ variable, value: new Secret(value) }];
    const outcome = await createDiskEnvFiles().write(path.join(folder, '.env'), assignments, 'any');
    if (!outcome.ok) throw new Error(outcome.error.code);
  },
};

/** The tools that can be run here: those from npm always, python-dotenv where it is installed. */
export function otherEditors(): Editor[] {
  const npm = [
    dotenvx('`dotenvx set`', []),
    dotenvx('`dotenvx set --plain`', ['--plain']),
    script('update-dotenv', `require(${at('update-dotenv')})({ [process.argv[1]]: process.argv[2] })`),
    script(
      'edit-dotenv',
      `const fs = require('node:fs'); const edit = require(${at('edit-dotenv')});
       fs.writeFileSync('.env', edit(fs.readFileSync('.env', 'utf8'), { [process.argv[1]]: process.argv[2] }))`,
    ),
    script(
      'envfile',
      `const fs = require('node:fs'); const { parse, stringify } = require(${at('envfile')});
       const values = parse(fs.readFileSync('.env', 'utf8')); values[process.argv[1]] = process.argv[2];
       fs.writeFileSync('.env', stringify(values))`,
    ),
  ];
  const python = pythonDotenv();
  return python === undefined ? npm : [...npm, python];
}

/** The address of a package, as a literal for a script that runs elsewhere. */
const at = (name: string) => JSON.stringify(require.resolve(name));

function dotenvx(title: string, options: readonly string[]): Editor {
  const program = path.join(ROOT, 'node_modules/.bin/dotenvx');
  return {
    name: 'dotenvx',
    title,
    version: versionOf('@dotenvx/dotenvx'),
    set: async (folder, variable, value) => {
      // Its own home: by default it would keep the private key of what it encrypts in the user's keychain.
      const env = { PATH: process.env.PATH, HOME: folder, DOTENVX_NO_OPS: 'true' };
      execFileSync(program, ['set', variable, value, ...options], { cwd: folder, env, stdio: 'ignore' });
    },
  };
}

function script(name: string, code: string): Editor {
  return {
    name,
    title: name,
    version: versionOf(name),
    set: async (folder, variable, value) => {
      execFileSync(process.execPath, ['-e', code, variable, value], { cwd: folder, stdio: 'ignore' });
    },
  };
}

function pythonDotenv(): Editor | undefined {
  const asked = spawnSync(PYTHON, ['-c', 'import dotenv.version; print(dotenv.version.__version__)'], {
    encoding: 'utf8',
  });
  if (asked.status !== 0) return undefined;
  // What `dotenv set` calls; the command itself is a package of its own.
  const code = 'import dotenv, sys; dotenv.set_key(".env", sys.argv[1], sys.argv[2])';
  return {
    name: 'python-dotenv',
    title: 'python-dotenv `set_key`',
    version: asked.stdout.trim(),
    set: async (folder, variable, value) => {
      execFileSync(PYTHON, ['-c', code, variable, value], { cwd: folder, stdio: 'ignore' });
    },
  };
}

function versionOf(name: string): string {
  const manifest = readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
