import { parseEnv as parseLikeNode } from 'node:util';
import dotenvx from '@dotenvx/dotenvx';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeValue } from '../../../main/env-files/encode.ts';
import { decodeValue } from '../../../main/env-files/tokenise.ts';
import { awkwardValue } from './awkward-value.ts';

function written(value: string) {
  const result = encodeValue(value, 'any');
  if (!result.ok) throw new Error(`refused: ${result.error}`);
  return result.value;
}

describe('A value written is the value read', () => {
  it('by dotenv, Node.js, dotenvx and Keyturn, with its neighbours untouched, whatever the value', () => {
    let kept = 0;
    fc.assert(
      fc.property(awkwardValue, (value) => {
        const result = encodeValue(value, 'any');
        if (!result.ok) return;
        kept += 1;
        const text = `BEFORE='b c'\nKEY=${result.value.written}\nAFTER="d e"\n`;
        const expected = { BEFORE: 'b c', KEY: value, AFTER: 'd e' };
        expect(decodeValue(result.value.written)).toBe(value);
        expect(dotenv.parse(text)).toEqual(expected);
        expect({ ...parseLikeNode(text) }).toEqual(expected);
        if (!result.value.readDifferentlyBy.includes('dotenvx'))
          expect(dotenvx.parse(text, { processEnv: {} })).toEqual(expected);
      }),
      { numRuns: 20_000 },
    );
    expect(kept).toBeGreaterThan(10_000);
  });

  it.each([
    ['sk-proj-Ab3_x9.Z-1', 'sk-proj-Ab3_x9.Z-1'],
    ['q83vEjRWeJq+/7z=', 'q83vEjRWeJq+/7z='],
    ['https://h.example:8443/a/b', 'https://h.example:8443/a/b'],
    ['', ''],
    ['=abc', "'=abc'"],
    ['a:=ls', "'a:=ls'"],
    ['a:~/x', "'a:~/x'"],
    ['~/x', "'~/x'"],
    ['abc#def', "'abc#def'"],
    ['  edge  ', "'  edge  '"],
    ['C:\\path\\dir', "'C:\\path\\dir'"],
    ['{"a":1,"b":"x y"}', '\'{"a":1,"b":"x y"}\''],
    ['pässwörd-日本語-🔑', "'pässwörd-日本語-🔑'"],
    ['abc$', "'abc$'"],
    ["it's", '"it\'s"'],
    ["'quoted'", '"\'quoted\'"'],
  ])('%j is written as %s', (value, expected) => {
    expect(written(value).written).toBe(expected);
  });
});

describe('Who reads a value differently', () => {
  it.each([
    ['sk_live_51H8', []],
    ['two words', ['docker run --env-file', 'make']],
    ["it's", ['docker run --env-file', 'make']],
    ['pa$word', ['Bun', 'docker run --env-file', 'dotenv-expand', 'make', 'Next.js', 'Vite']],
    ['a\nb', ['bash, dash and zsh', 'docker run --env-file', 'gotenv (Go)', 'make', 'systemd']],
    ['a\'b"c', ['bash, dash and zsh', 'dotenvy (Rust)', 'Symfony']],
  ])('is said in plain words: %j', (value, expected) => {
    expect(written(value).readDifferentlyBy).toEqual(expected);
  });

  it('says that long lines are too much for some', () => {
    expect(written('x'.repeat(70_000)).readDifferentlyBy).toEqual(['docker run --env-file', 'gotenv (Go)']);
  });
});

describe('A value that no file may carry is refused', () => {
  it.each([
    ['a\0b', 'nul'],
    ['a\ud800', 'not-unicode'],
    ['a\rb', 'carriage-return'],
    ['a\r\nb', 'carriage-return'],
    ['$(touch /tmp/x)', 'command'],
    ['\\$(id)', 'command'],
    ["it's `id`", 'command'],
    ['it\'s "here" and there', 'command'],
    ['encrypted:abc', 'encrypted'],
  ])('%j', (value, reason) => {
    expect(encodeValue(value, 'any')).toEqual({ ok: false, error: reason });
  });
});
