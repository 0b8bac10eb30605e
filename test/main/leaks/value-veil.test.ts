import { describe, expect, it } from 'vitest';
import { createValueIndex } from '../../../main/leaks/value-index.ts';
import { createVeil } from '../../../main/leaks/value-veil.ts';

const veil = createVeil(
  createValueIndex(
    ['abcdefghijklmnop', 'ijklmnopqrstuvwx', '0123456789abcdef'].map((one) => Buffer.from(one)),
  ),
);

describe('taking values out of what is shown', () => {
  it('takes out every value, and leaves the text around it', () => {
    expect(veil('Rotate 0123456789abcdef — was 0123456789abcdef!')).toBe('Rotate [secret] — was [secret]!');
  });

  it('takes out values that overlap, to the end of the last', () => {
    expect(veil('<abcdefghijklmnopqrstuvwx>')).toBe('<[secret]>');
  });

  it('leaves other text as it is', () => {
    for (const text of ['', 'Fix größe', '0123456789abcde']) expect(veil(text)).toBe(text);
  });
});
