import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureSystemPackages } from './system-packages.ts';

/**
 * `npm test`: everything that must hold, in the order of how quickly it fails: types, lint, unit and integration
 * tests, the build, end-to-end tests. Ends with one line that counts the tests.
 */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-test-'));

function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  say(`\n▸ ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return status === 0;
}

/** Runs a step that counts as one test: there is no finer number to it. */
function check(title: string, command: string, args: readonly string[]): Count {
  return run(title, command, args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function vitest(): Count {
  const report = path.join(folder, 'vitest.json');
  const succeeded = run('Unit and integration tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counted = readReport(report, (json: { numPassedTests: number; numFailedTests: number }) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
  }));
  return atLeastOneFailure(succeeded, counted);
}

function playwright(): Count {
  const report = path.join(folder, 'playwright.json');
  const succeeded = run('End-to-end tests', 'playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const counted = readReport(
    report,
    (json: { stats: { expected: number; unexpected: number; flaky: number } }) => ({
      passed: json.stats.expected + json.stats.flaky,
      failed: json.stats.unexpected,
    }),
  );
  return atLeastOneFailure(succeeded, counted);
}

function readReport<R>(file: string, count: (json: R) => Count): Count {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')) as R);
  } catch {
    // No report: the runner itself failed, which its exit status says already.
    return { passed: 0, failed: 0 };
  }
}

/** A runner that failed without a failing test (a file that does not load, a crash) counts as one failure. */
function atLeastOneFailure(succeeded: boolean, count: Count): Count {
  return succeeded || count.failed > 0 ? count : { ...count, failed: 1 };
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
  const counts = [
    check('Types', 'tsc', ['-b']),
    check('Lint', 'biome', ['check', '--error-on-warnings']),
    vitest(),
    check('Build', 'electron-vite', ['build']),
  ];
  const isBuilt = counts.at(-1)?.failed === 0;
  counts.push(isBuilt ? playwright() : { passed: 0, failed: 1 });
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
