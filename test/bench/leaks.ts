import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCounters } from '../../main/leaks/counters.ts';
import { searchFolder } from '../../main/leaks/search-folder.ts';
import { searchHistories } from '../../main/leaks/search-histories.ts';
import { type SharedValues, shareValues } from '../../main/leaks/shared-values.ts';
import { writtenForms } from '../../main/leaks/written-forms.ts';
import { leaksWorkerFile } from '../support/leaks-program.ts';
import { median } from './median.ts';
import { ms, table } from './table.ts';

const counts = [10, 1_000] as const;
const turns = 5;
const commits = 10_000;

/** Searches the big tree and a long history, and says in a table what it took. Takes a few minutes and 1.5 GB of disk. */
export async function leaksReport(): Promise<string> {
  const big = unpackBigTree();
  if (big === null)
    return 'The search for leaks was not measured: the package linux-source is not installed.';
  try {
    return reportOf(await treeCosts(big.tree), await historyCosts());
  } finally {
    big.remove();
  }
}

function reportOf(trees: readonly TreeCost[], histories: readonly HistoryCost[]): string {
  const [few, many] = trees;
  const [fewPast, manyPast] = histories;
  if (few === undefined || many === undefined || fewPast === undefined || manyPast === undefined)
    throw new Error('Nothing was measured');
  const is = (isMet: boolean) => (isMet ? 'met' : 'NOT MET');
  const size = `${few.files.toLocaleString('en-GB')} files, ${(few.bytes / 1e9).toFixed(1)} GB`;
  const ripgrep = few.ripgrepMs ?? Number.NaN;
  return table(
    [
      ['', ...counts.map((count) => `${count.toLocaleString('en-GB')} values`), 'aim', ''],
      [`Leaks in ${size}`, ms(few.ms), ms(many.ms)],
      [
        '  processor time, of that with 10 values',
        ...trees.map((each) => `${(each.cpuMs / few.cpuMs).toFixed(2)} ×`),
        'at most 1.1 ×',
        is(many.cpuMs <= few.cpuMs * 1.1),
      ],
      [
        '  ripgrep, rg -uu -F -f',
        ...trees.map(({ ripgrepMs }) => (ripgrepMs === null ? 'not installed' : ms(ripgrepMs))),
      ],
      [
        '  speed of ripgrep’s',
        ...trees.map((each) => `${((each.ripgrepMs ?? Number.NaN) / each.ms).toFixed(2)} ×`),
        'at least 0.5 × at 10',
        is(ripgrep / few.ms >= 0.5),
      ],
      [
        `Leaks in ${fewPast.commits.toLocaleString('en-GB')} commits, ${(fewPast.bytes / 1e6).toFixed(0)} MB`,
        ms(fewPast.ms),
        ms(manyPast.ms),
      ],
      ['  Git alone, reading it all', ms(fewPast.gitMs), ms(manyPast.gitMs)],
    ],
    [0, 3, 4],
  );
}

/** What searching a big tree took, beside ripgrep over the same files; times are medians in milliseconds. */
interface TreeCost {
  readonly values: number;
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
  /** What the processors did for it, which depends less on what else the machine does. */
  readonly cpuMs: number;
  /** Null where ripgrep is not installed. */
  readonly ripgrepMs: number | null;
}

interface HistoryCost {
  readonly values: number;
  readonly commits: number;
  readonly bytes: number;
  readonly ms: number;
  /** Git reading the same objects alone, with nobody looking at them. */
  readonly gitMs: number;
}

/** Values as providers issue them: long, with beginnings that many share. */
function madeValues(count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    if (number % 3 === 0) return `sk_live_${randomBytes(18).toString('hex')}`;
    if (number % 3 === 1) return `re_${randomBytes(24).toString('base64url')}`;
    return `key_${randomBytes(12).toString('hex')}`;
  });
}

function shared(values: readonly string[]): SharedValues {
  const forms = values.map((value) => writtenForms(value));
  const groups = forms.flatMap((each, group) => each.map(() => group));
  return shareValues({ values: forms.flat(), groups });
}

/**
 * Searches the tree for 10 and for 1,000 values, ripgrep and Keyturn in turn, so that what else the machine does meets both.
 * ripgrep is told to search what Keyturn does: hidden and ignored files too, for fixed strings. It stops at the first NUL
 * of a binary file, where Keyturn goes on.
 */
