import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { TagField } from '../../../renderer/components/tag-field.tsx';

afterEach(cleanup);

const isAddress = (text: string) => (/^[\d.]+$/.test(text) ? null : `${text} is not an address`);

function Field() {
  const [values, setValues] = useState<readonly string[]>([]);
  return <TagField label="Addresses" values={values} onChange={setValues} validate={isAddress} />;
}

function show() {
  render(<Field />);
  const input = screen.getByLabelText<HTMLInputElement>('Addresses');
  const type = (text: string) => fireEvent.change(input, { target: { value: text } });
  const tags = () => screen.queryAllByRole('listitem').map((item) => item.textContent);
  return { input, type, tags };
}

test('takes what was typed by Enter, and a pasted list part by part, each once', () => {
  const { input, type, tags } = show();
  type('10.0.0.1');
  fireEvent.keyDown(input, { key: 'Enter' });
  type('10.0.0.2, 10.0.0.1; 10.0.0.3');
  expect(tags()).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
});

test('keeps what was typed when the field is left', () => {
  const { input, type, tags } = show();
  type('10.0.0.9');
  fireEvent.blur(input);
  expect(tags()).toEqual(['10.0.0.9']);
});

test('says what is wrong and loses nothing that was typed', () => {
  const { input, type, tags } = show();
  type('not-an-address');
  fireEvent.keyDown(input, { key: 'Enter' });
  expect(screen.getByText('not-an-address is not an address')).toBeTruthy();
  expect(input.value).toBe('not-an-address');
  expect(tags()).toEqual([]);
});
