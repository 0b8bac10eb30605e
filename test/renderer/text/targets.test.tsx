import { describe, expect, it } from 'vitest';
import {
  astrayWords,
  leftWords,
  readersWords,
  remarkLines,
  remarkNotes,
  targetStateSentence,
  writtenNotes,
} from '../../../renderer/text/targets.ts';
import { targetId } from '../support/fake-bridge.ts';

describe('the files of a key in a list', () => {
  it.each([
    [0, 0, ''],
    [3, 0, ''],
    [1, 1, 'Its file is out of step'],
    [3, 1, '1 of 3 files is out of step'],
    [3, 2, '2 of 3 files are out of step'],
    [2, 2, 'All 2 files are out of step'],
  ])('of %i files, %i astray, says “%s”', (targets, astray, said) => {
    expect(astrayWords(targets, astray)).toBe(said);
  });
});

describe('how a file stands', () => {
  it.each([
    ['in-step', '', [], 'The file holds this key.'],
    ['differs', '', ['A'], 'A holds another value. Something else has changed it.'],
    ['differs', '', ['A', 'B'], 'A and B hold other values. Something else has changed them.'],
    ['missing', '', ['A'], 'A is not in the file.'],
    ['missing', '', ['A', 'B'], 'A and B are not in the file, or hold another value.'],
    ['missing', 'file-gone', ['A'], 'The file is not there.'],
    ['missing', 'folder-gone', ['A'], /folder is not there/],
    ['misread', 'crlf', ['A'], /^bash, dash and zsh cannot read it as it is: the file has CRLF line ends\./],
    ['misread', 'a-cause-of-tomorrow', ['A'], /^bash, dash and zsh cannot read it/],
    ['unreadable', 'file-not-text', ['A'], /bytes that are not UTF-8/],
    ['unreadable', 'a-code-of-tomorrow', ['A'], /cannot be read/],
  ] as const)('is said of %s %s %j in a sentence without a code', (state, detail, astray, said) => {
    const sentence = targetStateSentence({ state, detail, astray: [...astray] }, 'shell');
    expect(sentence).toMatch(said);
    if (detail !== '') expect(sentence).not.toContain(detail);
  });
});

it('names the key that a file holds instead', () => {
  const holding = [{ variable: 'A', name: 'Shop live' }];
  const said = (astray: string[]) =>
    targetStateSentence({ state: 'differs', detail: '', astray, holding }, 'any');
  expect(said(['A'])).toBe('A holds the key “Shop live”.');
  expect(said(['A', 'B'])).toBe(
    'A holds the key “Shop live”. B holds another value. Something else has changed it.',
  );
});

describe('what a write came to', () => {
  it('says which names are other ones now', () => {
    const facts = { readDifferentlyBy: [], renamed: [{ from: 'A', to: 'B' }], removed: ['C'] };
    expect(writtenNotes(facts)).toEqual([
      'A is B now: what reads the file needs the new name.',
      'C is not in the file any more: what reads it needs the new name.',
    ]);
  });

  it('names those who read the value differently, as many as there are', () => {
    expect(readersWords([])).toBe('');
    expect(readersWords(['make'])).toMatch(/^make reads this value differently/);
    expect(readersWords(['bash, dash and zsh'])).toMatch(/^bash, dash and zsh read this value/);
    expect(readersWords(['Bun', 'make', 'Next.js'])).toMatch(/^Bun, make and Next\.js read this/);
  });

  it('advises no other reader for what keeps the chosen one from the value, but says what it is', () => {
    const words = readersWords(['systemd'], 'export');
    expect(words).toMatch(/^systemd cannot read it as it is: a line of the file begins with export\./);
    expect(words).not.toContain('differently');
  });

  it('names the lines that stay', () => {
    expect(leftWords([])).toBe('');
    expect(leftWords(['A'])).toBe('A stays in the file: it holds another value than the key’s.');
    expect(leftWords(['A', 'B'])).toBe('A and B stay in the file: they hold another value than the key’s.');
  });

  it('says each thing of work’s files once, and names the files where they don’t stand beside it', () => {
    const remark = (index: number, file: string, readDifferentlyBy: string[]) => ({
      targetId: targetId(index),
      file,
      readDifferentlyBy,
      exampleFailed: false,
    });
    const remarks = [
      remark(0, '/a/.env', ['make']),
      remark(1, '/a/.env', ['make']),
      remark(2, '/b/.env', ['Bun']),
    ];
    expect(remarkNotes(remarks)).toEqual([readersWords(['make']), readersWords(['Bun'])]);
    expect(remarkLines(remarks)).toEqual([
      `/a/.env: ${readersWords(['make'])}`,
      `/b/.env: ${readersWords(['Bun'])}`,
    ]);
  });

  it('is silent where all went as asked', () => {
    expect(writtenNotes({ readDifferentlyBy: [] })).toEqual([]);
    expect(writtenNotes({ readDifferentlyBy: ['make'], exampleFailed: true, left: ['A'] })).toHaveLength(3);
  });
});
