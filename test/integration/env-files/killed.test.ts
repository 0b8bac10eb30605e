import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { createInPlaceJournal } from '../../../main/env-files/in-place-journal.ts';
import { recoverInPlace } from '../../../main/env-files/in-place-recovery.ts';
import { Secret } from '../../../main/secrets/secret.ts';

const WRITER = path.join(import.meta.dirname, 'killed-writer.ts');
const LONG = 'x'.repeat(200);

/**
 * Hundreds of writers are started: what Node makes of their code is kept from the first one. One thread does all that is
 * done to files, so that the nth call of it is the nth call of all.
 */
const COMPILED = mkdtempSync(path.join(os.tmpdir(), 'keyturn-compiled-'));
const env = { ...process.env, NODE_COMPILE_CACHE: COMPILED, UV_THREADPOOL_SIZE: '1' };
beforeAll(() => {
  const first = path.join(COMPILED, '.env');
  spawnSync(process.execPath, [WRITER, first, 'once', 'value', path.join(COMPILED, 'records')], { env });
});
afterAll(() => fs.rm(COMPILED, { recursive: true }));

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-killed-'));
  file = path.join(folder, '.env');
});
afterEach(() => fs.rm(folder, { recursive: true }));

function start(mode: string, value: string) {
  return spawn(process.execPath, [WRITER, file, mode, value], { env, stdio: ['ignore', 'pipe', 'inherit'] });
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

/** Whatever changes a disk, and what brings a change to it. Files are opened too often by Node itself to be counted. */
const WRITING_CALLS =
  'write,pwrite64,ftruncate,fsync,fdatasync,fchmod,fchown,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat';
const TRACE = ['-f', '-qq', '-e', `trace=${WRITING_CALLS}`, '-e', 'signal=none', '-o', '/dev/null'];
const canTrace = spawnSync('strace', [...TRACE, 'true']).status === 0;
const sevens = (bytes: number) => new Uint8Array(bytes).fill(7);

const title = 'A process that is killed by the system at every call that writes';
describe.runIf(canTrace)(canTrace ? title : `${title} (needs strace and the right to trace)`, () => {
  const text = (value: string) => `# note\nexport KEY=${value} # why\nOTHER="kept"`;

  function writeTraced(records: string, value: string, kill: readonly string[]) {
    const program = [process.execPath, WRITER, file, 'once', value, records];
    return spawnSync('strace', [...TRACE, ...kill, ...program], { env, encoding: 'utf8' });
  }

  it.each([
    ['replaced', 'old', LONG],
    ['written in place, with a longer value', 'old', LONG],
    ['written in place, with a shorter value', LONG, 'new'],
  ])(
    'leaves the old text or the new one when the vault is opened again, in a file that is %s',
    async (way, from, to) => {
      const records = path.join(folder, 'pending-edits');
      const found: string[] = [];
      for (let nth = 1, isKilled = true; isKilled; nth += 1) {
        await fs.rm(folder, { recursive: true });
        await fs.mkdir(folder);
        await fs.writeFile(file, text(from));
        if (way !== 'replaced') await fs.link(file, path.join(folder, 'twin'));
        const inject = `inject=${WRITING_CALLS}:signal=KILL:when=${nth}`;
        const writer = writeTraced(records, to, ['-e', inject]);
        isKilled = writer.signal === 'SIGKILL' || writer.status === 137;
        if (!isKilled) expect(writer.stderr + writer.status).toBe('0');
        found.push(await fs.readFile(file, 'utf8'));
        const journal = createInPlaceJournal({ folder: records, dataKey: sevens(32), random: sevens });
        expect((await recoverInPlace(journal)).unreadable).toEqual([]);
        expect([text(from), text(to)]).toContain(await fs.readFile(file, 'utf8'));
        expect(await fs.readdir(records).catch(() => [])).toEqual([]);
      }
      expect(found[0]).toBe(text(from));
      expect(found.at(-1)).toBe(text(to));
      // In place there are moments at which the file is neither; a replaced one never is.
      const isTorn = found.some((one) => one !== text(from) && one !== text(to));
      expect(isTorn).toBe(way !== 'replaced');
    },
    300_000,
  );
});
