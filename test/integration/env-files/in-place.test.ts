import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { createInPlaceJournal, type InPlaceEdit } from '../../../main/env-files/in-place-journal.ts';
import { recoverInPlace } from '../../../main/env-files/in-place-recovery.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { type Machine, machineThatDiesAfter } from './power-cut-file-system.ts';

const dataKey = randomBytes(32);
const LONG = 'x'.repeat(150);
const text = (value: string) => `# note\nexport KEY=${value} # why\nOTHER="kept"`;

let root: string;
let file: string;
let records: string;
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-in-place-')));
  file = path.join(root, '.env');
  records = path.join(root, 'pending-edits');
});
afterEach(() => fs.rm(root, { recursive: true }));

const journal = () => createInPlaceJournal({ folder: records, dataKey, random: randomBytes });
const textOf = (name: string) => fs.readFile(name, 'utf8');
const kept = () => fs.readdir(records).catch(() => []);

/** A file that can only be written in place, since it has another name too. */
async function put(content: string): Promise<void> {
  await fs.rm(path.join(root, 'twin'), { force: true });
  await fs.writeFile(file, content);
  await fs.link(file, path.join(root, 'twin'));
}

function writeOn(machine: Machine, value: string) {
  const wired = machine.wired(journal());
  const envFiles = createDiskEnvFiles({ fs: machine.fs, inPlaceJournal: () => wired });
  return envFiles.write(file, [{ variable: 'KEY', value: new Secret(value) }], 'any');
}

/** Lets the power go after one step more each time, until the write comes through; yields the texts that were left. */
async function cutEverywhere(before: string, value: string, look: () => Promise<void>): Promise<string[]> {
  const left: string[] = [];
  for (let steps = 1; ; steps += 1) {
    await put(before);
    const machine = machineThatDiesAfter(steps);
    const result = await writeOn(machine, value);
    left.push(await textOf(file));
    await look();
    if (!machine.isDead()) {
      expect(result).toMatchObject({ ok: true });
      return left;
    }
  }
}

