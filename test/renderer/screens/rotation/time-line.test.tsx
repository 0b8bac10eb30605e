import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useMemo, useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DueList } from '../../../../renderer/screens/rotation/due-list.tsx';
import { Graces } from '../../../../renderer/screens/rotation/graces.tsx';
import { loadOf } from '../../../../renderer/screens/rotation/load.ts';
import { TimeLine } from '../../../../renderer/screens/rotation/time-line.tsx';
import { agendaOf, allOf } from '../../../../renderer/screens/rotation/timeline.ts';
import { calendarIn } from '../../../../shared/domain/calendar.ts';
import type { KeyId } from '../../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { keyId, keyRow, work, workId } from '../../support/fake-bridge.ts';
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

beforeAll(() => giveSize(900, 400));
afterEach(cleanup);

/** The line and the list as the screen has them; what is asked for goes into `asked`. */
function Both({ rows, asked }: { readonly rows: readonly KeyRow[]; readonly asked: string[] }) {
  const [chosen, setChosen] = useState<KeyId | null>(null);
  const agenda = useMemo(() => agendaOf(rows, now), [rows]);
  const load = loadOf(allOf(agenda), 366, now, calendarIn('UTC'));
  const onOpenKey = (id: KeyId) => asked.push(`open ${id}`);
  const shared = { agenda, now, chosen, onChoose: setChosen, onOpenKey };
  return (
    <>
      <TimeLine {...shared} load={load} onRotate={(id) => asked.push(`rotate ${id}`)} />
      <DueList
        {...shared}
        stopped={new Map()}
        onNext={({ key }, { to }) => asked.push(`${to} ${key.id}`)}
        onSnooze={(id) => asked.push(`snooze ${id}`)}
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
  it('has one next action for each key: what waits for a person, the end of a snooze, or rotating', () => {
    const { asked } = show([
      due(1, -2),
      due(2, 3, { unsealed: true }),
      due(3, 5, { snoozedUntil: '2026-11-30' }),
      due(4, 40),
    ]);
    for (const name of [
      'Rotate key 1',
      'Snooze key 1',
      'Copy once key 2',
      'End snooze key 3',
      'Rotate key 4',
    ])
      fireEvent.click(screen.getByRole('button', { name }));
    expect(asked).toEqual([
      `rotate ${keyId(1)}`,
      `snooze ${keyId(1)}`,
      `copy-once ${keyId(2)}`,
      `end-snooze ${keyId(3)}`,
      `rotate ${keyId(4)}`,
    ]);
    expect(screen.getByText(/snoozed until 30 Nov/)).toBeTruthy();
  });

  it('has only what is in view of 3,000 keys', () => {
    show(Array.from({ length: 3_000 }, (_, index) => due(index, index % 80)));
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
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
