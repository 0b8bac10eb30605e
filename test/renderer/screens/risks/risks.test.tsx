import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeAll } from '../../../../renderer/app-state.ts';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { RisksScreen } from '../../../../renderer/screens/risks/risks-screen.tsx';
import { RisksSection } from '../../../../renderer/screens/risks/risks-section.tsx';
import type { Risk } from '../../../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, keyId, keyRow } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';
import { pageTalksTo } from '../../support/page-main.ts';

beforeAll(() => giveSize(1_000, 720));
afterEach(() => {
  cleanup();
  closeAll();
});

const dayMs = 86_400_000;
const risk = (kind: Risk['kind'], index: number, facts: Partial<Risk> = {}): Risk => ({
  kind,
  keyId: keyId(index),
  at: null,
  folders: [],
  ...facts,
});

const oneOfEach: readonly Risk[] = [
  risk('live-overdue', 0, { at: Date.now() - 12 * dayMs }),
  risk('live-never', 3, { at: Date.now() - 40 * dayMs }),
  risk('shared', 1, { folders: ['/home/mira/shop', '/home/mira/blog'] }),
  risk('unused', 2),
  risk('no-expiry', 4),
];

function mainWith(risks: readonly Risk[], keys = 12) {
  return pageTalksTo(createFakeMain({ keys, overrides: { 'keys.risks': () => ok({ risks: [...risks] }) } }));
}

const groupNamed = async (name: RegExp) => within(await screen.findByRole('region', { name }));

describe('keys that are worth a look', () => {
  it.each([
    [/^Live keys past their day/, '12 days overdue', 'Rotate', 'Rotate'],
    [/^Live keys that are never due/, /Never due, made/, 'How often…', 'How often to rotate'],
    [/^In several projects/, 'Written into 2 projects', 'Generate one for a project…', 'Generate key'],
    [/^Not used for 60 days/, 'Never used', 'Revoke…', 'Revoke'],
    [/^Never expire/, 'No expiry', 'Generate one that expires…', 'Generate key'],
  ])('stand by why, each with its one next action: %s', async (group, fact, action, dialog) => {
    mainWith(oneOfEach);
    render(
      <>
        <RisksSection />
        <AppDialogs />
      </>,
    );
    const within = await groupNamed(group);
    expect(within.getByText(fact)).toBeTruthy();
    expect(within.getAllByRole('button')).toHaveLength(1);
    fireEvent.click(within.getByRole('button', { name: action }));
    expect(await screen.findByRole('dialog', { name: new RegExp(`^${dialog}`) })).toBeTruthy();
  });

  it('are said to be none in one line', async () => {
    mainWith([]);
    render(<RisksSection />);
    expect(await screen.findByText(/^Nothing: no live key is overdue/)).toBeTruthy();
  });

  it('are reckoned again after keys have changed, once for many changes', async () => {
    const main = mainWith(oneOfEach);
    render(<RisksSection />);
    await groupNamed(/^Not used/);
    const asked = () => main.calls.filter(({ method }) => method === 'keys.risks').length;
    expect(asked()).toBe(1);
    for (const name of ['a', 'b', 'c'])
      act(() => main.tell({ feed: 'keys.changed', state: { changed: [keyRow(2, { name })], removed: [] } }));
    await waitFor(() => expect(asked()).toBe(2));
  });

  it('that could not be reckoned are said to be so, and asked for again', async () => {
    let isClosed = true;
    pageTalksTo(
      createFakeMain({
        overrides: {
          'keys.risks': () => (isClosed ? fail({ code: 'vault-closed' }) : ok({ risks: [...oneOfEach] })),
        },
      }),
    );
    render(<RisksSection />);
    await screen.findByText('The vault is locked');
    isClosed = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await groupNamed(/^Not used/);
  });

  it('are few on another screen, and thousands on their own, where only those in view exist', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => risk('unused', index));
    mainWith(many, 3_000);
    const { unmount } = render(<RisksSection />);
    const group = await groupNamed(/^Not used/);
    expect(group.getAllByRole('listitem')).toHaveLength(3);
    expect(screen.getByRole('button', { name: 'Show all 3,000' })).toBeTruthy();
    unmount();
    render(<RisksScreen onLeave={() => {}} />);
    const grid = await screen.findByRole('grid', { name: 'Keys worth a look' });
    expect(grid.getAttribute('aria-rowcount')).toBe('3002');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });
});
