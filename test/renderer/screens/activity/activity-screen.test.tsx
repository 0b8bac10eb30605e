import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { byDay } from '../../../../renderer/screens/activity/activity-days.tsx';
import { ActivityScreen } from '../../../../renderer/screens/activity/activity-screen.tsx';
import type { ActivityEntry } from '../../../../shared/domain/activity.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

const noon = new Date(2026, 4, 20, 12).getTime();
const entry = (at: number, subject: string, event: ActivityEntry['event'] = 'key-issued'): ActivityEntry => ({
  at,
  event,
  keyId: keyId(1),
  connectionId: null,
  subject,
  detail: '',
});

const subjects = () => screen.getAllByRole('link').map((link) => link.textContent);

async function open() {
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'activity.page': ({ before }) =>
          before === null
            ? ok({ entries: [entry(noon, 'Shop'), entry(noon - 1, 'Worker', 'key-revoked')], more: true })
            : ok({ entries: [entry(before - 1, 'Oldest')], more: false }),
      },
    }),
  );
  render(<ActivityScreen />);
  await screen.findByText('Shop');
  return main;
}

describe('the record', () => {
  it('goes on where the last page ended, until there is no more', async () => {
    const main = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await screen.findByText('Oldest');
    expect(subjects()).toEqual(['Shop', 'Worker', 'Oldest']);
    expect(main.calls.filter(({ method }) => method === 'activity.page').at(-1)?.input).toMatchObject({
      before: noon - 1,
    });
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  });

  it('shows what happens meanwhile on top', async () => {
    const main = await open();
    act(() => main.tell({ feed: 'activity.added', state: entry(noon + 5, 'Newest') }));
    await waitFor(() => expect(subjects()).toEqual(['Newest', 'Shop', 'Worker']));
  });

  it('is narrowed by what was done as well as by the name', async () => {
    await open();
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'revoked' } });
    expect(subjects()).toEqual(['Worker']);
  });

  it('puts entries of one day together, and two of the same instant apart', () => {
    const days = byDay([entry(noon, 'A'), entry(noon, 'A'), entry(noon - 86_400_000, 'B')]);
    expect(days.map(({ entries }) => entries.length)).toEqual([2, 1]);
    expect(new Set(days.flatMap(({ entries }) => entries.map(({ id }) => id))).size).toBe(3);
  });
});
