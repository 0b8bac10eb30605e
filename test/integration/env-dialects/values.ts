import fc from 'fast-check';
import { awkwardValue } from '../../main/env-files/awkward-value.ts';

/** How keys of real providers look. */
const KEY_SHAPES: readonly RegExp[] = [
  /^sk-proj-[A-Za-z0-9_-]{40,120}$/,
  /^sk-ant-api03-[A-Za-z0-9_-]{80,93}AA$/,
  /^sk_live_[A-Za-z0-9]{24,99}$/,
  /^whsec_[A-Za-z0-9+/]{32}$/,
  /^ghp_[A-Za-z0-9]{36}$/,
  /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/,
  /^glpat-[A-Za-z0-9_-]{20}$/,
  /^AKIA[A-Z2-7]{16}$/,
  /^[A-Za-z0-9/+]{40}$/,
  /^AIza[A-Za-z0-9_-]{35}$/,
  /^xox[bp]-[0-9]{10,13}-[0-9]{10,13}-[A-Za-z0-9]{24}$/,
  /^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/,
  /^eyJ[A-Za-z0-9_-]{20,60}\.eyJ[A-Za-z0-9_-]{40,120}\.[A-Za-z0-9_-]{43}$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  /^[0-9a-f]{32,64}$/,
  /^[A-Za-z0-9+/]{20,86}={1,2}$/,
  /^[0-9]{8,10}:AA[A-Za-z0-9_-]{33}$/,
  /^postgres:\/\/[a-z]{3,8}:[A-Za-z0-9%!~*-]{8,20}@[a-z]{3,10}\.example:5432\/[a-z]{2,8}\?sslmode=require&x=1$/,
];

const keyShape = fc.oneof(...KEY_SHAPES.map((shape) => fc.stringMatching(shape)));

/** Every character that some reader gives a meaning to. */
const adversarial = fc.string({
  unit: fc.constantFrom(...`'"\\$\`#=:~{}()&;| \t!<>[]*?%^@,.+-_/abnrtx01`),
  minLength: 1,
  maxLength: 24,
});

const unicode = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 16 });

const pem = fc
  .array(fc.stringMatching(/^[A-Za-z0-9+/]{64}$/), { minLength: 1, maxLength: 6 })
  .map((lines) => `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----`);

const lines = fc
  .array(fc.oneof(adversarial, keyShape, fc.constantFrom('INNER=two', '# no comment', '', 'export A=b')), {
    minLength: 2,
    maxLength: 5,
  })
  .map((parts) => parts.join('\n'));

const long = fc
  .tuple(fc.constantFrom(4_000, 20_000, 64_900, 66_000), fc.stringMatching(/^[\w. '#-]{7}$/))
  .map(([length, piece]) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length));

/** Values that some reader is known to trip over. */
export const AWKWARD_VALUES: readonly string[] = [
  ...['', ' ', '  abc', 'abc  ', '\t', 'a\tb', '=abc', 'a=b=c', 'a:=b', 'a:~b', '~', '~/x', 'a~', '-n', '--'],
  ...['#abc', 'abc#def', 'abc #def', 'abc#', '# x', 'a: b', 'true', 'null', '0123', '[section]', '{a,b}'],
  ...[
    'pa$word',
    'a$HOME',
    'a$X',
    '$',
    '$$',
    'a$$b',
    'abc$',
    'a$!b$,c',
    '$5cost',
    '$word',
    'a\\$b',
    '\\$word',
  ],
  ...[
    `a$${'{X}'}b`,
    `a$${'{X:-d}'}b`,
    '${',
    '${X',
    'a$}b',
    `$${'{word}'}`,
    "it's $word",
    `it's $${'{X}'}`,
    'a"$X"b',
    '\\\\$X',
  ],
  ...[
    'C:\\path\\dir',
    'line\\nbreak',
    'a\\tb',
    'a\\\\b',
    'abc\\',
    'abc\\\\',
    '\\',
    "'\\",
    'a\\"b',
    'a\\qb',
    "a\\'b",
  ],
  ...[
    "it's",
    "abc'",
    "'abc'",
    "'",
    "''",
    'say "hi" x',
    'a"b',
    '"abc"',
    '"',
    '""',
    'a\'b"c',
    '"\'',
    '\'"',
    `'"'"'`,
  ],
  ...['a`b', 'a`echo hi`b', '`', '``', '`abc`', 'a"b`c', "a'b`c", 'a\'b"c`d', '`\\', '{"a":1,"b":"x y"}'],
  ...['{\'a\': "b"}', 'wow!abc!', '!!', '100%25%PATH%', 'a&b;c|d<e>f(g)h', 'a*b?c[d]', 'a,b@c^d:e', '(', ')'],
  ...[
    'pässwörd-日本語-🔑',
    '\u00a0abc\u00a0',
    '\u2028',
    'a\u2029b',
    '\ufeffabc',
    'a\u0001\u001bb',
    'a\u007fb',
    'a\u0085b',
  ],
  ...[
    'a\u000bb',
    'a\u000cb',
    '\u3000',
    'e\u0301',
    'export X=1',
    'A=1',
    '\n',
    'a\nb',
    'a\n',
    '\na',
    'a\n\nb',
    'a\n#b\nc',
  ],
  ...[
    'one\nINNER=two\nthree',
    'a\n"b"\nc',
    "a\n'b'\nc",
    'a\\\nb',
    'a\n$word\nb',
    'a\nb\\',
    "it's\n$word",
    'x\\ny\nz',
  ],
];

/**
 * `count` values, always the same ones for the same seed: half of the shapes that keys have, the rest made to trip readers
 * over, and always the awkward ones.
 */
export function generateValues(count: number, seed: number): string[] {
  const any = fc.oneof(
    { weight: 8, arbitrary: keyShape },
    { weight: 8, arbitrary: adversarial },
    { weight: 6, arbitrary: awkwardValue },
    { weight: 2, arbitrary: unicode },
    { weight: 2, arbitrary: pem },
    { weight: 2, arbitrary: lines },
  );
  const generated = fc.sample(any, { numRuns: count, seed });
  return [...new Set([...AWKWARD_VALUES, ...fc.sample(long, { numRuns: 12, seed }), ...generated])];
}