async function treeCosts(tree: string): Promise<TreeCost[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-bench-'));
  const hasRipgrep = spawnSync('rg', ['--version']).status === 0;
  try {
    const runs = counts.map((count) => {
      const values = madeValues(count);
      const list = path.join(folder, `${count}.txt`);
      writeFileSync(list, `${values.join('\n')}\n`);
      return {
        count,
        values,
        list,
        ms: [] as number[],
        cpuMs: [] as number[],
        ripgrepMs: [] as number[],
        files: 0,
        bytes: 0,
      };
    });
    // The first turn brings the files into memory, and is not counted.
    for (let turn = 0; turn <= turns; turn += 1) {
      for (const run of runs) {
        const began = performance.now();
        if (hasRipgrep) spawnSync('rg', ['-uu', '-F', '-f', run.list, tree]);
        const between = performance.now();
        const before = process.cpuUsage();
        const found = await searchFolder(leaksWorkerFile, {
          root: tree,
          // As the vault is read: while the threads start.
          values: Promise.resolve().then(() => shared(run.values)),
          mostHits: 5_000,
        });
        const ended = performance.now();
        const cpu = process.cpuUsage(before);
        if (found.hits.length > 0) throw new Error('A value that was made up was found');
        run.files = found.files;
        run.bytes = found.bytes;
        if (turn === 0) continue;
        run.ripgrepMs.push(between - began);
        run.ms.push(ended - between);
        run.cpuMs.push((cpu.user + cpu.system) / 1_000);
      }
    }
    return runs.map(({ count, files, bytes, ms, cpuMs, ripgrepMs }) => ({
      values: count,
      files,
      bytes,
      ms: median(ms),
      cpuMs: median(cpuMs),
      ripgrepMs: hasRipgrep ? median(ripgrepMs) : null,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Searches the history of a repository that is made for it, with a value in some of its commits. */
async function historyCosts(): Promise<HistoryCost[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-bench-'));
  try {
    const leaked = `sk_live_${randomBytes(18).toString('hex')}`;
    await makeRepository(folder, leaked);
    const runs = counts.map((count) => ({
      count,
      values: shared([...madeValues(count - 1), leaked]),
      ms: [] as number[],
      bytes: 0,
    }));
    const gitMs: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      for (const run of runs) {
        const began = performance.now();
        const [found] = await searchHistories(leaksWorkerFile, [folder], {
          values: run.values,
          counters: createCounters(),
        });
        run.ms.push(performance.now() - began);
        if (found?.ok !== true || found.value.commits !== commits) throw new Error('Not all was searched');
        if (found.value.hits.length !== 2) throw new Error('What was leaked was not found');
        run.bytes = found.value.bytes;
      }
      const began = performance.now();
      const all = 'cat-file --batch --batch-all-objects --unordered --buffer';
      execFileSync('sh', ['-c', `git -C "$0" ${all} > /dev/null`, folder]);
      gitMs.push(performance.now() - began);
    }
    return runs.map(({ count, ms, bytes }) => ({
      values: count,
      commits,
      bytes,
      ms: median(ms),
      gitMs: median(gitMs),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A repository of a few hundred files, one of which is changed by each commit. Two files had the value for a while. */
async function makeRepository(folder: string, leaked: string): Promise<void> {
  execFileSync('git', ['init', '-q', '-b', 'main', folder]);
  const git = spawn('git', ['-C', folder, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const line = (number: number) => `export const value${number} = compute(${number}, '${number * 7919}');\n`;
  const texts = Array.from({ length: 300 }, (_, file) =>
    Array.from({ length: 200 }, (__, at) => line(file * 200 + at)),
  );
  for (let number = 0; number < commits; number += 1) {
    const file = (number * 31) % texts.length;
    const text = texts[file] ?? [];
    text[(number * 17) % text.length] = line(number * 13);
    const hasLeak = number === commits >> 1 || number === commits >> 2;
    const content = text.join('') + (hasLeak ? leaked : '');
    const subject = `Change ${number}`;
    const written = git.stdin.write(
      `commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_600_000_000 + number * 60} +0000\n` +
        `data ${subject.length}\n${subject}\n` +
        `M 100644 inline src/file-${file}.ts\ndata ${content.length}\n${content}\n`,
    );
    if (!written) await once(git.stdin, 'drain');
  }
  git.stdin.end();
  await once(git, 'exit');
  execFileSync('git', ['-C', folder, 'gc', '-q']);
}

/**
 * A source tree of more than 1 GB: Linux, as Debian packs it. Unpacked into a temporary folder; null where the package is
 * not there and cannot be installed. `remove` gives the space back.
 */
function unpackBigTree(): { readonly tree: string; readonly remove: () => void } | null {
  const packed = () =>
    existsSync('/usr/src')
      ? readdirSync('/usr/src').find((name) => /^linux-source-.*\.tar\.(xz|bz2|gz)$/.test(name))
      : undefined;
  if (packed() === undefined && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'linux-source', 'xz-utils'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const archive = packed();
  if (archive === undefined) return null;
  const tree = mkdtempSync(path.join(tmpdir(), 'keyturn-bench-tree-'));
  execFileSync('tar', ['-xf', path.join('/usr/src', archive), '-C', tree]);
  return { tree, remove: () => rmSync(tree, { recursive: true, force: true }) };
}
