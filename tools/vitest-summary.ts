import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import type { Failure, Summary } from './test-summary.ts';

/**
 * A Vitest reporter that writes what `npm test` repeats in its last lines: how many tests passed and failed, and what
 * went wrong in each that failed, among them modules that do not load and errors that no test caught.
 *
 * Named on the command line as `--reporter=./tools/vitest-summary.ts`; the file to write stands in
 * KEYTURN_VITEST_SUMMARY.
 */
export default class VitestSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.KEYTURN_VITEST_SUMMARY;
    if (!file) throw new Error('KEYTURN_VITEST_SUMMARY names no file.');
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const summary: Summary = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failures: [
        ...modules.flatMap((module) => faultsOf(module.relativeModuleId, module.errors())),
        ...modules.flatMap((module) =>
          [...module.children.allSuites()].flatMap((suite) =>
            faultsOf(`${module.relativeModuleId} › ${suite.fullName}`, suite.errors()),
          ),
        ),
        ...tests.flatMap((test) => {
          const result = test.result();
          return result.state === 'failed'
            ? [{ test: `${test.module.relativeModuleId} › ${test.fullName}`, words: wordsOf(result.errors) }]
            : [];
        }),
        ...faultsOf('outside of any test', unhandled),
      ],
    };
    writeFileSync(file, JSON.stringify(summary));
  }
}

function faultsOf(test: string, errors: readonly SerializedError[]): Failure[] {
  return errors.length > 0 ? [{ test, words: wordsOf(errors) }] : [];
}

function wordsOf(errors: readonly SerializedError[]): string {
  return errors
    .map((error) => error.stack ?? error.message)
    .join('\n')
    .split('\n')
    .filter((line) => !/^ +at .*node_modules/.test(line))
    .join('\n');
}
