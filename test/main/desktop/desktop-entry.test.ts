import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { execValue, programIn, readDesktopEntry } from '../../../main/desktop/desktop-entry.ts';

/** What a string of a desktop entry stands for, letter by letter as the specification has it. */
function stringValue(written: string): string {
  let value = '';
  for (let at = 0; at < written.length; at += 1) {
    const letter = written.charAt(at);
    if (letter !== '\\') {
      value += letter;
      continue;
    }
    at += 1;
    const meant = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }[written.charAt(at)];
    if (meant === undefined) throw new Error(`No such escape: \\${written.charAt(at)}`);
    value += meant;
  }
  return value;
}

const reserved = ' \t\n"\'\\><~|&;$*?#()`';

/** The arguments of an `Exec`, as the specification has it: quotes first, field codes then. */
function argumentsOf(exec: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < exec.length) {
    if (exec.charAt(at) === ' ') {
      at += 1;
      continue;
    }
    let argument = '';
    if (exec.charAt(at) === '"') {
      at += 1;
      while (exec.charAt(at) !== '"') {
        if (at >= exec.length) throw new Error('A quote that is not closed');
        if ('$`'.includes(exec.charAt(at))) throw new Error('A character that is not escaped in quotes');
        if (exec.charAt(at) === '\\') at += 1;
        argument += exec.charAt(at);
        at += 1;
      }
      at += 1;
      if (at < exec.length && exec.charAt(at) !== ' ') throw new Error('Not quoted as a whole');
    } else {
      while (at < exec.length && exec.charAt(at) !== ' ') {
        if (reserved.includes(exec.charAt(at))) throw new Error('A reserved character outside of quotes');
        argument += exec.charAt(at);
        at += 1;
      }
    }
    if (/%(?!%)/.test(argument.replaceAll('%%', ''))) throw new Error(`A field code: ${argument}`);
    found.push(argument.replaceAll('%%', '%'));
  }
  return found;
}

const awkward = fc.string({
  unit: fc.oneof(fc.constantFrom(...`${reserved}%%sfn[]=ü🔑/a`), fc.string({ minLength: 1, maxLength: 1 })),
});

describe('the command in a desktop entry', () => {
  it('is read back as it was given, whatever is in a path or an argument', () => {
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 1, maxLength: 4 }), (command) => {
        expect(argumentsOf(stringValue(execValue(command)))).toEqual(command);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is one line, so that no path adds a line to the file', () => {
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 1 }), (command) => {
        expect(execValue(command)).not.toMatch(/[\n\r]/);
      }),
    );
  });

  it('names its program, as it is found again in the file', () => {
    fc.assert(
      fc.property(awkward, awkward, (name, argument) => {
        const program = `/opt/${name}`;
        const text = `[Desktop Entry]\nType=Application\nExec=${execValue([program, argument])}\n`;
        expect(programIn(readDesktopEntry(text).get('Exec') ?? '')).toBe(program);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['/usr/bin/keyturn --hidden', '/usr/bin/keyturn'],
    ['  keyturn', 'keyturn'],
    ['"/opt/My App/app" %U', '/opt/My App/app'],
    ['"/opt/a\\\\b\\$c" x', '/opt/a\\b$c'],
    ['/opt/100%%/app', '/opt/100%/app'],
    ['', null],
    ['   ', null],
    ['"unclosed', null],
  ])('%s starts %s', (exec, program) => {
    expect(programIn(exec)).toBe(program);
  });
});

describe('a desktop entry', () => {
  it('is read by its own group only, comments and other languages left out', () => {
    const entry = readDesktopEntry(
      [
        '# Exec=no',
        '[Other]',
        'Exec=other',
        '[Desktop Entry]',
        'Name=One',
        'Name[de]=Eins',
        'Exec = a b ',
        '#Hidden=true',
        '[Desktop Action x]',
        'Exec=action',
      ].join('\n'),
    );
    expect([...entry]).toEqual([
      ['Name', 'One'],
      ['Exec', 'a b '],
    ]);
  });
});
