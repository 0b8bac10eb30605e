import { describe, expect, it } from 'vitest';
import { astrayWords } from '../../../renderer/text/targets.ts';

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
