import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planByLine } from '../../../main/env-files/plan-by-line.ts';
import { documentOf, planWrite } from '../../../main/env-files/plan-edit.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { dialectSchema } from '../../../shared/domain/env-file.ts';
import { awkwardValue } from './awkward-value.ts';
import { corpus } from './corpus.ts';

type Assignments = readonly { variable: string; value: Secret }[];

function plansFor(text: string, assignments: Assignments, dialect = dialectSchema.parse('any')) {
  const bytes = Buffer.from(text);
  const variables = assignments.map(({ variable }) => variable);
  const byLine = planByLine(bytes, variables, (part) => planWrite('/f', part, assignments, dialect));
  const document = documentOf('/f', bytes);
  return { byLine, whole: document.ok ? planWrite('/f', document.value, assignments, dialect) : document };
}

const plainLine = fc.oneof(
  fc.constantFrom('', '  ', '# a note, it’s one', '#KEY=old', "# don't", '  # "indented"'),
  fc
    .tuple(
      fc.constantFrom('KEY', 'KEY2', 'OTHER', 'MY_KEY', 'B'),
      fc.constantFrom('', '1', 'a/b+c=', '"two words"', "'it=1 # no'", '""', "''", 'x # why', '"q" # why'),
    )
    .map(([name, value]) => `${name}=${value}`),
  fc.constantFrom('export KEY=1', 'export OTHER="x y"'),
);
const anyLine = fc.oneof(
  { weight: 12, arbitrary: plainLine },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        'KEY="open',
        'it"s',
        "B='two",
        "lines'",
        'KEY= ',
        'A: 1',
        'B=`x`',
        'KEY=a\\',
        'B=1\r',
        '\ufeff',
        'word',
      ],
      ...[
        'B=$KEY',
        'B="a\\"',
        '# \\',
        '# \u2028',
        'B=a b',
        'export B=',
        'KEY=1 ',
        'B="x" y',
        'B=1 # "',
        'B=\0',
      ],
    ),
  },
);
const fileText = (line: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
    .map(([lines, isClosed]) => lines.join('\n') + (isClosed && lines.length > 0 ? '\n' : ''));
const assigned = fc
  .uniqueArray(fc.constantFrom('KEY', 'OTHER', 'NEW'), { minLength: 1 })
  .chain((names) =>
    fc.tuple(
      ...names.map((variable) =>
        fc
          .oneof(fc.constantFrom('', 'v1', 'a b', "it's", '#', 'a=b'), awkwardValue)
          .map((value) => ({ variable, value: new Secret(value) })),
      ),
    ),
  );

describe('A plan made line by line', () => {
  it.each([
    ['plain lines', plainLine, 0.1],
    ['any lines', anyLine, 0.01],
  ])('is the plan made of the whole file, for files of %s', (_, line, share) => {
    let count = 0;
    const runs = 3_000;
    fc.assert(
      fc.property(
        fileText(line),
        assigned,
        fc.constantFrom(...dialectSchema.options),
        (text, all, dialect) => {
          const { byLine, whole } = plansFor(text, all, dialect);
          if (byLine === null) return;
          count += 1;
          expect(byLine.ok && whole.ok).toBe(true);
          if (!byLine.ok || !whole.ok) return;
          expect(Buffer.from(byLine.value.bytes).toString()).toBe(Buffer.from(whole.value.bytes).toString());
          expect(byLine.value.readDifferentlyBy).toEqual(whole.value.readDifferentlyBy);
        },
      ),
      { numRuns: runs },
    );
    expect(count / runs).toBeGreaterThan(share);
  });

  it.each(Object.entries(corpus))('is the plan made of the whole file: %s', (_, marked) => {
    const { byLine, whole } = plansFor(marked.replace(/[«»]/g, ''), [
      { variable: 'KEY', value: new Secret('new') },
    ]);
    if (byLine?.ok && whole.ok) expect(byLine.value.bytes).toEqual(whole.value.bytes);
    else expect(byLine).toBeNull();
  });

  it('is the one that is made for a file as people have them', () => {
    const text =
      '# Payments\nSTRIPE_KEY=sk_test_1\nMAIL_FROM="Me <me@example.org>"\n\nexport PORT=3000 # web\n';
    const { byLine } = plansFor(text, [{ variable: 'STRIPE_KEY', value: new Secret('sk_test_2') }]);
    expect(byLine?.ok && Buffer.from(byLine.value.bytes).toString()).toBe(
      text.replace('sk_test_1', 'sk_test_2'),
    );
  });

  it.each([
    'A="open\nB=1\n',
    'A=1\r\n',
    '\ufeffA=1\n',
    'A=1\\\n',
    '# note \\\nA=1\n',
    'A: 1\n',
    'A=`x`\n',
    'A=$(id)\n',
    'A= \n',
    'A=a b\n',
    'A=1\0\n',
    'A=1\u2028B=2\n',
  ])('is not made for %j', (text) => {
    expect(plansFor(text, [{ variable: 'KEY', value: new Secret('new') }]).byLine).toBeNull();
  });
});
