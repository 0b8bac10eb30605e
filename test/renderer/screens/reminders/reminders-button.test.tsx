import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll } from '../../../../renderer/app-state.ts';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { RemindersButton } from '../../../../renderer/screens/reminders/reminders-button.tsx';
import { isoDayIn, localDay, startOfDay } from '../../../../renderer/text/dates.ts';
import type { Notice } from '../../../../shared/domain/notice.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, type FakeMain, keyId, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(() => {
  cleanup();
  closeAll();
});

const hourMs = 3_600_000;
const today = localDay(Date.now());

/** A key that is due so many days from now. */
const dueIn = (index: number, days: number, facts: Partial<KeyRow> = {}): KeyRow =>
  keyRow(index, {
    name: `Key ${index}`,
    status: 'active',
    attention: null,
    dueAt: startOfDay(today + days),
    ...facts,
  });

/** A notice of these keys that was made so many hours ago. */
function notice(rows: readonly KeyRow[], hoursAgo: number, facts: Partial<Notice> = {}): Notice {
  return {
    id: `notice ${hoursAgo}`,
    at: Date.now() - hoursAgo * hourMs,
    keys: rows.map((row) => ({
      id: row.id,
      name: row.name,
      due: localDay(row.dueAt ?? Date.now()),
      reason: 0,
    })),
    shown: true,
    seen: false,
    ...facts,
  };
}

function show(rows: readonly KeyRow[], notices: readonly Notice[]): FakeMain {
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'keys.list': () => ok({ keys: [...rows] }),
        'reminders.list': () => ok({ notices: [...notices] }),
      },
    }),
  );
  render(
    <>
      <RemindersButton />
      <AppDialogs />
    </>,
  );
  return main;
}

async function openList(): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: /^Reminders/ }));
  return screen.findByRole('dialog', { name: 'Reminders' });
}

const called = (main: FakeMain, method: string) => main.calls.filter((each) => each.method === method);

describe('the bell', () => {
  it('says how many reminders are new, and that they are seen once the list is opened', async () => {
    const rows = [dueIn(1, -2), dueIn(2, 3)];
    const main = show(rows, [
      notice(rows.slice(0, 1), 1),
      notice(rows.slice(1), 2),
      notice(rows, 50, { seen: true }),
    ]);
    await screen.findByRole('button', { name: 'Reminders, 2 new' });
    expect(called(main, 'reminders.see')).toHaveLength(0);
    await openList();
    await waitFor(() => expect(called(main, 'reminders.see')).toHaveLength(1));
  });

  it('still marks what was new when the list was opened, after it counts as seen', async () => {
    const row = dueIn(1, -2);
    const main = show([row], [notice([row], 1), notice([row], 200, { seen: true })]);
    const dialog = await openList();
    act(() =>
      main.tell({
        feed: 'reminders.changed',
        state: { notices: [notice([row], 1, { seen: true }), notice([row], 200, { seen: true })] },
      }),
    );
    await waitFor(() => expect(screen.getAllByText('New:')).toHaveLength(1));
    expect(within(dialog).getAllByRole('link', { name: 'Key 1' })).toHaveLength(1);
  });

  it('takes what comes while the list is open for seen', async () => {
    const row = dueIn(1, -2);
    const main = show([row], []);
    await openList();
    await screen.findByText(/^None yet/);
    act(() => main.tell({ feed: 'reminders.changed', state: { notices: [notice([row], 0)] } }));
    await waitFor(() => expect(called(main, 'reminders.see')).toHaveLength(1));
  });
});

