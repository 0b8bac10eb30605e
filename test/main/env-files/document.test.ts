import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseEnv,
  printEnv,
  removeVariable,
  setVariable,
  valuesOf,
} from '../../../main/env-files/document.ts';
import { threadMs } from '../../support/thread-time.ts';
import { envText } from './env-text.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('A .env file that is read', () => {
  it('is printed again byte for byte, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(printEnv(parseEnv(bytes))).toEqual(bytes);
      }),
      { numRuns: 5000 },
    );
  });

  it('is printed again byte for byte, whatever the text', () => {
    fc.assert(
      fc.property(envText, (text) => {
        expect(textOf(printEnv(parseEnv(bytesOf(text))))).toBe(text);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['nothing', []],
    ['a byte order mark alone', [0xef, 0xbb, 0xbf]],
    ['NUL bytes', [0x41, 0x3d, 0, 0x0a]],
    ['Latin-1', [...Buffer.from('A=caf'), 0xe9, 0x0a, 0x42, 0x3d, 0x31]],
    ['half a character at the end', [...Buffer.from('A=1\n'), 0xf0, 0x9f]],
    ['UTF-16', [...Buffer.from('\ufeffA=1\n', 'utf16le')]],
    ['lines that end in CR only', [...Buffer.from('A=1\rB=2\r')]],
  ])('keeps every byte of %s', (_, bytes) => {
    expect([...printEnv(parseEnv(new Uint8Array(bytes)))]).toEqual(bytes);
  });

  it('has the variables and values that dotenv reads, in every odd case', () => {
    fc.assert(
      fc.property(envText, (text) => {
        expect(Object.fromEntries(valuesOf(parseEnv(bytesOf(text))))).toEqual(dotenv.parse(text));
      }),
      { numRuns: 30_000 },
    );
  });

  it('is taken apart in a blink even where every line is meant to slow a parser down', () => {
    const hostile = [
      '\n'.repeat(500_000),
      ' '.repeat(500_000),
      'A="x\n'.repeat(100_000),
      "A='\\'".repeat(100_000),
      'export\n'.repeat(70_000),
      'A\n\n\n'.repeat(100_000),
      `A="${'\\"'.repeat(250_000)}`,
      'A=#'.repeat(150_000),
    ];
    for (const text of hostile) {
      expect(threadMs(() => parseEnv(bytesOf(text)))).toBeLessThan(1000);
    }
  });
});

describe('Setting a variable', () => {
  const set = (text: string, name: string, written: string) =>
    textOf(printEnv(setVariable(parseEnv(bytesOf(text)), name, written)));

  it.each([
    ['keeps export, indent and comment', '  export KEY=old # why\n', '  export KEY=new # why\n'],
    ['keeps the spaces round the sign', 'KEY = old\n', 'KEY = new\n'],
    ['replaces the quotes with the value', 'KEY="old" # "why"\n', 'KEY=new # "why"\n'],
    ['parts a comment that touched the value', 'KEY=old#why\n', 'KEY=new #why\n'],
    ['fills an empty value', 'KEY=\nB=1\n', 'KEY=new\nB=1\n'],
    ['fills an empty value before a comment', 'KEY= # why\n', 'KEY=new # why\n'],
    ['changes every occurrence', 'KEY=1\nB=2\nKEY=3\n', 'KEY=new\nB=2\nKEY=new\n'],
    ['leaves a commented one', '#KEY=1\nKEY=2\n', '#KEY=1\nKEY=new\n'],
    ['leaves a line inside a longer value', 'P="a\nKEY=in\nb"\nKEY=1\n', 'P="a\nKEY=in\nb"\nKEY=new\n'],
    ['replaces a value of many lines', 'KEY="a\nb\nc"\nB=1\n', 'KEY=new\nB=1\n'],
    ['takes an open quote as part of one line', 'KEY="a\nB=1\n', 'KEY=new\nB=1\n'],
    ['pulls up a value that began on the next line', 'KEY=\n"a"\nB=1\n', 'KEY=new\nB=1\n'],
    ['keeps CRLF', 'A=1\r\nKEY=old\r\n', 'A=1\r\nKEY=new\r\n'],
    ['keeps a byte order mark', '\ufeffKEY=old\n', '\ufeffKEY=new\n'],
    ['keeps a missing last line end', 'A=1\nKEY=old', 'A=1\nKEY=new'],
    ['adds at the end', 'A=1\n', 'A=1\nKEY=new\n'],
    ['adds a missing line end first', 'A=1', 'A=1\nKEY=new\n'],
    ['adds in the line ends that lead', 'A=1\r\nB=2\r\nC=3\n', 'A=1\r\nB=2\r\nC=3\nKEY=new\r\n'],
    ['adds to an empty file', '', 'KEY=new\n'],
    ['adds after the byte order mark', '\ufeff', '\ufeffKEY=new\n'],
    ['keeps clear of a line that ends in a backslash', '# dir\\\n', '# dir\\\n\nKEY=new\n'],
    ['keeps clear of a value that Node.js reads on', 'A= \n', 'A= \n#\nKEY=new\n'],
  ])('%s', (_, before, after) => {
    expect(set(before, 'KEY', 'new')).toBe(after);
  });

  it('quotes an empty value that has something after it', () => {
    expect(set('KEY=old # why\n', 'KEY', '')).toBe("KEY='' # why\n");
    expect(set('KEY=old\n', 'KEY', '')).toBe('KEY=\n');
  });

  it('has no special character in the written value', () => {
    expect(set('KEY=old\n', 'KEY', "'$1$&$`$$'")).toBe("KEY='$1$&$`$$'\n");
  });
});

describe('Removing a variable', () => {
  const remove = (text: string, name: string) =>
    textOf(printEnv(removeVariable(parseEnv(bytesOf(text)), name)));

  it.each([
    ['takes out its line', 'A=1\nKEY=2 # x\nB=3\n', 'A=1\nB=3\n'],
    ['takes out every occurrence', 'KEY=1\nA=1\nexport KEY=2\n', 'A=1\n'],
    ['takes out all lines of a long value', 'KEY="a\nb"\nB=3\n', 'B=3\n'],
    ['leaves everything else alone', '# c\r\n\r\nA=1', '# c\r\n\r\nA=1'],
  ])('%s', (_, before, after) => {
    expect(remove(before, 'KEY')).toBe(after);
  });
});
