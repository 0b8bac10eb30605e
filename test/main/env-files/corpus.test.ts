import { parseEnv as parseLikeNode } from 'node:util';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commentOutVariable,
  type EnvDocument,
  parseEnv,
  printEnv,
  removeVariable,
  renameVariable,
} from '../../../main/env-files/document.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { createMemoryEnvFiles } from '../../fakes/memory-env-files.ts';
import { awkwardValue } from './awkward-value.ts';
import { afterCommentingOut, afterRemoval, afterRename, beforeAndAfter, corpus } from './corpus.ts';
import { envText } from './env-text.ts';

const FILE = '/project/.env';
const values = [
  { value: 'sk_live_New-1/x+y=', written: 'sk_live_New-1/x+y=' },
  { value: 'new value # $1', written: "'new value # $1'" },
  { value: "it's new", written: '"it\'s new"' },
];

async function write(before: string, value: string) {
  const envFiles = createMemoryEnvFiles({ [FILE]: before });
  const result = await envFiles.write(FILE, [{ variable: 'KEY', value: new Secret(value) }], 'any');
  return { result, text: envFiles.files.get(FILE) };
}

const cases = Object.entries(corpus).flatMap(([name, marked]) => [
  { name, marked },
  { name: `${name}, in CRLF`, marked: marked.replaceAll('\n', '\r\n') },
]);

describe('Writing one variable changes the value of that variable and not one byte more', () => {
  it('in more than sixty awkward files', () => {
    expect(Object.keys(corpus).length).toBeGreaterThan(60);
  });

  it.each(cases)('$name', async ({ marked }) => {
    for (const { value, written } of values) {
      const { before, after } = beforeAndAfter(marked, written);
      const { result, text } = await write(before, value);
      expect(result).toMatchObject({ ok: true });
      expect(text).toBe(after);
      expect(dotenv.parse(after)).toEqual({ ...dotenv.parse(before), KEY: value });
      const seenByNode = parseLikeNode(after.replace('\ufeff', '')).KEY;
      expect(seenByNode).toBe(/^KEY:/m.test(marked) ? undefined : value);
    }
  });
});

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const edit = (before: string, change: (document: EnvDocument) => EnvDocument) =>
  textOf(printEnv(change(parseEnv(bytesOf(before)))));

/** The other variables; Node.js takes a byte order mark for a part of the name. */
function without(values: Record<string, string | undefined>, name: string) {
  const { [name]: _, [`\ufeff${name}`]: __, ...others } = values;
  return others;
}

describe.each(cases)('One variable of a file with $name', ({ marked }) => {
  const before = marked.replace(/[«»]/g, '');

  it('is renamed, and nothing else', () => {
    const after = edit(before, (document) => renameVariable(document, 'KEY', 'NEW_NAME'));
    expect(after).toBe(afterRename(marked, 'NEW_NAME'));
    const { KEY, ...others } = dotenv.parse(before);
    expect(dotenv.parse(after)).toEqual(KEY === undefined ? others : { ...others, NEW_NAME: KEY });
  });

  it('is removed, and nothing else', () => {
    const after = edit(before, (document) => removeVariable(document, 'KEY'));
    expect(after).toBe(afterRemoval(marked));
    expect(dotenv.parse(after)).toEqual(without(dotenv.parse(before), 'KEY'));
    expect({ ...parseLikeNode(after) }).toEqual(without(parseLikeNode(before), 'KEY'));
  });

  it('is commented out, and nothing else', () => {
    const after = edit(before, (document) => commentOutVariable(document, 'KEY'));
    expect(after).toBe(afterCommentingOut(marked));
    expect(dotenv.parse(after)).toEqual(without(dotenv.parse(before), 'KEY'));
    expect({ ...parseLikeNode(after) }).toEqual(without(parseLikeNode(before), 'KEY'));
  });
});

describe('Writing any value into any text', () => {
  it('gives the variable that value and changes no other, or is refused and changes nothing', async () => {
    const count = { written: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(envText, awkwardValue, async (before, value) => {
        const { result, text } = await write(before, value);
        if (!result.ok) {
          count.refused += 1;
          expect(text).toBe(before);
          return;
        }
        count.written += 1;
        expect(dotenv.parse(text ?? '')).toEqual({ ...dotenv.parse(before), KEY: value });
      }),
      { numRuns: 10_000 },
    );
    expect(count.written).toBeGreaterThan(3000);
    expect(count.refused).toBeGreaterThan(100);
  });
});

describe('A file whose lines mean different things to different readers', () => {
  it.each([
    ['a quote that closes in another line for Node.js', 'A="x\nKEY="old"z\nB="2"\n', 'new'],
    ['an open quote that the quotes of the new value would close', 'A="open\nKEY=old\nB=2\n', "it's new"],
    ['a colon with its value on the next line', 'KEY:\nB=2\n', 'new'],
    ['an open quote that hid variables from Node.js', 'KEY=\'x\nA="y\\"\nB=\'1\n"\n', 'new'],
    ['lines that end in CR alone', 'A=1\rKEY=old\r', 'new'],
  ])('is refused and left alone: %s', async (_, before, value) => {
    const { result, text } = await write(before, value);
    expect(result).toMatchObject({ ok: false, error: { code: 'file-unwritable', file: FILE } });
    expect(text).toBe(before);
  });

  it.each([
    ['an open quote in a line above', 'A="open\nKEY=old\n', 'A="open\nKEY=new\n', []],
    ['a colon for a sign', 'KEY: old\n', 'KEY: new\n', ['Node.js --env-file', 'bash, dash and zsh']],
    ['a name above its sign', 'A=1\nKEY\n=old\n', 'A=1\nKEY\n=new\n', ['Node.js --env-file', 'Deno']],
    [
      'an empty value that Node.js reads on',
      'A= \nKEY=old\n',
      'A= \nKEY=new\n',
      ['Node.js --env-file', 'Vite'],
    ],
    ['a byte order mark', '\ufeffKEY=old\n', '\ufeffKEY=new\n', ['Node.js --env-file', 'Symfony']],
  ])('is written with the readers named that never saw it: %s', async (_, before, after, blind) => {
    const { result, text } = await write(before, 'new');
    expect(result).toMatchObject({
      ok: true,
      value: { readDifferentlyBy: blind.length === 0 ? [] : expect.arrayContaining(blind) },
    });
    expect(text).toBe(after);
  });
});
