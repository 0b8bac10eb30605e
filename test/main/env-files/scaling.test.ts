import { describe, expect, it } from 'vitest';
import {
  commentOutVariable,
  occurrencesOf,
  parseEnv,
  printEnv,
  removeVariable,
  renameVariable,
  setVariable,
} from '../../../main/env-files/document.ts';
import { encodeValue } from '../../../main/env-files/encode.ts';
import { documentOf, planWrite } from '../../../main/env-files/plan-edit.ts';
import { decodeValue } from '../../../main/env-files/tokenise.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { dialectSchema } from '../../../shared/domain/env-file.ts';
import { threadMs } from '../../support/thread-time.ts';

const HOSTILE_CHARACTERS = 400_000;
/** What takes time in the square of the text takes minutes here; what doesn't, a fraction of a second of the processor. */
const MAX_CPU_MS = 5_000;

const filled = (pattern: string, size: number) => pattern.repeat(Math.ceil(size / pattern.length));
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));

/** Patterns that make a careless parser look at the same text again and again. */
const hostile: readonly [string, string][] = [
  ['unclosed quotes', 'A="x\n'],
  ['unclosed quotes of three kinds', 'A="x\nB=\'y\nC=`z\n'],
  ['a run of escaped quotes', "\\'"],
  ['escaped quotes that may close a value', 'A="\\"   \n'],
  ['quotes that only a comment follows', 'A="# "#'],
  ['quotes after line separators', "'a\u2028"],
  ['names without a sign', 'A\n\n\n'],
  ['signs without a value', 'A= \n\n'],
  ['export after export', 'export\n'],
  ['one line of names', 'A   '],
  ['one line of hashes', 'A=#'],
  ['backslashes at line ends', 'A=x\\\n'],
  ['blank lines', '\n'],
  ['spaces', ' '],
  ['carriage returns', 'A=1\r'],
];
const beginnings = ['', 'KEY="', "KEY='", 'KEY=`', 'KEY=', 'export '];

describe('A file of 400,000 characters that is meant to slow a parser down', () => {
  it.each(hostile)('is edited all the same: %s', { timeout: 120_000 }, (_, pattern) => {
    for (const beginning of beginnings) {
      const bytes = bytesOf(beginning + filled(pattern, HOSTILE_CHARACTERS));
      const spent = threadMs(() => {
        const document = parseEnv(bytes);
        occurrencesOf(document, 'A');
        printEnv(setVariable(document, 'KEY', 'new'));
        printEnv(renameVariable(document, 'A', 'B'));
        printEnv(removeVariable(document, 'A'));
        printEnv(commentOutVariable(document, 'A'));
      });
      expect([beginning, spent < MAX_CPU_MS]).toEqual([beginning, true]);
    }
  });

  it.each(dialectSchema.options)('has values of that size written for %s', (dialect) => {
    const spent = threadMs(() => {
      for (const [, pattern] of hostile) {
        const value = filled(pattern.replaceAll('\r', ''), HOSTILE_CHARACTERS);
        encodeValue(value, dialect);
        decodeValue(value);
      }
    });
    expect(spent).toBeLessThan(MAX_CPU_MS);
  });
});

describe('A file of 10 MB', () => {
  const line = (index: number) => `SOME_VARIABLE_${index}=value-of-it # note\n`;
  const text = Array.from({ length: 270_000 }, (_, index) => line(index)).join('');

  it('takes ten times what one of 1 MB takes, not a hundred', () => {
    const timed = (bytes: Uint8Array) =>
      Math.min(
        ...[1, 2, 3].map(() =>
          threadMs(() => printEnv(setVariable(parseEnv(bytes), 'SOME_VARIABLE_5', 'new'))),
        ),
      );
    const small = timed(bytesOf(text.slice(0, text.length / 10)));
    const large = timed(bytesOf(text));
    expect(large / Math.max(small, 5)).toBeLessThan(50);
  });

  it('is set and checked by two parsers', () => {
    expect(text.length).toBeGreaterThan(10_000_000);
    const before = documentOf('/project/.env', bytesOf(text));
    if (!before.ok) throw new Error(before.error.code);
    const assignments = [{ variable: 'SOME_VARIABLE_200000', value: new Secret('new') }];
    const plan = planWrite('/project/.env', before.value, assignments, 'any');
    const expected = text.replace(line(200_000), 'SOME_VARIABLE_200000=new # note\n');
    expect(plan.ok && Buffer.from(plan.value.bytes).equals(Buffer.from(expected))).toBe(true);
  });
});