describe('the list of reminders', () => {
  it('tells how each key stands now, not as it stood when it was announced', async () => {
    const rows = [dueIn(1, -2), dueIn(2, 30), dueIn(3, -5, { status: 'revoked' })];
    const gone = dueIn(9, -1);
    show(rows, [notice([...rows, gone], 24 * 20)]);
    await openList();
    const items = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(items).toContain('Key 12 days overdue');
    expect(items).toContain('Key 2Due in 30 days');
    expect(items).toContain('Key 3Revoked');
    expect(items).toContain('Key 9No longer in the vault');
    expect(screen.getByRole('link', { name: 'Key 1' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Key 9' })).toBeNull();
  });

  it('offers Rotate where one key is left to do, and leads to Rotation where several are', async () => {
    const rows = [dueIn(1, -2), dueIn(2, -3), dueIn(3, -5, { status: 'retiring' })];
    show(rows, [notice(rows.slice(0, 2), 1), notice(rows.slice(2), 2)]);
    await openList();
    expect(screen.getAllByRole('button', { name: 'Open Rotation' })).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Rotate' })).toBeNull();
    cleanup();
    show(rows, [notice([rows[0] as KeyRow, rows[2] as KeyRow], 1)]);
    await openList();
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    expect(await screen.findByRole('dialog', { name: /^Rotate/ })).toBeTruthy();
  });

  it('offers what can be done about a key once, at the newest reminder that names it', async () => {
    const row = dueIn(1, -8);
    show([row], [notice([row], 1), notice([row], 24 * 8, { seen: true })]);
    await openList();
    expect(screen.getAllByRole('button', { name: 'Rotate' })).toHaveLength(1);
  });

  it('folds what was said of one key before into the newest reminder of it, as it was said then', async () => {
    const row = dueIn(1, -2);
    const other = dueIn(2, 20);
    const daysAgo = (days: number) => ({ at: startOfDay(today - days) + 12 * hourMs, seen: true });
    show(
      [row, other],
      [
        notice([row], 0),
        notice([row], 1, daysAgo(2)),
        notice([other], 2, daysAgo(3)),
        notice([row], 3, daysAgo(5)),
        notice([row], 4, daysAgo(16)),
      ],
    );
    await openList();
    expect(screen.getAllByRole('link', { name: 'Key 1' })).toHaveLength(1);
    expect(screen.getByText('2 days overdue')).toBeTruthy();
    const said = screen.getAllByRole('list', { name: 'Said before' }).map((list) =>
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    );
    expect(said).toEqual([
      [
        expect.stringMatching(/^Was due that day, .* ago$/),
        expect.stringMatching(/^Was due in 3 days, .* ago$/),
        expect.stringMatching(/^Was due in 14 days, .* ago$/),
      ],
      [expect.stringMatching(/^Was due in 23 days, .* ago$/)],
    ]);
  });

  it('says of a key in an older reminder of several how it stood then', async () => {
    const rows = [dueIn(1, -2), dueIn(2, -2)];
    const at = startOfDay(today - 5) + 12 * hourMs;
    show(rows, [notice(rows.slice(0, 1), 1), notice(rows, 2, { at, seen: true })]);
    await openList();
    const items = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(items).toContain('Key 1Was due in 3 days');
    expect(items).toContain('Key 22 days overdue');
  });

  it.each([
    ['Until tomorrow', 1],
    ['For 3 days', 3],
    ['For 1 week', 7],
  ])('puts off by days of the calendar: %s', async (name, days) => {
    const row = dueIn(1, -2);
    const main = show([row], [notice([row], 1)]);
    await openList();
    fireEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    fireEvent.click(await screen.findByRole('menuitem', { name }));
    await waitFor(() =>
      expect(called(main, 'reminders.snooze').at(-1)?.input).toEqual({
        ids: [row.id],
        until: isoDayIn(days, Date.now()),
      }),
    );
  });

  it('puts off until a day that is chosen, and takes no day that has passed', async () => {
    const row = dueIn(1, -2);
    const main = show([row], [notice([row], 1)]);
    await openList();
    fireEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Until a day you choose…' }));
    const field = await screen.findByLabelText('Until');
    fireEvent.change(field, { target: { value: isoDayIn(0, Date.now()) } });
    await screen.findByText(/Choose a day after today/);
    fireEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    expect(called(main, 'reminders.snooze')).toHaveLength(0);
    fireEvent.change(field, { target: { value: isoDayIn(40, Date.now()) } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await waitFor(() =>
      expect(called(main, 'reminders.snooze').map(({ input }) => input)).toEqual([
        { ids: [row.id], until: isoDayIn(40, Date.now()) },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Snooze' })).toBeNull());
  });

  it('says until when a key is snoozed, and ends it', async () => {
    const row = dueIn(1, -2, { snoozedUntil: isoDayIn(3, Date.now()) });
    const main = show([row], [notice([row], 1)]);
    await openList();
    expect(screen.getByText(/^Snoozed until/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Snooze' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'End the snooze' }));
    await waitFor(() =>
      expect(called(main, 'reminders.snooze').at(-1)?.input).toEqual({ ids: [keyId(1)], until: null }),
    );
  });

  it('names a few of many keys and counts the rest', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => dueIn(index, -1));
    show(rows, [notice(rows, 1)]);
    await openList();
    expect(screen.getByText('12 keys are overdue')).toBeTruthy();
    expect(screen.getByText('and 7 more')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: /^Key / })).toHaveLength(5);
  });
});
