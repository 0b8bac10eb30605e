/**
 * `.env` files as people have them. What stands between « and » is the value of `KEY`; it is all that a write of
 * `KEY` may change. Files without the marks have no `KEY`: there a line is added at the end.
 */
export const corpus: Readonly<Record<string, string>> = {
  'a single line': 'KEY=«old»\n',
  'no final line end': 'A=1\nKEY=«old»',
  'no final line end, quoted': "A=1\nKEY=«'old value'»",
  'an empty value at the end': 'A=1\nKEY=«»',
  'an empty value': 'A=1\nKEY=«»\nB=2\n',
  'an empty quoted value': 'KEY=«""»\nB=2\n',
  'double quotes': 'A=1\nKEY=«"old"»\nB=2\n',
  'single quotes': "A=1\nKEY=«'old'»\nB=2\n",
  backticks: 'A=1\nKEY=«`old`»\nB=2\n',
  export: 'export KEY=«old»\nexport B=2\n',
  'export with many spaces': 'export   KEY=«"old"»\nB=2\n',
  indent: '  KEY=«old»\nB=2\n',
  'indent by a tab': '\tKEY=«old»\nB=2\n',
  'spaces round the sign': 'KEY = «old»\nB = 2\n',
  'a space before the sign': 'KEY =«old»\nB=2\n',
  'a space after the sign': 'KEY= «old»\nB=2\n',
  'spaces after the value': 'KEY=«old»   \nB=2\n',
  'spaces after quotes': 'KEY=«"old"»  \nB=2\n',
  'a tab before a comment': 'KEY=«old»\t# note\nB=2\n',
  'a comment behind': 'KEY=«old» # rotate monthly\nB=2\n',
  'a comment behind quotes': "KEY=«'old'» # it's mine\nB=2\n",
  'a quoting comment': 'KEY=«"old"» # say "hi"\nB=2\n',
  'a comment with an assignment': 'KEY=«old» # KEY=other\nB=2\n',
  'a hash in quotes': 'KEY=«"a # b"»\nB=2\n',
  'a commented copy above': '#KEY=first\nKEY=«old»\n',
  'a commented copy below': 'KEY=«old»\n# KEY=second\n',
  'a comment with an open quote above': "# don't\nKEY=«old»\nB=2\n",
  'a comment with an open double quote above': '# 5" pipe\nKEY=«old»\nB=2\n',
  'a comment with a backtick above': '# a ` b\nKEY=«old»\nB=2\n',
  duplicates: 'KEY=«one»\nB=2\nKEY=«two»\n',
  'duplicates in all dresses': 'KEY=«one»\nexport KEY=«"two"» # x\n  KEY = «three»\n',
  'three side by side': 'KEY=«1»\nKEY=«2»\nKEY=«3»',
  'a name that begins alike': 'KEY_ID=1\nKEY=«old»\nKEYS=2\n',
  'a name that ends alike': 'MY_KEY=1\nKEY=«old»\nAPI.KEY=2\n',
  'another case': 'key=1\nKEY=«old»\nKey=2\n',
  'its name within a value': 'A="KEY=x"\nKEY=«old»\nB=KEY=y\n',
  'its line within a long value': 'PEM="l1\nKEY=inner\nl3"\nKEY=«old»\n',
  'its line within a long value behind it': 'KEY=«old»\nPEM="l1\nKEY=inner\nl3"\n',
  'its line within single quotes': "PEM='l1\nKEY=inner\nl3'\nKEY=«old»\n",
  'its line within backticks': 'PEM=`l1\nKEY=inner\nl3`\nKEY=«old»\n',
  'a comment within a long value': 'PEM="l1\n#KEY=inner\nl3"\nKEY=«old»\n',
  'a long value of its own': 'A=1\nKEY=«"l1\nB=inner\nl3"»\nB=2\n',
  'a private key': `KEY=«old»\nPEM="-----BEGIN PRIVATE KEY-----\nMII/+==\n-----END PRIVATE KEY-----"\n`,
  'a private key of its own': 'KEY=«"-----BEGIN KEY-----\nMII/+==\n-----END KEY-----"»\nB=2\n',
  'JSON behind': 'KEY=«old»\nJSON=\'{"a": "b", "KEY": 1}\'\n',
  'JSON of its own': 'KEY=«\'{"a": "b"}\'»\nB=2\n',
  'a reference to it': 'KEY=«old»\nURL="https://$KEY@host/$' + '{KEY}"\n',
  'a dollar replacement pattern': "A='$1$&$$'\nKEY=«'$1$&'»\nB='$`'\n",
  'blank lines': '\n\nA=1\n\n\nKEY=«old»\n\n\n',
  'lines of spaces': '  \nA=1\n\t\nKEY=«old»\n   \nB=2\n',
  'no-break spaces': '#\u00a0c\nKEY=«old»\n#\u00a0d\n',
  'a junk line': 'this is junk\nKEY=«old»\nB=2\n',
  'a name alone': 'NOVALUE\nKEY=«old»\nB=2\n',
  'a section': '[default]\nKEY=«old»\nB=2\n',
  'a semicolon comment': '; ini comment\nKEY=«old»\nB=2\n',
  'an apostrophe in a bare value': "A=it's\nKEY=«old»\nB=2\n",
  'an unclosed backtick above': 'A=`open\nKEY=«old»\nB=2\n',
  'an unclosed quote below': 'KEY=«old»\nB="open\nC=3\n',
  'an unclosed quote of its own': 'A=1\nKEY=«"old»\nB=2\n',
  'quotes that touch': "A=''x\nKEY=«old»\nB=2\n",
  'a backslash at the end above': 'A=C:\\dir\\\nKEY=«old»\nB=2\n',
  'a comment that ends in a backslash above': '# C:\\dir\\\nKEY=«old»\nB=2\n',
  'a backslash at its own end': 'A=1\nKEY=«C:\\dir\\»\nB=2\n',
  'a backslash at the end of a comment behind': 'A=1\nKEY=«old» # C:\\\nB=2\n',
  'line ends of both kinds': 'A=1\r\nKEY=«old»\nB=2\r\n',
  'a value of many lines with blank ones': 'A=1\nKEY=«"l1\n\n#l2\n"»\nB=2\n',
  'U+2028 in its own value': 'A=1\nKEY=«"a\u2028B=inner"»\nB=2\n',
  'only its line': 'KEY=«"old"»',
  'an escaped quote above': 'A="say \\"hi\\""\nKEY=«old»\nB=2\n',
  'an escaped quote of its own': 'A=1\nKEY=«"C:\\dir"»\nB=2\n',
  'other alphabets': '# schlüssel 日本\nA=pässwörd\nKEY=«naïve🔑»\nB=日本語\n',
  'U+2028 in a comment': '# a\u2028b\nKEY=«old»\nB=2\n',
  'control characters': 'A=\u0001\u001b\nKEY=«\u0002»\nB=2\n',
  'a byte order mark and a comment': '\ufeff# c\nKEY=«old»\nB=2\n',
  'a byte order mark and its line': '\ufeffKEY=«old»\nB=2\n',
  'a colon for a sign': 'A=1\nKEY: «old»\nB=2\n',
  'base64 with its padding': 'A=1\nKEY=«AAAA+/==»\nB=CCCC=\n',
  'an encrypted neighbour': 'A="encrypted:BE9Y7LKA"\nKEY=«old»\n',
  'a very long neighbour': `A=${'x'.repeat(70_000)}\nKEY=«old»\n`,
  'a thousand lines': `${'A_VARIABLE="some value" # why\n'.repeat(500)}KEY=«old»\n${'B=2\n'.repeat(500)}`,
  'not there, in an empty file': '',
  'not there, among others': 'A=1\nB=2\n',
  'not there, no final line end': 'A=1\nB="2"',
  'not there, but commented': '#KEY=old\nA=1\n',
  'not there, but within a long value': 'PEM="l1\nKEY=inner\nl3"\n',
  'not there, after comments only': '# one\n# two',
  'not there, after a byte order mark': '\ufeff# c\nA=1\n',
  'not there, after blank lines': 'A=1\n\n\n',
};

