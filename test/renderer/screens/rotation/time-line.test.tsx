import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useMemo, useState } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DueList } from '../../../../renderer/screens/rotation/due-list.tsx';
import { Graces } from '../../../../renderer/screens/rotation/graces.tsx';
import { leadIn, leadOut } from '../../../../renderer/screens/rotation/line-layout.ts';
import { loadOf } from '../../../../renderer/screens/rotation/load.ts';
import { TimeLine } from '../../../../renderer/screens/rotation/time-line.tsx';
import { agendaOf } from '../../../../renderer/screens/rotation/timeline.ts';
import { calendarIn } from '../../../../shared/domain/calendar.ts';
import type { KeyId } from '../../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { connectionId, keyId, keyRow, work, workId } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const due = (index: number, days: number, facts = {}) =>
  keyRow(index, {
    name: `key ${index}`,
    provider: 'Adyen',
    providerId: 'adyen',
    environment: 'live',
    status: 'active',
    attention: null,
    unsealed: false,
    snoozedUntil: null,
    dueBecause: 'period',
    dueAt: new Date(2026, 10, 21 + days).getTime(),
    ...facts,
  });

beforeAll(() => {
  giveSize(900, 400);
  // Tells of the size that every element has, which nothing else does here.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #tell: () => void;
      constructor(tell: (entries: readonly never[]) => void) {
        this.#tell = () => tell([]);
      }
      observe() {
        this.#tell();
      }
      unobserve() {}
      disconnect() {}
    },
  );
});
afterAll(() => vi.unstubAllGlobals());
afterEach(cleanup);

/** The line and the list as the screen has them; what is asked for goes into `asked`. */
function Both({ rows, asked }: { readonly rows: readonly KeyRow[]; readonly asked: string[] }) {
  const [chosen, setChosen] = useState<KeyId | null>(null);
  const agenda = useMemo(() => agendaOf(rows, now), [rows]);
  const load = loadOf(agenda.all, 366, now, calendarIn('UTC'));
  const onOpenKey = (id: KeyId) => asked.push(`open ${id}`);
  const shared = { agenda, now, chosen, onChoose: setChosen, onOpenKey };
  return (
    <>
      <TimeLine {...shared} load={load} onRotate={(id) => asked.push(`rotate ${id}`)} />
      <DueList
        {...shared}
        stopped={new Map()}
        connectionNames={new Map([[connectionId(7), 'Shop account']])}
        onNext={({ key }, { to }) => asked.push(`${to} ${key.id}`)}
        onSnooze={(id) => asked.push(`snooze ${id}`)}
        onEndSnooze={(id) => asked.push(`end-snooze ${id}`)}
      />
    </>
  );
}

/** Shows the line and the list as the screen does, and tells what was asked for. */
function show(
  rows = [due(1, -9), due(2, 12), due(3, 12), due(4, 50, { provider: 'Svix', providerId: 'svix' })],
) {
  const asked: string[] = [];
  render(<Both rows={rows} asked={asked} />);
  const line = screen.getByRole('listbox', { name: 'Time line of what is due' });
  const press = (...keys: readonly string[]) => {
    for (const key of keys) fireEvent.keyDown(line, { key });
  };
  const current = () => document.getElementById(line.getAttribute('aria-activedescendant') ?? '');
  return { line, press, current, asked };
}

describe('the time line', () => {
  it('is one tab stop, and tells the mark that is chosen: name, provider, when it is due, and its number', () => {
    const { line, press, current } = show();
    expect(line.tabIndex).toBe(0);
    for (const button of line.parentElement?.querySelectorAll('button') ?? [])
      expect(button.tabIndex).toBe(-1);
    press('ArrowDown', 'ArrowRight');
    expect(current()?.getAttribute('aria-label')).toBe('key 2, Adyen, live, Due in 12 days, on 3 Dec 2026');
    expect(current()?.getAttribute('aria-posinset')).toBe('2');
    expect(current()?.getAttribute('aria-setsize')).toBe('4');
  });

  it('opens the chosen key by Enter and rotates it by R', () => {
    const { press, asked } = show();
    press('Home', 'ArrowDown', 'Enter', 'r');
    expect(asked).toEqual([`open ${keyId(4)}`, `rotate ${keyId(4)}`]);
  });

  it('tells with a key that others fall on the same place', () => {
    const { press, current } = show([due(1, 12), due(2, 12), due(3, 12), due(4, 12)]);
    press('Home');
    expect(current()?.getAttribute('aria-label')).toContain('together with 3 other keys');
  });

  it('shows after a click what can be done about the mark, and goes on from there by the keyboard', () => {
    const { line, press, current, asked } = show();
    // The lane's height and the days of the line as it is laid out in 900 pixels, after the band of what is overdue.
    const day = (900 - 132 - leadIn - leadOut) / 91;
    fireEvent.click(line, { clientX: 132 + leadIn + 12.5 * day, clientY: 28 + 21 - 9 });
    const card = screen.getByRole('group', { name: /key [23]/ });
    fireEvent.click(within(card).getByRole('button', { name: /^Rotate/ }));
    expect(asked[0]).toMatch(/^rotate /);
    expect(document.activeElement).toBe(line);
    expect(screen.queryByRole('group', { name: /key [23]/ })).toBeNull();
    press('ArrowLeft', 'Home');
    expect(current()?.getAttribute('aria-label')).toContain('key 1');
    expect(line.parentElement?.textContent).toContain('9 days overdue');
  });

  it('folds a provider by the space bar, and zooms by plus and minus', () => {
    const { press } = show();
    press('Home', ' ');
    expect(screen.getByRole('button', { name: /Adyen/, expanded: false })).toBeTruthy();
    press('+');
    expect(screen.queryByRole('radio', { checked: true })).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: '1 year' }));
    expect(screen.getByRole('radio', { checked: true })).toBe(screen.getByRole('radio', { name: '1 year' }));
  });

  it('is chosen together with the list, whichever of both is used', () => {
    const { press, current } = show();
    press('Home', 'ArrowRight');
    expect(screen.getByRole('row', { selected: true }).textContent).toContain('key 2');
    fireEvent.click(screen.getByText('key 4'));
    expect(current()?.getAttribute('aria-label')).toContain('key 4, Svix');
  });
});

