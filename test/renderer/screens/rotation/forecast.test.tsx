import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Forecast } from '../../../../renderer/screens/rotation/forecast.tsx';
import { loadOf, mostEarlier } from '../../../../renderer/screens/rotation/load.ts';
import type { DueKey } from '../../../../renderer/screens/rotation/timeline.ts';
import { calendarIn, isoOf, weekOf } from '../../../../shared/domain/calendar.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

const calendar = calendarIn(new Intl.DateTimeFormat().resolvedOptions().timeZone);
const now = new Date(2027, 0, 13, 12).getTime();
/** 1 March 2027 is a Monday, 47 days later. */
const march = 47;

const due = (index: number, days: number, facts = {}): DueKey => {
  const dueAt = new Date(2027, 0, 13 + days).getTime();
  const key = keyRow(index, { name: `key ${index}`, dueAt, dueBecause: 'period', ...facts });
  return { key, dueAt, days, isSnoozed: false };
};
const load = (items: readonly DueKey[]) => loadOf(items, 366, now, calendar);
const full = Array.from({ length: 7 }, (_, index) => due(index, march + (index % 5)));

afterEach(cleanup);

describe('a week with clearly more than the others', () => {
  it('is named, and spreading it moves keys only earlier, and leaves fewer in every fullest week', () => {
    const { peak, weeks, today } = load(full);
    expect(peak?.keys).toBe(7);
    expect(isoOf(peak?.week ?? 0)).toBe('2027-03-01');
    for (const { from, to } of peak?.moves ?? []) {
      expect(to).toBeLessThan(weekOf(from));
      expect(from - to).toBeLessThanOrEqual(mostEarlier);
      expect(to).toBeGreaterThanOrEqual(today);
    }
    const most = (list: typeof weeks) => Math.max(...list.map(({ keys }) => keys));
    expect(most(peak?.after ?? [])).toBeLessThan(most(weeks));
  });

  it('is none where the weeks are alike, where there are few keys, or where it is this very week', () => {
    expect(
      load(Array.from({ length: 39 }, (_, index) => due(index, 7 * Math.floor(index / 3)))).peak,
    ).toBeNull();
    expect(load(full.slice(0, 5)).peak).toBeNull();
    expect(load(Array.from({ length: 9 }, (_, index) => due(index, index % 3))).peak).toBeNull();
  });

  it('is none where the other weeks that have keys have half as many or more', () => {
    const beside = (keys: number) => Array.from({ length: keys }, (_, index) => due(50 + index, march - 21));
    expect(load([...full, ...beside(4)]).peak).toBeNull();
    expect(load([...full, ...beside(3)]).peak?.keys).toBe(7);
  });

  it('leaves what is planned already where it is', () => {
    const planned = full.map((item) => ({ ...item, key: { ...item.key, dueBecause: 'plan' as const } }));
    expect(load(planned).peak).toBeNull();
    expect(load(planned).planned).toHaveLength(7);
  });

  it('is spread after the user has seen what moves where, and can be taken back', async () => {
    const sent: unknown[] = [];
    pageTalksTo(
      createFakeMain({
        overrides: {
          'keys.plan': ({ plans }) => {
            sent.push(plans);
            return ok({});
          },
        },
      }),
    );
    const spreadable = load(full);
    const view = render(<Forecast load={spreadable} />);
    expect(screen.getByText('7 keys come due in the week of 1 March')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Spread them' }));
    const dialog = await screen.findByRole('dialog', { name: 'Spread them' });
    const moves = spreadable.peak?.moves ?? [];
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(moves.length);
    expect(sent).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: /^Plan \d+ keys earlier$/ }));
    await waitFor(() => expect(sent).toEqual([moves.map(({ key, to }) => ({ id: key.id, day: isoOf(to) }))]));

    view.rerender(<Forecast load={load([due(1, 40, { dueBecause: 'plan' })])} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Take back' }));
    const planned = await screen.findByRole('dialog', { name: 'Planned for earlier days' });
    fireEvent.click(within(planned).getByRole('button', { name: 'Take 1 plan back' }));
    await waitFor(() => expect(sent[1]).toEqual([{ id: full[1]?.key.id, day: null }]));
  });

  it('is not asked about again after "Not now", until there are more keys in it', () => {
    const view = render(<Forecast load={load(full)} />);
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
    expect(screen.queryByText(/come due in the week of/)).toBeNull();
    view.unmount();
    const again = render(<Forecast load={load(full)} />);
    expect(screen.queryByText(/come due in the week of/)).toBeNull();
    again.rerender(<Forecast load={load([...full, due(20, march)])} />);
    expect(screen.getByText('8 keys come due in the week of 1 March')).toBeTruthy();
  });
});
