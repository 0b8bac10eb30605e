import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { keepFocus } from '../../../renderer/components/keep-focus.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(cleanup);

interface ShelfProps {
  readonly books: readonly string[];
  /** A book that cannot be taken now. */
  readonly lent?: string;
  readonly isLadderThere?: boolean;
}

const Shelf = ({ books, lent, isLadderThere = true }: ShelfProps) => (
  <>
    <button type="button">Door</button>
    <div ref={keepFocus}>
      <section>
        <h2>Shelf</h2>
        <ul>
          {books.map((book) => (
            <li key={book}>
              <button type="button" disabled={book === lent}>
                {book}
              </button>
            </li>
          ))}
        </ul>
      </section>
      {isLadderThere && <button type="button">Ladder</button>}
    </div>
  </>
);

const books = ['Atlas', 'Breviary', 'Codex'];
const focused = () => document.activeElement?.textContent;
const take = (name: string) => act(() => screen.getByRole('button', { name }).focus());

/** The shelf with the focus on a book, and then as it becomes; answers where the focus is. */
function becoming(from: string, next: ShelfProps) {
  const { rerender } = render(<Shelf books={books} />);
  take(from);
  rerender(<Shelf {...next} />);
}

describe('the focus', () => {
  it.each([
    ['the row after', 'Breviary', { books: ['Atlas', 'Codex'] }, 'Codex'],
    ['the row before, from the last', 'Codex', { books: ['Atlas', 'Breviary'] }, 'Breviary'],
    ['the heading, when the list is empty', 'Atlas', { books: [] }, 'Shelf'],
    ['what took its place', 'Atlas', { books: ['Dictionary', 'Breviary', 'Codex'] }, 'Dictionary'],
    ['the next one, when it is switched off', 'Atlas', { books, lent: 'Atlas' }, 'Breviary'],
    ['what stands nearest, outside a list', 'Ladder', { books, isLadderThere: false }, 'Codex'],
  ])('of a row that goes moves to %s', async (_, from, next, to) => {
    becoming(from, next);
    await eventually(() => expect(focused()).toBe(to));
  });

  it('stays where it was moved to, whatever goes from where it was before', async () => {
    const { rerender } = render(<Shelf books={books} />);
    take('Breviary');
    take('Door');
    rerender(<Shelf books={['Atlas', 'Codex']} />);
    await act(async () => {});
    expect(focused()).toBe('Door');
  });

  it('comes back from a dialog to the row after the one that has gone meanwhile', async () => {
    const { rerender } = render(<Shelf books={books} />);
    take('Breviary');
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    dialog.tabIndex = -1;
    document.body.append(dialog);
    act(() => dialog.focus());
    rerender(<Shelf books={['Atlas', 'Codex']} />);
    await act(async () => {});
    expect(document.activeElement).toBe(dialog);
    dialog.remove();
    await eventually(() => expect(focused()).toBe('Codex'));
  });
});