describe('A power cut while a file is written in place', () => {
  it.each([
    ['a longer', 'old', LONG],
    ['a shorter', LONG, 'new'],
    ['another', 'old', 'new'],
  ])(
    'at any call and any byte of it, with %s value, ends as the old text or the new one',
    async (_, from, to) => {
      const outcomes = new Set<string>();
      const left = await cutEverywhere(text(from), to, async () => {
        const { recovered, unreadable } = await recoverInPlace(journal());
        expect(unreadable).toEqual([]);
        expect(await textOf(path.join(root, 'twin'))).toBe(await textOf(file));
        expect([text(from), text(to)]).toContain(await textOf(file));
        expect(await kept()).toEqual([]);
        for (const { outcome } of recovered) outcomes.add(outcome);
      });
      // Otherwise nothing had to be recovered, and the test has shown nothing.
      expect(left.filter((one) => one !== text(from) && one !== text(to)).length).toBeGreaterThan(1);
      expect(outcomes).toEqual(new Set(['whole', 'put-back']));
    },
    180_000,
  );

  it('and another one at any moment of putting the old text back ends no other way', async () => {
    let recoveries = 0;
    const seen = new Set<string>();
    await cutEverywhere(text('old'), LONG, async () => {
      const torn = await textOf(file);
      if (torn === text('old') || torn === text(LONG) || seen.has(torn) || seen.size > 5) return;
      seen.add(torn);
      const [edit] = (await journal().all()).edits;
      for (let steps = 1; ; steps += 1) {
        await fs.writeFile(file, torn);
        await journal().keep({ ...(edit as InPlaceEdit), at: Date.now() });
        const machine = machineThatDiesAfter(steps);
        await recoverInPlace(machine.wired(journal()), { fs: machine.fs });
        await recoverInPlace(journal());
        expect(await textOf(file)).toBe(text('old'));
        expect(await kept()).toEqual([]);
        recoveries += 1;
        if (!machine.isDead()) break;
      }
    });
    expect(recoveries).toBeGreaterThan(100);
  }, 120_000);

  it('long ago, and another one while the old text was put back today', async () => {
    const [before, after] = [Buffer.from(text('old')), Buffer.from(text(LONG))];
    const torn = Buffer.concat([after.subarray(0, 60), Buffer.alloc(after.length - 60, '\n')]);
    const at = Date.now() - 3_600_000;
    for (let steps = 1; ; steps += 1) {
      await put(torn.toString());
      await fs.utimes(file, at / 1000, at / 1000);
      const { ino } = await fs.stat(file, { bigint: true });
      await journal().keep({ real: file, ino, at, before, after });
      const machine = machineThatDiesAfter(steps);
      await recoverInPlace(machine.wired(journal()), { fs: machine.fs });
      await recoverInPlace(journal());
      expect(await textOf(file)).toBe(before.toString());
      if (!machine.isDead()) return;
    }
  });

  it('which tore it in blocks, as disks do, is made good too', async () => {
    const lines = (value: string) =>
      Array.from({ length: 300 }, (_, line) => `LINE_${line}=${value}\n`).join('');
    const [before, after] = [Buffer.from(lines('a')), Buffer.from(lines('bbbbbbbb'))];
    for (let turn = 0; turn < 50; turn += 1) {
      await put(before.toString());
      const { ino } = await fs.stat(file, { bigint: true });
      await journal().keep({ real: file, ino, at: Date.now(), before, after });
      const filled = Buffer.concat([before, Buffer.alloc(after.length - before.length, turn % 2 ? 0 : '\n')]);
      for (let at = 0; at < after.length; at += 512)
        if (Math.random() < 0.5) after.copy(filled, at, at, Math.min(at + 512, after.length));
      await fs.writeFile(file, filled);
      const { recovered } = await recoverInPlace(journal());
      expect(recovered).toEqual([{ file, outcome: 'put-back', reason: '' }]);
      expect(await textOf(file)).toBe(before.toString());
    }
  });

  it('is made good once, though files are written while it is', async () => {
    await put(text('old'));
    const { ino } = await fs.stat(file, { bigint: true });
    const [before, after] = [Buffer.from(text('old')), Buffer.from(text(LONG))];
    const shared = journal();
    await shared.keep({ real: file, ino, at: Date.now(), before, after });
    await fs.writeFile(file, Buffer.concat([after.subarray(0, 60), Buffer.alloc(after.length - 60, '\n')]));
    const envFiles = createDiskEnvFiles({ inPlaceJournal: () => shared });
    const assignments = [{ variable: 'KEY', value: new Secret('newest') }];
    const [recovery, written] = await Promise.all([
      recoverInPlace(shared),
      envFiles.write(file, assignments, 'any'),
    ]);
    expect(written).toMatchObject({ ok: true });
    expect(recovery.recovered.filter(({ outcome }) => outcome === 'left-alone')).toEqual([]);
    expect(await textOf(file)).toBe(text('newest'));
    expect(await kept()).toEqual([]);
  });

  it('of a file that is written again before anything was recovered', async () => {
    await put(text('old'));
    const { ino } = await fs.stat(file, { bigint: true });
    const [before, after] = [Buffer.from(text('old')), Buffer.from(text(LONG))];
    await journal().keep({ real: file, ino, at: Date.now(), before, after });
    await fs.writeFile(file, after.subarray(0, 60));
    await fs.appendFile(file, '\n'.repeat(after.length - 60));
    expect(await writeOn(machineThatDiesAfter(Number.POSITIVE_INFINITY), 'newest')).toMatchObject({
      ok: true,
    });
    expect(await textOf(file)).toBe(text('newest'));
    expect(await kept()).toEqual([]);
  });
});

