import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ProvidersScreen } from '../../../../renderer/screens/providers/providers-screen.tsx';
import type { Settings } from '../../../../shared/domain/settings.ts';
import type { ConnectionView } from '../../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection } from '../../support/scenarios-assisted.ts';

afterEach(cleanup);

const dayMs = 86_400_000;
const today = new Date().setHours(0, 0, 0, 0);

/** A key of the connection that is 45 days old and follows the settings. */
const key = (index: number, facts: Partial<KeyRow> = {}) =>
  keyRow(index, {
    connectionId: assistedConnection.id,
    providerId: 'parcelway',
    status: 'active',
    issuedAt: today - 45 * dayMs + dayMs / 2,
    dueAt: today + 45 * dayMs,
    dueBecause: 'period',
    everyDays: 90,
    periodFrom: 'default',
    ...facts,
  });

async function open(
  connection: Partial<ConnectionView> = {},
  providerPolicies: Settings['providerPolicies'] = {},
  rows: readonly KeyRow[] = [],
) {
  const main = pageTalksTo(
    createFakeMain({
      settings: { providerPolicies },
      overrides: {
        'connections.list': () => ok({ connections: [{ ...assistedConnection, ...connection }] }),
        'keys.list': () => ok({ keys: [...rows] }),
      },
    }),
  );
  render(<ProvidersScreen />);
  await screen.findByText('Rotation');
  const asked = (method: string) =>
    main.calls.filter((call) => call.method === method).map(({ input }) => input);
  return { asked };
}

const line = () => screen.getByText('Rotation').nextElementSibling?.textContent ?? '';
const change = async () => {
  fireEvent.click(screen.getByRole('button', { name: 'Change' }));
  return within(await screen.findByRole('dialog', { name: 'How often to rotate' }));
};
const choose = async (option: RegExp) => {
  fireEvent.click(screen.getByRole('button', { name: /How often to rotate/ }));
  fireEvent.click(await screen.findByRole('option', { name: option }));
};
const apply = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);

describe('how often the keys of a connection are rotated', () => {
  it('is said with whose word it is, and what the provider recommends where that is sooner', async () => {
    await open();
    expect(line()).toContain('Every 90 days, as set in Settings. Parcelway recommends every 30 days.');
  });

  it('keeps silent of a recommendation that is kept', async () => {
    await open({ policy: { everyDays: 14 } }, { parcelway: { everyDays: 60 } });
    expect(line()).toBe('Every 14 days, as set for the connection Parcelway account.Change');
  });

  it('is set for the connection, after saying how many keys come due by it', async () => {
    const rows = [key(1), key(2), key(3, { periodFrom: 'key' }), key(4, { status: 'revoked' })];
    const { asked } = await open({}, {}, rows);
    await change();
    await choose(/^Every 30 days/);
    await screen.findByText('2 keys become due at once');
    apply();
    apply();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked('connections.setPolicy')).toEqual([
      { id: assistedConnection.id, policy: { everyDays: 30 } },
    ]);
    expect(asked('settings.set')).toEqual([]);
  });

  it('is set for every key of the provider, and leaves those of others as they are', async () => {
    const { asked } = await open({}, { stripe: { everyDays: 60 } });
    const dialog = await change();
    fireEvent.click(dialog.getByRole('radio', { name: 'All of Parcelway' }));
    await choose(/^Never/);
    apply();
    await screen.findByText('Say why, for whoever wonders later.');
    fireEvent.change(screen.getByLabelText('Why never?'), { target: { value: 'Printed on labels' } });
    apply();
    await waitFor(() =>
      expect(asked('settings.set')).toEqual([
        {
          providerPolicies: {
            stripe: { everyDays: 60 },
            parcelway: { everyDays: null, because: 'Printed on labels' },
          },
        },
      ]),
    );
    expect(asked('connections.setPolicy')).toEqual([]);
  });

  it('is taken back from a provider without a trace', async () => {
    const { asked } = await open({}, { parcelway: { everyDays: 60 }, stripe: { everyDays: 60 } });
    expect(line()).toContain('Every 60 days, as set for every key of Parcelway.');
    const dialog = await change();
    fireEvent.click(dialog.getByRole('radio', { name: 'All of Parcelway' }));
    await choose(/^As usual: every 90 days/);
    apply();
    await waitFor(() =>
      expect(asked('settings.set')).toEqual([{ providerPolicies: { stripe: { everyDays: 60 } } }]),
    );
  });

  it('says in the provider’s own words what it recommends', async () => {
    await open({
      provider: { ...assistedConnection.provider, advice: ['Rotate keys every month.', 'Keep it safe.'] },
    });
    const dialog = await change();
    dialog.getByText('Parcelway recommends: “Rotate keys every month.”');
  });
});
