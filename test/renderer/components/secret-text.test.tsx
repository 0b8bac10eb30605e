import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { groupsOfFour, SecretText } from '../../../renderer/components/secret-text.tsx';

afterEach(cleanup);

test.each(['copy', 'cut', 'dragStart'] as const)('lets no %s carry a shown value away', (kind) => {
  render(<SecretText value="sk_test_51Nq" label="API key" />);
  const value = screen.getByLabelText('API key');
  const event = createEvent[kind](value);
  fireEvent(value, event);
  expect(event.defaultPrevented).toBe(true);
});

test('shows every character of the value, in order, four at a time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const groups = groupsOfFour(value).map(({ text }) => text);
      expect(groups.join('')).toBe(value);
      expect(groups.slice(0, -1).every((group) => [...group].length === 4)).toBe(true);
    }),
  );
});
