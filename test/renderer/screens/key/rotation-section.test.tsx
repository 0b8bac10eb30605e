import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll } from '../../../../renderer/app-state.ts';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { KeyScreen } from '../../../../renderer/screens/key/key-screen.tsx';
import { useKey } from '../../../../renderer/screens/key/use-key.ts';
import type { KeyDetail } from '../../../../shared/ipc/keys.contract.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyDetail, keyId, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection } from '../../support/scenarios-assisted.ts';

afterEach(() => {
  closeAll();
  cleanup();
});

const dayMs = 86_400_000;
const today = new Date().setHours(0, 0, 0, 0);
const isoIn = (days: number) => {
  const day = new Date(today);
  day.setDate(day.getDate() + days);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

function Key() {
  return (
    <KeyScreen
      view={useKey(keyId(2))}
      takesFocus={false}
      onClose={() => {}}
      onOpenKey={() => {}}
      onDialog={() => {}}
      onOpenWork={() => {}}
    />
  );
}

/** The screen of an active key of Parcelway; `policy` is what its connection says. */
async function open(facts: Partial<KeyDetail>, policy = {}) {
  let detail = keyDetail(
    keyRow(2, { status: 'active', attention: null, provider: 'Parcelway', providerId: 'parcelway' }),
    { connectionId: assistedConnection.id, connection: 'Parcelway account', ...facts },
  );
  const main = pageTalksTo(
    createFakeMain({
      settings: { providerPolicies: { parcelway: { everyDays: null, because: 'Printed on labels' } } },
      overrides: {
        'connections.list': () => ok({ connections: [{ ...assistedConnection, policy }] }),
        'keys.get': () => ok(detail),
        'keys.plan': () => {
          detail = { ...detail, plannedDay: null, dueBecause: 'period' };
          return ok({});
        },
        'reminders.snooze': () => {
          detail = { ...detail, snoozedUntil: null };
          return ok({});
        },
      },
    }),
  );
  render(
    <>
      <Key />
      <AppDialogs />
    </>,
  );
  await screen.findByRole('heading', { name: 'Rotation' });
  return { main };
}

const fact = (label: string) => screen.getByText(label).nextElementSibling?.textContent ?? '';
const due = { dueAt: today + 20 * dayMs + dayMs / 2, everyDays: 90 };

describe('when a key is due', () => {
  it.each([
    ['period', ', 90 days after it was made'],
    ['expiry', ', the last day before it expires at its provider'],
    ['plan', ', as planned'],
  ] as const)('is said with its reason: %s', async (dueBecause, words) => {
    await open({ ...due, dueBecause, periodFrom: 'default' });
    expect(fact('Due')).toContain('Due in 20 days, ');
    expect(fact('Due')).toContain(words);
  });

  it.each([
    ['default', { everyDays: 90 }, 'Every 90 days, as set in Settings'],
    ['key', { everyDays: 30, policy: { everyDays: 30 } }, 'Every 30 days, as set for this key'],
    [
      'connection',
      { everyDays: null },
      'Never, as set for the connection Parcelway account“Meter without a network”',
    ],
    ['provider', { everyDays: null }, 'Never, as set for every key of Parcelway“Printed on labels”'],
  ] as const)('follows a period, and says whose word it is: %s', async (periodFrom, facts, words) => {
    await open(
      { ...due, dueBecause: 'period', periodFrom, ...facts },
      {
        everyDays: null,
        because: 'Meter without a network',
      },
    );
    await waitFor(() => expect(fact('How often')).toBe(`${words}Change`));
  });

  it('shows a plan, and takes it back', async () => {
    const { main } = await open({ ...due, dueBecause: 'plan', plannedDay: isoIn(20) });
    expect(fact('Plan')).toContain('this once');
    fireEvent.click(screen.getByRole('button', { name: 'Take the plan back' }));
    await waitFor(() => expect(screen.queryByText('Plan')).toBeNull());
    expect(main.calls.filter(({ method }) => method === 'keys.plan').map(({ input }) => input)).toEqual([
      { plans: [{ id: keyId(2), day: null }] },
    ]);
  });

  it('shows until when nothing is said about it, and ends that', async () => {
    const { main } = await open({ ...due, snoozedUntil: isoIn(7) });
    expect(fact('Snoozed')).toContain('Until ');
    fireEvent.click(screen.getByRole('button', { name: 'End the snooze' }));
    await waitFor(() => expect(screen.queryByText('Snoozed')).toBeNull());
    const asked = main.calls.filter(({ method }) => method === 'reminders.snooze');
    expect(asked.map(({ input }) => input)).toEqual([{ ids: [keyId(2)], until: null }]);
  });

  it('does not speak of a snooze that is over', async () => {
    await open({ ...due, snoozedUntil: isoIn(0) });
    expect(screen.queryByText('Snoozed')).toBeNull();
  });

  it('is nothing to say of a key that is replaced', async () => {
    pageTalksTo(
      createFakeMain({ overrides: { 'keys.get': () => ok(keyDetail(keyRow(2, { status: 'retiring' }))) } }),
    );
    render(<Key />);
    await screen.findByRole('heading', { name: 'Facts' });
    expect(screen.queryByRole('heading', { name: 'Rotation' })).toBeNull();
  });

  it('opens the choice of another period', async () => {
    await open({ ...due });
    fireEvent.click(screen.getByRole('button', { name: 'Change' }));
    await screen.findByRole('dialog', { name: 'How often to rotate' });
  });
});
