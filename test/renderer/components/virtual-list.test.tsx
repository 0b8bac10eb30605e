import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Cell } from '../../../renderer/components/list-cell.tsx';
import { moveActive, typeAhead } from '../../../renderer/components/list-keys.ts';
import { RowAction } from '../../../renderer/components/row-action.tsx';
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

describe('the buttons of a row', () => {
  /** A list of these names with the focus on it, each row with two buttons. */
  function showButtons(names: readonly string[]) {
    const pressed: string[] = [];
    const list = (shown: readonly string[]) => (
      <VirtualList
        label="Lines"
        items={shown}
        keyOf={(name) => name}
        headingOf={() => null}
        textOf={(name) => name}
        columns={2}
        selectedKey={null}
        renderRow={(name) => (
          <>
            <Cell>{name}</Cell>
            <Cell>
              <RowAction label="Copy" of={name} onPress={() => pressed.push(`copy ${name}`)} />
              <RowAction label="Drop" of={name} onPress={() => pressed.push(`drop ${name}`)} />
            </Cell>
          </>
        )}
        onOpen={(name) => pressed.push(`open ${name}`)}
      />
    );
    const { rerender } = render(list(names));
    const grid = screen.getByRole('grid');
    act(() => grid.focus());
    return {
      grid,
      pressed,
      become: (next: readonly string[]) => rerender(list(next)),
      press: (key: string) => fireEvent.keyDown(document.activeElement as Element, { key }),
      /** What has the focus: the list with its active row, or a button of a row. */
      at: () => {
        const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
        const row = active?.firstElementChild?.textContent;
        return document.activeElement === grid ? `list at ${row}` : document.activeElement?.textContent;
      },
    };
  }

  test('are reached by Arrow Right, one after the other, and left by Arrow Left and Escape', () => {
    const { press, at } = showButtons(['one', 'two']);
    const way = ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'Escape'];
    const places = way.map((key) => {
      press(key);
      return at();
    });
    expect(places).toEqual(['Copy', 'Drop', 'Drop', 'Copy', 'list at one', 'Copy', 'list at one']);
  });

  test('do not hold on to whoever goes on along the list', () => {
    const { press, at } = showButtons(['one', 'two']);
    press('ArrowRight');
    press('ArrowDown');
    expect(at()).toBe('list at two');
  });

  test('act without opening the row, and give the focus back to it', () => {
    const { press, at, pressed } = showButtons(['one', 'two']);
    press('ArrowDown');
    press('ArrowRight');
    fireEvent.click(document.activeElement as Element);
    expect(pressed).toEqual(['copy two']);
    expect(at()).toBe('list at two');
  });

  test('are told of, in a list that has any', () => {
    const { grid } = showButtons(['one']);
    expect(grid.getAttribute('aria-description')).toMatch(/Arrow Right/);
    cleanup();
    expect(showList(20).grid.getAttribute('aria-description')).toBeNull();
  });

  test.each([
    ['next', ['one', 'two', 'three'], ['one', 'three'], 'list at three'],
    ['last', ['one', 'two'], ['one'], 'list at one'],
  ])('take their row with them when it goes, and the %s row is the active one', (_, before, after, where) => {
    const { press, at, become } = showButtons(before);
    press('ArrowDown');
    become(after);
    expect(at()).toBe(where);
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
