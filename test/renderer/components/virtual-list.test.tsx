import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Cell } from '../../../renderer/components/list-cell.tsx';
import { moveActive, typeAhead } from '../../../renderer/components/list-keys.ts';
import { VirtualList } from '../../../renderer/components/virtual-list.tsx';
import { giveSize } from '../support/give-size.ts';

beforeAll(() => giveSize(800, 720));
afterEach(cleanup);

interface Line {
  readonly text: string;
  readonly isHeading: boolean;
}

/** Shows a list of that many lines, every tenth a heading, and tells what was opened. */
function showList(length: number) {
  const opened: string[] = [];
  const lines = Array.from(
    { length },
    (_, index): Line => ({ text: `line ${index}`, isHeading: index % 10 === 0 }),
  );
  render(
    <VirtualList
      label="Lines"
      items={lines}
      keyOf={({ text }) => text.replace(' ', '-')}
      headingOf={({ text, isHeading }) => (isHeading ? { text, count: 9 } : null)}
      textOf={({ text }) => text}
      columns={1}
      selectedKey={null}
      renderRow={({ text }) => <Cell>{text}</Cell>}
      onOpen={({ text }) => opened.push(text)}
    />,
  );
  const grid = screen.getByRole('grid');
  const press = (...keys: readonly string[]) => {
    for (const key of keys) fireEvent.keyDown(grid, { key });
  };
  const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent;
  return { grid, press, active, opened };
}

describe('a list of 10,000 lines', () => {
  test('holds only what is in view, and tells how many there are', () => {
    const { grid } = showList(10_000);
    expect(grid.getAttribute('aria-rowcount')).toBe('10000');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  test('is one tab stop, and begins at its first row that is not a heading', () => {
    const { grid, active } = showList(10_000);
    fireEvent.focus(grid);
    expect(active()).toBe('line 1');
  });

  test('moves by arrows past headings, and the active row always exists', () => {
    const { grid, press, active } = showList(10_000);
    fireEvent.focus(grid);
    press(...Array.from({ length: 9 }, () => 'ArrowDown'));
    expect(active()).toBe('line 11');
    press('ArrowUp');
    expect(active()).toBe('line 9');
    press('End');
    expect(active()).toBe('line 9999');
    press('Home');
    expect(active()).toBe('line 1');
  });

  test('opens the active row by Enter, and any row by a click', () => {
    const { grid, press, opened } = showList(10_000);
    fireEvent.focus(grid);
    press('ArrowDown', 'Enter');
    fireEvent.click(screen.getByText('line 4'));
    expect(opened).toEqual(['line 2', 'line 4']);
  });

  test('goes to what is typed', () => {
    const { press, active } = showList(10_000);
    press(...'line'.split(''));
    expect(active()).toBe('line 1');
  });
});

describe('moving', () => {
  const at = (active: number, length = 100) => ({
    active,
    length,
    page: 10,
    isHeading: (index: number) => index === 0,
  });

  test.each([
    ['ArrowDown', -1, 1],
    ['ArrowDown', 99, null],
    ['ArrowUp', 1, null],
    ['PageDown', 95, 99],
    ['PageUp', 5, 1],
    ['Home', 50, 1],
    ['x', 50, null],
  ])('%s from %i leads to %s', (key, from, to) => {
    expect(moveActive(key, at(from))).toBe(to);
  });

  test('a letter typed again goes on to the next that begins with it, and around', () => {
    const texts = ['alpha', 'beta', 'bravo'];
    const textAt = (index: number) => texts[index] ?? '';
    expect(typeAhead('b', 0, 3, textAt)).toBe(1);
    expect(typeAhead('bb', 1, 3, textAt)).toBe(2);
    expect(typeAhead('bbb', 2, 3, textAt)).toBe(1);
    expect(typeAhead('br', 1, 3, textAt)).toBe(2);
    expect(typeAhead('z', 0, 3, textAt)).toBe(-1);
  });
});
