import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Mutant, mutants } from './mutants-of-guards.ts';

/**
 * `npm run mutants`: takes away one guard after the other, in a copy of the last commit, and runs the tests that are
 * named for it. Every one must fail without its guard. Words after the command choose the guards whose names hold
 * them. Exits with 1 when a guard is not missed, or its text is not found any more.
 */
type Verdict = 'caught' | 'NOT CAUGHT' | 'NOT FOUND' | 'FAILS ANYWAY';

const project = path.resolve(import.meta.dirname, '..');
const bin = path.join(project, 'node_modules/.bin');

/** A copy of the last commit with the packages of this folder. */
function makeCopy(): string {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'keyturn-mutants-')), 'copy');
  const cloned = spawnSync('git', ['clone', '-q', project, copy], { encoding: 'utf8' });
  if (cloned.status !== 0) throw new Error(`The project could not be copied: ${cloned.stderr}`);
  symlinkSync(path.join(project, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** Whether all of these test files pass in the copy. As many random lives as at night, from one seed, so that what is caught once is caught every time. */
function pass(copy: string, tests: readonly string[]): boolean {
  const { status } = spawnSync(path.join(bin, 'vitest'), ['run', '--bail=1', '--reporter=dot', ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, KEYTURN_NIGHTLY: '1', KEYTURN_SEED: '1' },
  });
  return status === 0;
}

function judge(copy: string, { file, guard, without, tests }: Mutant): Verdict {
  const source = path.join(copy, file);
  const text = readFileSync(source, 'utf8');
  if (text.split(guard).length !== 2) return 'NOT FOUND';
  writeFileSync(
    source,
    text.replace(guard, () => without),
  );
  try {
    return pass(copy, tests) ? 'NOT CAUGHT' : 'caught';
  } finally {
    writeFileSync(source, text);
  }
}

function main(wanted: readonly string[]): number {
  const chosen = mutants.filter(({ name }) => wanted.every((word) => name.includes(word)));
  const copy = makeCopy();
  try {
    const sound = new Map<string, boolean>();
    const passesWhole = (test: string): boolean => {
      const known = sound.get(test) ?? pass(copy, [test]);
      sound.set(test, known);
      return known;
    };
    say('| guard | file | caught by | |\n| --- | --- | --- | --- |');
    const verdicts = chosen.map((mutant) => {
      const verdict = mutant.tests.every(passesWhole) ? judge(copy, mutant) : 'FAILS ANYWAY';
      say(`| ${mutant.name} | ${mutant.file} | ${mutant.tests.join(', ')} | ${verdict} |`);
      return verdict;
    });
    const caught = verdicts.filter((verdict) => verdict === 'caught').length;
    say(`\n${caught} of ${chosen.length} caught`);
    return caught === chosen.length ? 0 : 1;
  } finally {
    rmSync(path.dirname(copy), { recursive: true, force: true });
  }
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

process.exitCode = main(process.argv.slice(2));
