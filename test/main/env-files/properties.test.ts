import { parseEnv as parseLikeNode } from 'node:util';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commentOutVariable,
  type EnvDocument,
  occurrencesOf,
  parseEnv,
  printEnv,
  removeVariable,
  renameVariable,
  setVariable,
} from '../../../main/env-files/document.ts';
import { planRemoval, planRename, planWrite } from '../../../main/env-files/plan-edit.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { awkwardValue } from './awkward-value.ts';
import { envText } from './env-text.ts';

const FILE = '/project/.env';
const documentOf = (text: string) => parseEnv(new Uint8Array(Buffer.from(text)));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

type Values = Record<string, string | undefined>;

function without(values: Values, ...names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** The variables that dotenv and Node.js read alike. The mark says nothing about the lines. */
function agreedIn(text: string): Values {
  const nodes = parseLikeNode(text.replace(/^\ufeff/, ''));
  return Object.fromEntries(
    Object.entries(dotenv.parse(text)).filter(([name, value]) => nodes[name] === value),
  );
}

function expectOthersUntouched(before: string, after: string, ...names: readonly string[]) {
  expect(without(dotenv.parse(after), ...names)).toEqual(without(dotenv.parse(before), ...names));
  const nodes = parseLikeNode(after.replace(/^\ufeff/, ''));
  for (const [name, value] of Object.entries(without(agreedIn(before), ...names)))
    expect([name, nodes[name]]).toEqual([name, value]);
}

const edits: readonly [string, (document: EnvDocument) => EnvDocument, string][] = [
  ['set', (document) => setVariable(document, 'KEY', "'new'"), "KEY='new'\n"],
  ['renamed', (document) => renameVariable(document, 'KEY', 'OTHER'), 'OTHER=old\n'],
  ['removed', (document) => removeVariable(document, 'KEY'), ''],
  ['commented out', (document) => commentOutVariable(document, 'KEY'), '#KEY=old\n'],
];

describe('One variable among any bytes, UTF-8 or not', () => {
  it.each(edits)('is %s, and every other byte stays', (_, edit, expected) => {
    let tried = 0;
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      envText.map((text) => new Uint8Array(Buffer.from(text))),
    );
    fc.assert(
      fc.property(bytes, bytes, (above, below) => {
        const before = Buffer.concat([above, Buffer.from('\nKEY=old\n'), below]);
        const document = parseEnv(before);
        // Where the bytes above open a quote, or have a KEY of their own, this isn't the one assignment.
        if (JSON.stringify(occurrencesOf(document, 'KEY')) !== '["old"]') return;
        // An `export` above belongs to the line, as dotenv has it; a `\` above makes something stay: see the corpus.
        // The spaces between may be any of Unicode's, which are several bytes.
        const texts = [Buffer.from(above).toString('latin1'), Buffer.from(above).toString('utf8')];
        if (texts.some((text) => /(?:export\s*|\\\r?)$/.test(text))) return;
        tried += 1;
        const after = Buffer.concat([above, Buffer.from(`\n${expected}`), below]);
        expect(Buffer.from(printEnv(edit(document)))).toEqual(after);
      }),
      { numRuns: 3000 },
    );
    expect(tried).toBeGreaterThan(500);
  });
});

describe('An edit that is planned in any text', () => {
  it('sets the variable, and every other one reads the same by dotenv and Node.js', () => {
    fc.assert(
      fc.property(envText, awkwardValue, (before, value) => {
        const assignments = [{ variable: 'KEY', value: new Secret(value) }];
        const plan = planWrite(FILE, documentOf(before), assignments, 'any');
        if (!plan.ok) return;
        const after = textOf(plan.value.bytes);
        expect(dotenv.parse(after).KEY).toBe(value);
        expectOthersUntouched(before, after, 'KEY');
      }),
      { numRuns: 5000 },
    );
  });

  it('renames the variable with all its values', () => {
    let renamed = 0;
    fc.assert(
      fc.property(envText, (before) => {
        const plan = planRename(FILE, documentOf(before), 'KEY', 'NEW_NAME');
        if (!plan.ok) return;
        const after = textOf(plan.value.bytes);
        expect(dotenv.parse(after).NEW_NAME).toBe(dotenv.parse(before).KEY);
        expect(dotenv.parse(after)).not.toHaveProperty('KEY');
        expect(occurrencesOf(documentOf(after), 'NEW_NAME')).toEqual(
          occurrencesOf(documentOf(before), 'KEY'),
        );
        expectOthersUntouched(before, after, 'KEY', 'NEW_NAME');
        if (after !== before) renamed += 1;
      }),
      { numRuns: 5000 },
    );
    expect(renamed).toBeGreaterThan(1000);
  });

  it('removes the variable', () => {
    let removed = 0;
    fc.assert(
      fc.property(envText, (before) => {
        const plan = planRemoval(FILE, documentOf(before), ['KEY']);
        if (!plan.ok) return;
        const after = textOf(plan.value.bytes);
        expect(dotenv.parse(after)).not.toHaveProperty('KEY');
        expectOthersUntouched(before, after, 'KEY');
        if (after !== before) removed += 1;
      }),
      { numRuns: 5000 },
    );
    expect(removed).toBeGreaterThan(1000);
  });

  it('refuses a name that the file has', () => {
    const plan = planRename(FILE, documentOf('KEY=1\nNEW_NAME=2\n'), 'KEY', 'NEW_NAME');
    expect(plan).toEqual({ ok: false, error: { code: 'variable-repeated', variable: 'NEW_NAME' } });
  });
});

describe('A variable that is commented out in any text', () => {
  it('is gone for dotenv, and every other one stays', () => {
    let seen = 0;
    fc.assert(
      fc.property(envText, (before) => {
        const document = documentOf(before);
        if (occurrencesOf(document, 'KEY').length === 0) return;
        seen += 1;
        const after = textOf(printEnv(commentOutVariable(document, 'KEY')));
        expect(dotenv.parse(after)).toEqual(without(dotenv.parse(before), 'KEY'));
      }),
      { numRuns: 10_000 },
    );
    expect(seen).toBeGreaterThan(3000);
  });
});
