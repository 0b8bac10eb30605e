import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeAll } from '../../../../renderer/app-state.ts';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { KeysPlace } from '../../../../renderer/screens/keys/keys-place.tsx';
import { isoDayIn } from '../../../../renderer/text/dates.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, type FakeMain, keyId, keyRow } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';
import { pageTalksTo } from '../../support/page-main.ts';

beforeAll(() => giveSize(1_000, 720));
afterEach(() => {
  cleanup();
  closeAll();
});

const dayMs = 86_400_000;

/** Keys "Key 0" to "Key 5", each due a day after the one before. */
const rows = Array.from({ length: 6 }, (_, index) =>
  keyRow(index, {
    name: `Key ${index}`,
    status: 'active',
    attention: null,
    unsealed: false,
    issuedAt: Date.now() - 60 * dayMs,
    dueAt: Date.now() + (30 + index) * dayMs,
  }),
);

async function open(keys: readonly KeyRow[] = rows): Promise<{ main: FakeMain; grid: HTMLElement }> {
  const main = pageTalksTo(createFakeMain({ overrides: { 'keys.list': () => ok({ keys: [...keys] }) } }));
  render(
    <>
      <KeysPlace keyId={null} />
      <AppDialogs />
    </>,
  );
  return { main, grid: await screen.findByRole('grid', { name: 'Keys' }) };
}

const chosen = () =>
  screen
    .getAllByRole('row')
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map((row) => /Key \d/.exec(row.textContent ?? '')?.[0]);
const row = (index: number) => screen.getByRole('row', { name: new RegExp(`Key ${index}\\b`) });

describe('choosing keys', () => {
  it('by Ctrl-click takes one more or one less, and opens none', async () => {
    await open();
    fireEvent.click(row(1), { ctrlKey: true });
    fireEvent.click(row(3), { metaKey: true });
    expect(chosen()).toEqual(['Key 1', 'Key 3']);
    fireEvent.click(row(1), { ctrlKey: true });
    expect(chosen()).toEqual(['Key 3']);
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('by Shift-click takes all from the one that was chosen before', async () => {
    await open();
    fireEvent.click(row(4), { ctrlKey: true });
    fireEvent.click(row(2), { shiftKey: true });
    expect(chosen()).toEqual(['Key 2', 'Key 3', 'Key 4']);
  });

  it('by a click on the box of its row', async () => {
    await open();
    fireEvent.click(screen.getByTitle('Choose Key 2'));
    expect(chosen()).toEqual(['Key 2']);
  });

  it('by keyboard: Space one, Shift with the arrows all on the way, Ctrl+A all, Escape none', async () => {
    const { grid } = await open();
    act(() => grid.focus());
    fireEvent.keyDown(grid, { key: ' ' });
    expect(chosen()).toEqual(['Key 0']);
    fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
    fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
    expect(chosen()).toEqual(['Key 0', 'Key 1', 'Key 2']);
    fireEvent.keyDown(grid, { key: 'a', ctrlKey: true });
    expect(chosen()).toHaveLength(6);
    fireEvent.keyDown(grid, { key: 'Escape' });
    expect(chosen()).toEqual([]);
    expect(screen.queryByRole('region', { name: 'Chosen keys' })).toBeNull();
  });

  it('begins anew where the list was moved to without choosing', async () => {
    const { grid } = await open();
    act(() => grid.focus());
    fireEvent.keyDown(grid, { key: ' ' });
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) fireEvent.keyDown(grid, { key });
    fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
    expect(chosen()).toEqual(['Key 0', 'Key 3', 'Key 4']);
  });
});

describe('the chosen keys', () => {
  it('are snoozed together, without those that are gone', async () => {
    const { main } = await open(rows.with(2, { ...(rows[2] as KeyRow), status: 'revoked' }));
    for (const index of [1, 2, 3]) fireEvent.click(row(index), { ctrlKey: true });
    const bar = within(screen.getByRole('region', { name: 'Chosen keys' }));
    expect(bar.getByText('3 keys chosen, 1 of them replaced or revoked')).toBeTruthy();
    fireEvent.click(bar.getByRole('button', { name: 'Snooze' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'For 3 days' }));
    await waitFor(() =>
      expect(main.calls.find(({ method }) => method === 'reminders.snooze')?.input).toEqual({
        ids: [keyId(1), keyId(3)],
        until: isoDayIn(3, Date.now()),
      }),
    );
  });

  it('are given a period together, and stay chosen for whoever turns back', async () => {
    await open();
    for (const index of [1, 4]) fireEvent.click(row(index), { ctrlKey: true });
    fireEvent.click(screen.getByRole('button', { name: 'Set period…' }));
    expect((await screen.findByRole('dialog')).textContent).toContain('2 keys');
    expect(chosen()).toEqual(['Key 1', 'Key 4']);
  });

  it('are only those that are shown: nothing hidden by the search is acted upon', async () => {
    await open();
    for (const index of [1, 4]) fireEvent.click(row(index), { ctrlKey: true });
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'key 4' } });
    expect(await screen.findByText('1 key chosen')).toBeTruthy();
    // The list is found again as it was left.
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '' } });
  });
});

describe('the age of a key', () => {
  it.each([
    [{}, /^60 of 90 days used, due in 30 days$/],
    [{ dueAt: Date.now() - 3 * dayMs }, /^60 of 57 days used, 3 days overdue$/],
    [{ snoozedUntil: isoDayIn(5, Date.now()) }, /^60 of 90 days used, snoozed until /],
    [{ snoozedUntil: isoDayIn(0, Date.now()) }, /^60 of 90 days used, due in 30 days$/],
    [{ dueAt: null, snoozedUntil: isoDayIn(5, Date.now()) }, /^Never due$/],
    [{ status: 'revoked' }, /^Revoked$/],
  ] satisfies [Partial<KeyRow>, RegExp][])(
    'is said in words beside its picture: %j',
    async (facts, words) => {
      await open([{ ...(rows[0] as KeyRow), ...facts }]);
      expect(await screen.findByRole('img', { name: words })).toBeTruthy();
    },
  );

  it('of a snoozed key stands where it would be due, and the filter finds it', async () => {
    await open(rows.with(1, { ...(rows[1] as KeyRow), snoozedUntil: isoDayIn(5, Date.now()) }));
    expect(within(row(1)).getByTitle(/^Snoozed until .*\. Due /).textContent).toMatch(/^Snoozed until /);
    fireEvent.click(screen.getByRole('button', { name: /Due/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Snoozed' }));
    expect(await screen.findByText('1 of 6 keys')).toBeTruthy();
  });
});
