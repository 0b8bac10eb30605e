import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presentable, redactionOf } from '../../../main/providers/redaction.ts';

test('whatever the secrets and the text, no secret is left in it', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), fc.string(), (secrets, filler) => {
      const text = secrets.map((one) => `${filler}${one}${filler}${encodeURIComponent(one)}`).join(' ');
      const redacted = redactionOf(secrets)(text).replaceAll('[secret]', '\0');
      for (const one of secrets) expect(redacted.includes(one)).toBe(false);
    }),
  );
});

test('a secret that is the beginning of another leaves nothing of the other', () => {
  expect(redactionOf(['sk_1', 'sk_1_more'])('a sk_1_more b sk_1')).toBe('a [secret] b [secret]');
});

test('is cut only after the secrets are out, so that no part of one is left at the end', () => {
  const secret = 'canary'.repeat(10);
  const shown = presentable(`${'x'.repeat(290)}${secret}`, redactionOf([secret]));
  expect(shown).toBe(`${'x'.repeat(290)}[secret]`);
});

test('is one line without marks that turn or hide text', () => {
  expect(presentable('a\r\n\tb\u0000\u001b[2Jc\u202ed\u200be', (text) => text)).toBe('a b [2Jc d e');
});
