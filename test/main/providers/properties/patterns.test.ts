import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definitionSchema } from '../../../../main/providers/definition.ts';
import { longestTested, looksUsual } from '../../../../main/providers/key-form.ts';
import { threadMs } from '../../../support/thread-time.ts';

const atom = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b', 'c', '.', '\\w', '\\d', '[ab]', '[^a]', '\\.', '_', '\\p{L}'),
  },
  { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b', '(?=a)', '(?!b)', '\\1', '[a-zA-Z0-9_-]') },
);
const times = fc.constantFrom(
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '{2}',
  '{0,3}',
  '{10,}',
  '{2,64}',
  '{0,500}',
);

/** Regular expressions of all the kinds that have made programs hang, and harmless ones. */
const pattern = fc
  .letrec<{ choice: string; chain: string; part: string }>((tie) => ({
    choice: fc.array(tie('chain'), { minLength: 1, maxLength: 3 }).map((chains) => chains.join('|')),
    chain: fc.array(tie('part'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.tuple(atom, times).map(([one, often]) => one + often),
      fc
        .tuple(fc.constantFrom('(', '(?:', '(?<n>', '(?='), tie('choice'), times)
        .map(([open, inner, often]) => `${open}${inner})${often}`),
    ),
  }))
  .choice.filter((text) => text.length <= 200);

/** A value that nearly fits: much of a few characters, and an end that does not belong. */
const value = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'ab', 'aab', 'c', '_', '1', 'é'), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '!', '\n', 'a', '.'),
  )
  .map(([parts, end]) => {
    const unit = parts.join('');
    return unit.repeat(Math.floor((longestTested - 1) / unit.length)) + end;
  });

const fieldSchema = definitionSchema.shape.fields.unwrap();
const field = (text: string) =>
  fieldSchema.safeParse({ name: 'KEY', label: 'Key', secret: true, variable: 'KEY', pattern: text });

test('a pattern that is accepted never holds the app up, whatever is pasted', () => {
  let accepted = 0;
  fc.assert(
    fc.property(pattern, fc.array(value, { minLength: 1, maxLength: 3 }), (text, values) => {
      if (!field(text).success) return;
      accepted += 1;
      for (const pasted of values) {
        const spent = threadMs(() => looksUsual({ pattern: text }, pasted));
        expect(spent, `${text} on ${pasted.slice(0, 10)}`).toBeLessThan(1000);
      }
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(300);
}, 120_000);

test.each(['(a+)+b', '(a|a)*b', '(.*)*x', 'a*a*a*b', '(?:a{0,500}){0,500}b', '(\\w|\\d)+$', '(a?){200}'])(
  'the pattern %s, which makes programs hang, is refused',
  (text) => {
    expect(field(text).success).toBe(false);
  },
);

test.each([
  'sk_(test|live)_[0-9A-Za-z]{24,99}',
  're_[A-Za-z0-9_]{16,}',
  '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  'AKIA[A-Z2-7]{16}',
])('the pattern %s of an ordinary key is accepted', (text) => {
  expect(field(text).success).toBe(true);
});
