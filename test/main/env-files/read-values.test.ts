import { describe, expect, it } from 'vitest';
import type { EnvDocument } from '../../../main/env-files/document.ts';
import { documentOf, planWrite } from '../../../main/env-files/plan-edit.ts';
import { readValues } from '../../../main/env-files/read-values.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { type Dialect, dialectSchema } from '../../../shared/domain/env-file.ts';

const FILE = '/project/.env';

function parsed(text: string | Uint8Array) {
  const document = documentOf(FILE, new Uint8Array(Buffer.from(text)));
  if (!document.ok) throw new Error(document.error.code);
  return document.value;
}

/** The values as `readValues` has them, in the open. */
function valuesOf(document: EnvDocument, variables: readonly string[], dialect: Dialect) {
  const values = Object.entries(readValues(document, variables, dialect));
  return Object.fromEntries(values.map(([variable, value]) => [variable, value?.reveal() ?? null]));
}

describe('The values of a file', () => {
  it.each(dialectSchema.options)('are the ones that were written for %s', (dialect) => {
    let written = 0;
    for (const value of ['plain', 'pa$word', "it's $X", 'C:\\dir', 'a"b', 'a\nb', 'say "hi"', "it's \\"]) {
      const assignments = [{ variable: 'KEY', value: new Secret(value) }];
      const plan = planWrite(FILE, parsed('A=1\nKEY=old\nB=2\n'), assignments, dialect);
      if (!plan.ok) continue;
      written += 1;
      expect(valuesOf(parsed(plan.value.bytes), ['KEY', 'B', 'NONE'], dialect)).toEqual({
        KEY: value,
        B: '2',
        NONE: null,
      });
    }
    expect(written).toBeGreaterThan(2);
  });

  it('are read by the rules of dotenv where someone else wrote them otherwise', () => {
    expect(valuesOf(parsed('KEY="a b" # c\n'), ['KEY'], 'vite')).toEqual({ KEY: 'a b' });
    expect(valuesOf(parsed("KEY='pa\\$word'\nKEY=`last`\n"), ['KEY'], 'any')).toEqual({ KEY: 'last' });
  });
});

describe('Who reads a value differently because of how its file is written', () => {
  const named = (before: string, dialect: (typeof dialectSchema.options)[number], value = 'new') => {
    const plan = planWrite(FILE, parsed(before), [{ variable: 'KEY', value: new Secret(value) }], dialect);
    return plan.ok ? plan.value.readDifferentlyBy : plan.error.code;
  };

  it.each([
    ['systemd', 'export KEY=old\n', ['systemd']],
    ['systemd', 'KEY=old # note\n', ['systemd']],
    ['shell', 'KEY=old\r\n', ['bash, dash and zsh']],
    ['shell', 'KEY = old\n', ['bash, dash and zsh']],
    ['docker-run', 'export OTHER=1\nKEY=old\n', ['docker run --env-file']],
    ['symfony', 'junk\nKEY=old\n', ['Symfony']],
    ['go', '\ufeffA=1\nKEY=old\n', ['godotenv (Go)']],
    ['node', 'KEY: old\n', ['Node.js --env-file']],
    ['vite', 'export KEY=old # note\r\n', []],
    ['docker-run', 'KEY=old\n', []],
    ['dotenv', '\ufeffKEY: old # note\r\n', []],
  ] as const)('is the named one or nobody: %s, %j', (dialect, before, expected) => {
    expect(named(before, dialect)).toEqual(expected);
  });

  it('is everyone it concerns where none is named', () => {
    expect(named('export KEY=old\n', 'any')).toEqual([
      'docker run --env-file',
      'env-cmd',
      'foreman',
      'phpdotenv',
      'systemd',
    ]);
    expect(named('KEY=old\n', 'any')).toEqual([]);
  });

  it('is nobody for a value that the named reader cannot be given: it is refused', () => {
    expect(named('KEY=old\n', 'docker-run', 'a # b')).toBe('value-unwritable');
  });
});