describe('What is not provably our own torn writing is left alone', () => {
  const [before, after] = [Buffer.from(text('old')), Buffer.from(text(LONG))];
  const torn = Buffer.concat([after.subarray(0, 60), Buffer.alloc(after.length - 60, '\n')]);

  async function recoverAfter(change: () => Promise<unknown>, at = Date.now()) {
    await put(torn.toString());
    const { ino } = await fs.stat(file, { bigint: true });
    await journal().keep({ real: file, ino, at, before, after });
    await change();
    const content = await textOf(file).catch(() => null);
    const { recovered } = await recoverInPlace(journal());
    expect(await textOf(file).catch(() => null)).toBe(content);
    return recovered;
  }
  const leftAlone = () => [{ file, outcome: 'left-alone', reason: '' }];

  it('a file that someone mended by hand', async () => {
    expect(await recoverAfter(() => fs.writeFile(file, text('mended')))).toEqual(leftAlone());
    expect(await kept()).toEqual([]);
  });

  it('a line that someone added to it', async () => {
    expect(await recoverAfter(() => fs.appendFile(file, 'MORE=1\n'))).toEqual(leftAlone());
  });

  it('a file that someone put in its place, even with the same torn text', async () => {
    const replaced = async () => {
      await fs.writeFile(path.join(root, 'other'), torn);
      await fs.rename(path.join(root, 'other'), file);
    };
    expect(await recoverAfter(replaced)).toEqual(leftAlone());
  });

  it('a file that was written long after our writing began', async () => {
    expect(await recoverAfter(async () => {}, Date.now() - 600_000)).toEqual(leftAlone());
  });

  it('a folder in its place', async () => {
    expect(await recoverAfter(() => fs.unlink(file).then(() => fs.mkdir(file)))).toEqual(leftAlone());
  });

  it('a file that is not there: the record waits a month, for a disk that is not plugged in', async () => {
    expect(await recoverAfter(() => fs.unlink(file))).toEqual([
      { file, outcome: 'kept', reason: 'It is not there' },
    ]);
    expect(await kept()).toHaveLength(1);
    await recoverInPlace(journal(), { now: () => Date.now() + 31 * 86_400_000 });
    expect(await kept()).toEqual([]);
  });

  it('and keeps nobody from making the file anew', async () => {
    await recoverAfter(() => fs.unlink(file));
    const machine = machineThatDiesAfter(Number.POSITIVE_INFINITY);
    expect(await writeOn(machine, 'new')).toMatchObject({ ok: true });
    expect(await textOf(file)).toBe('KEY=new\n');
  });

  it('a file that is whole, whoever made it so', async () => {
    expect(await recoverAfter(() => fs.writeFile(file, before), 0)).toEqual([
      { file, outcome: 'whole', reason: '' },
    ]);
  });
});

describe('The record of an edit in place', () => {
  const edit = (): InPlaceEdit => ({
    real: file,
    ino: 7n,
    at: 1,
    before: Buffer.from('KEY=canary-before\n'),
    after: Buffer.from('KEY=canary-after\n'),
  });

  it('is for its owner only, and shows neither the file’s text nor its name', async () => {
    await journal().keep(edit());
    const [name = ''] = await kept();
    const bytes = await fs.readFile(path.join(records, name));
    expect((await fs.stat(path.join(records, name))).mode & 0o777).toBe(0o600);
    expect((await fs.stat(records)).mode & 0o777).toBe(0o700);
    for (const secret of ['canary', 'KEY', '.env']) expect(bytes.includes(secret)).toBe(false);
    expect(name).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is read back as it was kept', async () => {
    await journal().keep(edit());
    expect(await journal().of(file)).toEqual(edit());
    expect(await journal().all()).toEqual({ edits: [edit()], unreadable: [] });
    expect(await journal().of('/another')).toBeNull();
  });

  it('of another vault, damaged, or under another name, is told of and kept', async () => {
    await journal().keep(edit());
    const [name = ''] = await kept();
    const other = createInPlaceJournal({ folder: records, dataKey: randomBytes(32), random: randomBytes });
    expect(await other.all()).toEqual({ edits: [], unreadable: [name] });
    const renamed = 'f'.repeat(32);
    await fs.rename(path.join(records, name), path.join(records, renamed));
    expect(await recoverInPlace(journal())).toEqual({ recovered: [], unreadable: [renamed] });
    await fs.truncate(path.join(records, renamed), 30);
    expect(await recoverInPlace(journal())).toEqual({ recovered: [], unreadable: [renamed] });
    expect(await kept()).toEqual([renamed]);
  });

  it('that did not come to be is removed', async () => {
    await journal().keep(edit());
    const [name = ''] = await kept();
    await fs.writeFile(path.join(records, `.${name}.0123456789ab.tmp`), 'half a record');
    await journal().all();
    expect(await kept()).toEqual([name]);
  });

  it('that cannot be kept keeps the file from being written', async () => {
    await put(text('old'));
    await fs.writeFile(records, 'no folder');
    const result = await writeOn(machineThatDiesAfter(Number.POSITIVE_INFINITY), 'new');
    expect(result).toMatchObject({ ok: false, error: { code: 'file-unwritable', file } });
    expect(await textOf(file)).toBe(text('old'));
  });
});
