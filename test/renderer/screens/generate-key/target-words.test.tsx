import { describe, expect, it } from 'vitest';
import { fileWords, variableWords } from '../../../../renderer/screens/generate-key/target-words.ts';
import type { FileInspection } from '../../../../shared/domain/env-file.ts';
import { inspection, keyId } from '../../support/fake-bridge.ts';

const of = (variable: string, facts: Partial<FileInspection>) =>
  variableWords('key', { key: variable }, inspection({ variables: ['SHOP_KEY', 'TAKEN'], ...facts }));

describe('what is said of a variable before anything is written', () => {
  it('is that it is added, or that its value is replaced', () => {
    expect(of('NEW_KEY', {})).toBe('NEW_KEY will be added to the file.');
    expect(of('TAKEN', {})).toBe('The file has TAKEN. Its value will be replaced.');
  });

  it('is that the line gets the new name where the key is in the file already', () => {
    const own = [{ key: 'SHOP_KEY' }];
    expect(of('SHOP_KEY', { own })).toBe('The file has SHOP_KEY, and this key in it.');
    expect(of('NEW_KEY', { own })).toBe(
      'SHOP_KEY becomes NEW_KEY: its line gets the new name, and SHOP_KEY is not in the file any more.',
    );
    expect(of('TAKEN', { own })).toBe(
      'The file has TAKEN. Its value will be replaced, and the line of SHOP_KEY goes.',
    );
  });

  it('is about the place of the key that is written anew, where it has several in the file', () => {
    const own = [{ key: 'SHOP_KEY' }, { key: 'TAKEN' }];
    expect(of('TAKEN', { own })).toBe('The file has TAKEN, and this key in it.');
  });

  it('is nothing where the name can be none, or is another key’s', () => {
    expect(of('SHOP API-KEY', {})).toBeUndefined();
    const held = { TAKEN: { keyId: keyId(3), name: 'Shop', holds: true } };
    expect(of('TAKEN', { held })).toBeUndefined();
    expect(of('constructor', { held })).toBe('constructor will be added to the file.');
  });
});

it('says what file was meant where that is not what was typed', () => {
  const file = '/home/mira/.env';
  const seen = { state: 'seen', file: inspection({ file }), ignoring: { step: 'not-asked' } } as const;
  expect(fileWords(' ~/.env', seen)).toMatch(/ In full: \/home\/mira\/\.env\.$/);
  expect(fileWords(file, seen)).not.toContain('In full');
});