/** A line that assigns to `KEY`, with its line end: what comes before the name, the name, and what comes behind. */
const OWN_LINE =
  /^(\ufeff?)((?:[^\S\r\n]|export)*)KEY([^\S\r\n]*[=:][^\S\r\n]*«[^»]*»[^\r\n]*)(\r?\n|(?![\s\S]))/gm;

const withoutMarks = (text: string) => text.replace(/[«»]/g, '');

/** The file after `KEY` was renamed. */
export function afterRename(marked: string, to: string): string {
  return withoutMarks(marked.replace(OWN_LINE, (_, mark, head, rest, eol) => mark + head + to + rest + eol));
}

/** The file after `KEY` was removed. Below a line that ends in a backslash, and behind a byte order mark, a blank line stays. */
export function afterRemoval(marked: string): string {
  return withoutMarks(
    marked.replace(OWN_LINE, (_, mark, _head, _rest, eol, offset: number) => {
      const isJoined = /\\\r?\n$/.test(marked.slice(0, offset));
      return mark + (isJoined || mark !== '' ? eol : '');
    }),
  );
}

/** The file after `KEY` was commented out. */
export function afterCommentingOut(marked: string): string {
  return withoutMarks(
    marked.replace(OWN_LINE, (_, mark, head, rest, eol) => {
      const lines = `${head}KEY${rest}`.replace(/^|\r?\n|\u2028/g, '$&#');
      return (mark === '' ? '' : `${mark}#${eol}`) + lines + (/\\»?$/.test(lines) ? ' #' : '') + eol;
    }),
  );
}

/** The file before a write and after it, with `written` for the value of `KEY`. */
export function beforeAndAfter(marked: string, written: string): { before: string; after: string } {
  const before = withoutMarks(marked);
  if (marked.includes('«')) return { before, after: marked.replace(/«[^»]*»/g, () => written) };
  const eol = marked.includes('\r\n') ? '\r\n' : '\n';
  const isOpen = before !== '' && !before.endsWith('\n');
  return { before, after: `${before}${isOpen ? eol : ''}KEY=${written}${eol}` };
}
