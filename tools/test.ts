import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureSystemPackages } from './system-packages.ts';
import { type Failure, readPlaywrightSummary, readVitestSummary, type Summary } from './test-summary.ts';

/**
 * `npm test`: everything that must hold, in the order of how quickly it fails: types, lint, unit and integration
 * tests, the build, end-to-end tests. Ends with what failed, once more and together, and one line that counts.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-test-'));

function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  say(`\n▸ ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

/** Runs a step that counts as one test: there is no finer number to it. */
function check(title: string, command: string, args: readonly string[]): Summary {
  return run(title, command, args) ? { passed: 1, failures: [] } : failed(title);
}

function vitest(): Summary {
  const title = 'Unit and integration tests';
  const file = path.join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=./tools/vitest-summary.ts'];
  const succeeded = run(title, 'vitest', ['run', ...reporters], { KEYTURN_VITEST_SUMMARY: file });
  return atLeastOneFailure(title, succeeded, readVitestSummary(file));
}

function playwright(): Summary {
  const title = 'End-to-end tests';
  const file = path.join(folder, 'playwright.json');
  const succeeded = run(title, 'playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  return atLeastOneFailure(title, succeeded, readPlaywrightSummary(file));
}

/** A runner that failed without telling of a failure (a crash of its own) counts as one. */
function atLeastOneFailure(title: string, succeeded: boolean, summary: Summary | undefined): Summary {
  if (summary === undefined) return failed(title);
  return succeeded || summary.failures.length > 0 ? summary : { ...failed(title), passed: summary.passed };
}

function failed(title: string): Summary {
  return { passed: 0, failures: [{ test: title, words: 'See its output above.' }] };
}

function sayWhatFailed(failures: readonly Failure[]): void {
  if (failures.length > 0) say('\n▸ What failed');
  for (const { test, words } of failures) say(`\n✗ ${test}\n${words.split('\n').slice(0, 40).join('\n')}`);
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

function main(): number {
  const packages = ensureSystemPackages();
  if (!packages.ok) {
    say(packages.words);
    say('0 passed, 1 failed');
    return 1;
  }
  const steps = [
    check('Types', 'tsc', ['-b']),
    check('Lint', 'biome', ['check', '--error-on-warnings']),
    vitest(),
  ];
  const build = check('Build', 'electron-vite', ['build']);
  steps.push(build, build.failures.length === 0 ? playwright() : failed('End-to-end tests'));
  const passed = steps.reduce((sum, step) => sum + step.passed, 0);
  const failures = steps.flatMap((step) => step.failures);
  sayWhatFailed(failures);
  say(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
