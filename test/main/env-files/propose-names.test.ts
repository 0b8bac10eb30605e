import { describe, expect, it } from 'vitest';
import { type NameSources, proposeNames } from '../../../main/env-files/propose-names.ts';

const propose = (fields: Record<string, string>, sources: Partial<NameSources> = {}) =>
  proposeNames({ fields, fileVariables: [], exampleVariables: [], ...sources });
const openai = { apiKey: 'OPENAI_API_KEY' };
const forOpenai = (...fileVariables: string[]) => propose(openai, { fileVariables }).apiKey;

describe('The name that is proposed for a field', () => {
  it("is the definition's where nothing else is known", () => {
    expect(propose({ userId: 'RESMIC_USER_ID', apiKey: 'RESMIC_API_KEY' })).toEqual({
      userId: 'RESMIC_USER_ID',
      apiKey: 'RESMIC_API_KEY',
    });
  });

  it("is the definition's where the file has it, whatever else it has", () => {
    expect(forOpenai('APP_OPENAI_API_KEY', 'OPENAI_KEY', 'OPENAI_API_KEY')).toBe('OPENAI_API_KEY');
  });

  it.each([
    'OPENAI_KEY',
    'APP_OPENAI_API_KEY',
    'MY_OPENAI_KEY',
    'OPEN_AI_API_KEY',
    'openai_api_key',
    'openaiApiKey',
  ])('is the one of the file that clearly means it: %s', (name) => {
    expect(forOpenai('DATABASE_URL', name, 'OTHER_API_KEY')).toBe(name);
  });

  it('is the one without a prefix of two that mean it', () => {
    expect(forOpenai('APP_OPENAI_KEY', 'OPENAI_KEY')).toBe('OPENAI_KEY');
  });

  it("is the file's before the example's, and the example's before the definition's", () => {
    expect(propose(openai, { fileVariables: ['OPENAI_KEY'], exampleVariables: ['OPEN_AI_KEY'] }).apiKey).toBe(
      'OPENAI_KEY',
    );
    expect(propose(openai, { exampleVariables: ['OPEN_AI_KEY'] }).apiKey).toBe('OPEN_AI_KEY');
    expect(
      propose(openai, { fileVariables: ['OPENAI_KEY'], exampleVariables: ['OPENAI_API_KEY'] }).apiKey,
    ).toBe('OPENAI_API_KEY');
  });

  it.each([
    ['OPENAI_ADMIN_KEY'],
    ['OPENAI_ORG_ID'],
    ['OPENAI_API_KEY_STAGING'],
    ['AZURE_OPENAI_API_KEY'],
    ['OPENAI_TOKEN'],
    ['API_KEY'],
    ['OPENAI.API.KEY'],
  ])('is never one for something else: %s', (name) => {
    expect(forOpenai(name)).toBe('OPENAI_API_KEY');
  });

  it('is never guessed from words that all keys share', () => {
    expect(propose({ key: 'API_KEY' }, { fileVariables: ['APP_KEY', 'KEY'] }).key).toBe('API_KEY');
  });

  it.each(['VITE_', 'NEXT_PUBLIC_', 'REACT_APP_', 'PUBLIC_', 'NUXT_PUBLIC_', 'EXPO_PUBLIC_'])(
    'is never one that bundlers publish to browsers, for a secret: %s',
    (prefix) => {
      const fileVariables = [`${prefix}RESMIC_USER_ID`, `${prefix}RESMIC_API_KEY`];
      const fields = { userId: 'RESMIC_USER_ID', apiKey: 'RESMIC_API_KEY' };
      const isSecret = (field: string) => field === 'apiKey';
      expect(propose(fields, { fileVariables, isSecret })).toEqual({
        userId: `${prefix}RESMIC_USER_ID`,
        apiKey: 'RESMIC_API_KEY',
      });
      expect(propose(fields, { fileVariables })).toEqual(fields);
    },
  );

  it('is never one that another key has: another that means the same, or the next free one', () => {
    const isHeld = (name: string) => ['OPENAI_API_KEY', 'OPENAI_API_KEY_2'].includes(name);
    expect(propose(openai, { fileVariables: ['OPENAI_API_KEY', 'APP_OPENAI_KEY'], isHeld }).apiKey).toBe(
      'APP_OPENAI_KEY',
    );
    expect(propose(openai, { fileVariables: ['OPENAI_API_KEY'], isHeld }).apiKey).toBe('OPENAI_API_KEY_3');
  });

  it('is never the same for two fields', () => {
    expect(propose({ a: 'ACME_API_KEY', b: 'ACME_KEY' }, { fileVariables: ['ACME_KEY'] })).toEqual({
      a: 'ACME_API_KEY',
      b: 'ACME_KEY',
    });
    expect(propose({ a: 'ACME_API_KEY', b: 'ACME_API_KEY' }, { fileVariables: ['APP_ACME_KEY'] })).toEqual({
      a: 'APP_ACME_KEY',
      b: 'ACME_API_KEY',
    });
    expect(propose({ a: 'ACME_KEY', b: 'ACME_KEY' })).toEqual({ a: 'ACME_KEY', b: 'ACME_KEY_2' });
  });
});
