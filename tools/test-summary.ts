import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';

/** What became of the tests of one runner. */
export interface Summary {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** One thing that failed: a test, or what kept tests from being run. */
export interface Failure {
  readonly test: string;
  readonly words: string;
}

/** What {@link VitestSummary} wrote, or undefined where Vitest did not come so far. */
export function readVitestSummary(file: string): Summary | undefined {
  return readJson<Summary>(file);
}

/** What stands in the report that Playwright's own `json` reporter wrote, or undefined where there is none. */
export function readPlaywrightSummary(file: string): Summary | undefined {
  const report = readJson<JSONReport>(file);
  if (report === undefined) return undefined;
  return {
    passed: report.stats.expected + report.stats.flaky,
    failures: [
      ...report.suites.flatMap((suite) => failuresIn(suite, [])),
      ...report.errors.map(({ message, stack }) => ({
        test: 'outside of any test',
        words: stack ?? message ?? '',
      })),
    ],
  };
}

function failuresIn(suite: JSONReportSuite, above: readonly string[]): Failure[] {
  const names = [...above, suite.title];
  return [
    ...suite.specs
      .filter(({ ok }) => !ok)
      .map(({ title, tests }) => ({
        test: [...names, title].join(' › '),
        words: stripVTControlCharacters(
          tests
            .flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message)))
            .join('\n'),
        ),
      })),
    ...(suite.suites ?? []).flatMap((inner) => failuresIn(inner, names)),
  ];
}

function readJson<R>(file: string): R | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as R;
  } catch {
    return undefined;
  }
}
