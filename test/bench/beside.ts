import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDiskEnvFiles } from '../../main/env-files/disk-env-files.ts';
import { Secret } from '../../main/secrets/secret.ts';
import { median, timesOf } from './median.ts';
import { keychainStore, type SeededVault } from './seeded-vault.ts';

/** The app's way of doing something beside that of a program which does only this, in milliseconds. */
export interface Beside {
  readonly what: string;
  readonly appMs: number;
  readonly tool: string;
  readonly toolMs: number;
}

const turns = 10;
const envText = Array.from({ length: 30 }, (_, line) => `# setting ${line}\nSETTING_${line}=${line}\n`).join(
  '',
);

/** Reads one value from the keychain: by the app's worker, which runs already, and by `secret-tool` from start to end. */
export async function readSecretBeside({ env, keys }: SeededVault): Promise<Beside> {
  const name = `key/${keys[0]?.id ?? ''}` as const;
  const store = keychainStore(env);
  const get = async () => {
    const read = await store.get(name as Parameters<typeof store.get>[0]);
    if (!read.ok) throw new Error(`The app could not read ${name}: ${read.error.code}`);
  };
  await get();
  const own = await timesOf(turns, get);
  await store.close();
  const lookup = ['lookup', 'service', 'keyturn', 'account', name];
  const theirs = await timesOf(turns, () => run('secret-tool', lookup, env));
  return {
    what: 'Read one value from the keychain',
    appMs: median(own),
    tool: 'secret-tool lookup',
    toolMs: median(theirs),
  };
}

/** Writes one variable into a file of 60 lines, with all that the app promises of it, and with `dotenvx set`. */
export async function writeVariableBeside(root: string): Promise<Beside> {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-beside-'));
  try {
    const file = path.join(folder, '.env');
    await writeFile(file, envText);
    const envFiles = createDiskEnvFiles();
    const own = await timesOf(turns, async (turn) => {
      const value = new Secret(`value${turn}`);
      const written = await envFiles.write(file, [{ variable: 'API_KEY', value }], 'any');
      if (!written.ok) throw new Error(`The app could not write ${file}: ${written.error.code}`);
    });
    const dotenvx = path.join(root, 'node_modules', '.bin', 'dotenvx');
    const env = { PATH: process.env.PATH ?? '', HOME: folder };
    const theirs = await timesOf(turns, (turn) =>
      run(dotenvx, ['set', 'API_KEY', `other${turn}`, '--plain', '-f', file], env),
    );
    return {
      what: 'Write one variable',
      appMs: median(own),
      tool: 'dotenvx set --plain',
      toolMs: median(theirs),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(program, args, { env, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}
