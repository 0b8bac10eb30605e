import fc from 'fast-check';

const piece = fc.oneof(
  fc.constantFrom(
    ...['x', 'y z', "'", '"', '`', '\\', "\\'", '\\"', '\\`', '\\n', '\\r', '#', ' #', ' ', '\t', '$X', '='],
    ...[
      '\n',
      '\r\n',
      '\r',
      '\u2028',
      '\u2029',
      '\u00a0',
      '\ufeff',
      'é',
      'KEY=in',
      'export ',
      ':',
      '.-',
      "\n'",
    ],
  ),
  fc.string({ maxLength: 3 }),
);

const pieces = fc.array(piece, { maxLength: 8, size: 'max' }).map((all) => all.join(''));

const value = fc.oneof(
  pieces,
  fc.tuple(fc.constantFrom('"', "'", '`'), pieces).map(([quote, inner]) => quote + inner + quote),
);

const line = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', 'export ', 'export  ', 'export\n', '# ', '\ufeff'),
    fc.constantFrom('A', 'B', 'KEY', 'KEY', 'a.b-c', 'É', 'export', ''),
    fc.constantFrom('=', '=', '=', ' = ', '= ', ': ', ':', ':\r\n', '\n=', '=\n', ''),
    value,
    fc.constantFrom('', '', ' ', ' # note', '#note', ' # it"s \'', 'junk'),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\u2028', ''),
  )
  .map((parts) => parts.join(''));

/** `.env` text made of what parsers trip over: about half of it assignments, the rest near misses. */
export const envText = fc
  .array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: pieces }), {
    maxLength: 10,
    size: 'max',
  })
  .map((lines) => lines.join('').toWellFormed());
