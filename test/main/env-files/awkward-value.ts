import fc from 'fast-check';

const AWKWARD = [
  ...' \t\n\'"`$\\#=:~!&;|<>(){}[]*?%^@,./+-_\u00a0\u2028\u2029\ufeffé日🔑',
  ...[
    '$word',
    `$${'{X}'}`,
    `$${'{X:-d}'}`,
    '$5',
    '$$',
    '\\n',
    '\\\\',
    '\\$',
    ' #',
    'export ',
    'true',
    'abc',
    '\u0001',
  ],
];

/** Values of the kinds that `.env` parsers trip over; none that is refused by name. */
export const awkwardValue = fc
  .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme', maxLength: 3 })), {
    maxLength: 12,
    size: 'max',
  })
  .map((pieces) => pieces.join(''));