describe('the list of what is due', () => {
  it('has one next action for each key: what waits for a person, or rotating, with the end of a snooze beside it', () => {
    const { asked } = show([
      due(1, -2),
      due(2, 3, { unsealed: true }),
      due(3, -5, { snoozedUntil: '2026-11-30' }),
      due(4, 40),
    ]);
    for (const name of [
      'Rotate key 1',
      'Snooze key 1',
      'Copy once key 2',
      'End snooze key 3',
      'Rotate key 3',
      'Rotate key 4',
    ])
      fireEvent.click(screen.getByRole('button', { name }));
    expect(asked).toEqual([
      `rotate ${keyId(1)}`,
      `snooze ${keyId(1)}`,
      `copy-once ${keyId(2)}`,
      `end-snooze ${keyId(3)}`,
      `rotate ${keyId(3)}`,
      `rotate ${keyId(4)}`,
    ]);
    expect(screen.getByText('Snoozed until 30 Nov')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Snooze key 3' })).toBeNull();
  });

  it('shows what is pressing first, and has only what is in view of 3,000 keys', () => {
    show(Array.from({ length: 3_000 }, (_, index) => due(index, (index % 100) - 20)));
    const group = (name: RegExp) =>
      screen.getByRole('button', { name, expanded: /^(Overdue|Due)/.test(name.source) });
    expect(group(/^Later \S+$/)).toBeTruthy();
    expect(within(screen.getByRole('grid', { name: /^Overdue/ })).getAllByRole('row')).toHaveLength(10);
    expect(within(screen.getByRole('grid', { name: /^Due soon/ })).getAllByRole('row')).toHaveLength(10);
    fireEvent.click(screen.getByRole('button', { name: /^Show all 600/ }));
    expect(screen.getAllByRole('row').length).toBeLessThan(80);
  });

  it('finds keys by name, provider or connection, folded or not', () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      due(index, index * 3, { connectionId: connectionId(1) }),
    );
    show([...rows, due(40, 70, { connectionId: connectionId(7) }), due(41, 75, { provider: 'Svix' })]);
    const search = screen.getByRole('searchbox');
    const found = () =>
      screen.queryAllByRole('row').map(({ textContent }) => textContent?.match(/key \d+/)?.[0]);
    fireEvent.change(search, { target: { value: 'shop acc' } });
    expect(found()).toEqual(['key 40']);
    fireEvent.change(search, { target: { value: 'svix' } });
    expect(found()).toEqual(['key 41']);
    fireEvent.change(search, { target: { value: 'nothing' } });
    expect(found()).toEqual([]);
    expect(screen.getByText('No key that will be due is called that.')).toBeTruthy();
  });
});

describe('old keys that are still alive', () => {
  it('stand in one line each, however many, with what can be done before their grace ends', () => {
    const asked: string[] = [];
    const works = Array.from({ length: 400 }, (_, index) =>
      work({
        id: workId(index),
        name: `old ${index}`,
        graceUntil: Date.now() + 3_600_000,
        canUndo: index > 0,
      }),
    );
    render(
      <Graces
        works={works}
        onOpen={({ name }) => asked.push(`open ${name}`)}
        onEndNow={({ name }) => asked.push(`end ${name}`)}
        onUndo={({ name }) => asked.push(`undo ${name}`)}
      />,
    );
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(screen.queryByRole('button', { name: 'Undo: the rotation of old 0' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Undo: the rotation of old 1' }));
    fireEvent.click(screen.getByRole('button', { name: 'End now: the old key of old 0' }));
    fireEvent.click(screen.getByText('old 2'));
    expect(asked).toEqual(['undo old 1', 'end old 0', 'open old 2']);
  });
});
