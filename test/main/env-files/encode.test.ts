import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv as parseLikeNode } from 'node:util';
import dotenvx from '@dotenvx/dotenvx';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFor, encodeValue } from '../../../main/env-files/encode.ts';
import { decodeValue } from '../../../main/env-files/tokenise.ts';
import { type Dialect, dialectSchema } from '../../../shared/domain/env-file.ts';
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

describe('A value for one reader', () => {
  const writtenFor = (value: string, dialect: Dialect) => {
    const result = encodeValue(value, dialect);
    return result.ok ? result.value.written : result.error;
  };

  it.each<[Dialect, string, string]>([
    ['vite', 'pa$word', '"pa\\$word"'],
    ['next', 'a"$5', "'a\"\\$5'"],
    ['dotenv-expand', 'it\'s "$X"', 'it\'s "\\$X"'],
    ['node', 'it\'s "here" and there', 'it\'s "here" and there'],
    ['python', "it's C:\\new", "'it\\'s C:\\\\new'"],
    ['shell', 'it\'s "x" `id` $HOME', '"it\'s \\"x\\" \\`id\\` \\$HOME"'],
    ['shell', 'a\nb', '"a\nb"'],
    ['systemd', 'a\nb', '"a\nb"'],
    ['compose', "it's $X", '"it\'s \\$X"'],
    ['docker-run', 'two words', 'two words'],
    ['docker-run', 'pa$word', 'pa$word'],
    ['make', 'pa$word', 'pa$$word'],
    ['php', "it's\n$X", '"it\'s\\n\\$X"'],
  ])('%s: %j is written as %s', (dialect, value, expected) => {
    expect(writtenFor(value, dialect)).toBe(expected);
  });

  it.each<[Dialect, string]>([
    ['docker-run', 'a # b'],
    ['docker-run', ' a'],
    ['docker-run', 'a\nb'],
    ['make', 'a\nb'],
    ['python', `$${'{X}'}`],
    ['direnv', "it's $X"],
    ['go', 'x'.repeat(70_000)],
    ['foreman', 'a\\n\nb'],
  ])('is refused where %s would read another one: %j', (dialect, value) => {
    expect(writtenFor(value, dialect)).toBe('dialect');
  });

  it.each(dialectSchema.options)('is refused for %s too where another reader would run it', (dialect) => {
    expect(writtenFor('$(id)', dialect)).toBe('command');
    expect(writtenFor('encrypted:x', dialect)).toBe('encrypted');
    expect(writtenFor('a\rb', dialect)).toBe('carriage-return');
    expect(writtenFor('a\0', dialect)).toBe('nul');
    expect(writtenFor('\ud800', dialect)).toBe('not-unicode');
  });

  it.each(dialectSchema.options)(
    'is what Keyturn reads for %s, and the line is one assignment',
    (dialect) => {
      let kept = 0;
      fc.assert(
        fc.property(awkwardValue, (value) => {
          const result = encodeValue(value, dialect);
          if (!result.ok) return;
          kept += 1;
          const { written: line, readDifferentlyBy } = result.value;
          if (dialect !== 'any') expect(readDifferentlyBy).toEqual([]);
          expect(decodeFor(dialect, line)).toBe(value);
          const text = `BEFORE='b c'\nKEY=${line}\nAFTER="d e"\n`;
          expect(dotenv.parse(text)).toMatchObject({ BEFORE: 'b c', AFTER: 'd e' });
          expect({ ...parseLikeNode(text) }).toMatchObject({ BEFORE: 'b c', AFTER: 'd e' });
        }),
        { numRuns: 2000 },
      );
      expect(kept).toBeGreaterThan(500);
    },
  );

  it('never stands between backticks that a shell would run', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'keyturn-backticks-'));
    const values = [
      '`touch ran`',
      "it's `touch ran`",
      '"`touch ran`"',
      "'`touch ran`'",
      'it\'s "`touch ran`" \\',
    ];
    for (const dialect of dialectSchema.options) {
      for (const value of values) {
        const encoded = encodeValue(value, dialect);
        if (!encoded.ok) continue;
        writeFileSync(path.join(folder, '.env'), `KEY=${encoded.value.written}\n`);
        spawnSync('sh', ['-c', '. ./.env'], { cwd: folder });
        expect([dialect, encoded.value.written, readdirSync(folder)]).toEqual([
          dialect,
          encoded.value.written,
          ['.env'],
        ]);
      }
    }
    rmSync(folder, { recursive: true });
  });
});
