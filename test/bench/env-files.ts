import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDiskEnvFiles } from '../../main/env-files/disk-env-files.ts';
import { Secret } from '../../main/secrets/secret.ts';
import { median, timesOf } from './median.ts';

/** What setting one variable costs, in milliseconds. */
export interface EnvFilesCost {
  readonly what: string;
  readonly appMs: number;
  /** Read, changed by one search in the text, written beside, synced and renamed in Node, with no look at anything. */
  readonly bareMs: number;
  /** The same, and the folder synced after it: without that a power cut may bring the old file back. */
  readonly bareSyncedMs: number;
  /** `dotenvx set --plain` as a whole process; null where it was not asked. */
  readonly dotenvxMs: number | null;
}

const warmUps = 5;

/** Sets one variable in the middle of a file of 5,000 lines, and of one of 10 MB. In turns, so that what else runs meets all. */
export async function envFilesCost(root: string): Promise<EnvFilesCost[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-bench-env-'));
  try {
    const lines = await setCost(folder, textOf(5_000, 24), 30, root);
    const large = await setCost(folder, textOf(100_000, 90), 5, null);
    return [
      { what: 'Set one variable in a file of 5,000 lines', ...lines },
      { what: 'Set one variable in a file of 10 MB', ...large },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Comments and assignments in turn, as people write them, with `API_KEY` in the middle. */
function textOf(lineCount: number, width: number): string {
  const lines = Array.from({ length: lineCount }, (_, line) => {
    if (line === lineCount / 2) return 'API_KEY=first';
    return (line % 4 === 0 ? `# setting ${line} ` : `SETTING_${line}=`).padEnd(width, 'x');
  });
  return `${lines.join('\n')}\n`;
}

async function setCost(
  folder: string,
  text: string,
  turns: number,
  root: string | null,
): Promise<Omit<EnvFilesCost, 'what'>> {
  const file = path.join(folder, '.env');
  await writeFile(file, text);
  const envFiles = createDiskEnvFiles();
  const own: number[] = [];
  const bare: number[] = [];
  const bareSynced: number[] = [];
  const dotenvx: number[] = [];
  for (let turn = -warmUps; turn < turns; turn += 1) {
    // Values of one length, and always another one.
    const value = String(1_000 + turn);
    const [ownMs = 0] = await timesOf(1, () => setByApp(envFiles, file, `own${value}`));
    const [bareMs = 0] = await timesOf(1, () => setBarely(file, `bare${value}`));
    const [bareSyncedMs = 0] = await timesOf(1, async () => {
      await setBarely(file, `both${value}`);
      await syncFolder(folder);
    });
    if (turn < 0) continue;
    own.push(ownMs);
    bare.push(bareMs);
    bareSynced.push(bareSyncedMs);
    if (root !== null && turn % 3 === 0)
      dotenvx.push(...(await timesOf(1, () => setByDotenvx(root, file, `dotenvx${value}`))));
  }
  return {
    appMs: median(own),
    bareMs: median(bare),
    bareSyncedMs: median(bareSynced),
    dotenvxMs: dotenvx.length > 0 ? median(dotenvx) : null,
  };
}

async function setByApp(
  envFiles: ReturnType<typeof createDiskEnvFiles>,
  file: string,
  value: string,
): Promise<void> {
  const written = await envFiles.write(file, [{ variable: 'API_KEY', value: new Secret(value) }], 'any');
  if (!written.ok) throw new Error(`The app could not write ${file}: ${written.error.code}`);
}

async function setBarely(file: string, value: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(text.replace(/^API_KEY=.*$/m, `API_KEY=${value}`));
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

async function setByDotenvx(root: string, file: string, value: string): Promise<void> {
  const program = path.join(root, 'node_modules', '.bin', 'dotenvx');
  const env = { PATH: process.env.PATH ?? '', HOME: path.dirname(file) };
  const args = ['set', 'API_KEY', value, '--plain', '-f', file];
  const [code] = (await once(spawn(program, args, { env, stdio: 'ignore' }), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`dotenvx ended with ${code}`);
}
