import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { Secret } from '../../../main/secrets/secret.ts';

const WRITER = path.join(import.meta.dirname, 'killed-writer.ts');
const LONG = 'x'.repeat(200);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-killed-'));
  file = path.join(folder, '.env');
});
afterEach(() => fs.rm(folder, { recursive: true }));

function start(mode: string, value: string) {
  return spawn(process.execPath, [WRITER, file, mode, value], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const leftovers = async () => (await fs.readdir(folder)).filter((name) => name.includes('.keyturn-'));

/** Kills a writer before each of its calls in turn, until one comes through; yields the outcomes. */
async function killAtEveryCall(value: string, prepare: () => Promise<void>): Promise<string[]> {
  const texts: string[] = [];
  for (let nth = 1; ; nth += 1) {
    await prepare();
    const [code, signal] = await once(start(String(nth), value), 'close');
    texts.push(await fs.readFile(file, 'utf8'));
    if (signal === null) {
      expect(code).toBe(0);
      return texts;
    }
    expect(signal).toBe('SIGKILL');
  }
}

describe('A process that is killed while it writes', () => {
  const text = (value: string) => `# note\nexport KEY=${value} # why\nOTHER="kept"`;

  it('before any of its calls, leaves the old file or the new one', async () => {
    const texts = await killAtEveryCall(LONG, async () => {
      await fs.rm(folder, { recursive: true });
      await fs.mkdir(folder);
      await fs.writeFile(file, text('old'));
    });
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((found) => found !== text('old') && found !== text(LONG))).toEqual([]);
    expect(texts[0]).toBe(text('old'));
    expect(texts.at(-1)).toBe(text(LONG));
  }, 120_000);

  it.each([
    ['a longer', LONG],
    ['a shorter', ''],
  ])(
    'in a file written in place, with %s value, adds no more than blank lines to the old or the new text',
    async (_, value) => {
      const written = value === '' ? "''" : value;
      const texts = await killAtEveryCall(value, async () => {
        await fs.rm(path.join(folder, 'twin'), { force: true });
        await fs.writeFile(file, text('old'));
        await fs.link(file, path.join(folder, 'twin'));
      });
      expect(texts.length).toBeGreaterThan(20);
      const trimmed = new Set(texts.map((found) => found.replace(/\n+$/, '')));
      expect(trimmed).toEqual(new Set([text('old'), text(written)]));
      expect(texts.at(-1)).toBe(text(written));
    },
    120_000,
  );

  it('leaves a copy for its owner only, which the next write a minute later removes', async () => {
    await fs.writeFile(file, text('old'));
    await fs.chmod(file, 0o644);
    for (let nth = 1; (await leftovers()).length === 0; nth += 1)
      await once(start(String(nth), LONG), 'close');
    const [leftover = ''] = await leftovers();
    expect((await fs.stat(path.join(folder, leftover))).mode & 0o777).toBe(0o600);
    const envFiles = createDiskEnvFiles({ now: () => Date.now() + 61_000 });
    await envFiles.write(file, [{ variable: 'KEY', value: new Secret('newest') }], 'any');
    expect(await leftovers()).toEqual([]);
    expect(await fs.readFile(file, 'utf8')).toBe(text('newest'));
  }, 120_000);

  it('at 20 random moments, leaves one of the two files that it was changing between', async () => {
    const filler = '# a line of a long file\n'.repeat(20_000);
    const big = (value: string) => `${filler}KEY=${value}\n${filler}`;
    await fs.writeFile(file, big('old'));
    const seen = { old: 0, new: 0 };
    for (let kill = 0; kill < 20; kill += 1) {
      const writer = start('loop', LONG);
      await once(writer.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 150));
      writer.kill('SIGKILL');
      await once(writer, 'close');
      const found = await fs.readFile(file, 'utf8');
      const which = found === big('old') ? 'old' : 'new';
      expect(found.length).toBe(big(which === 'old' ? 'old' : LONG).length);
      expect(found === big('old') || found === big(LONG)).toBe(true);
      seen[which] += 1;
    }
    // Otherwise nothing was being written when the kills came.
    expect(seen.new).toBeGreaterThan(0);
  }, 120_000);
});
