import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { dismissNotice, useNotices } from '../../../../renderer/app-state.ts';
import { NoticeRegion } from '../../../../renderer/components/notice-region.tsx';
import { PolicyDialog } from '../../../../renderer/screens/policy/policy-dialog.tsx';
import type { KeyId } from '../../../../shared/domain/ids.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, keyDetail, keyId, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection } from '../../support/scenarios-assisted.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const dayMs = 86_400_000;
const startOfToday = new Date().setHours(0, 0, 0, 0);

/** A key of Parcelway that is so many days old and follows the 90 days of the settings. */
const key = (index: number, ageDays: number, facts: Partial<KeyRow> = {}): KeyRow =>
  keyRow(index, {
    name: `shop ${index}`,
    connectionId: assistedConnection.id,
    providerId: 'parcelway',
    provider: 'Parcelway',
    environment: 'test',
    status: 'active',
    attention: null,
    issuedAt: startOfToday - ageDays * dayMs + dayMs / 2,
    dueAt: startOfToday + (90 - ageDays) * dayMs,
    dueBecause: 'period',
    everyDays: 90,
    periodFrom: 'default',
    ...facts,
  });
const ofRegistry = {
  connectionId: fullConnection.id,
  providerId: 'registry',
  provider: 'Package registry',
  environment: 'live',
} as const;

async function open(
  keyIds: readonly KeyId[] | null,
  rows: readonly KeyRow[],
  overrides: Partial<Handlers<KeyturnContract>> = {},
) {
  const happened = { closed: 0 };
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'connections.list': () => ok({ connections: [assistedConnection, fullConnection] }),
        'keys.list': () => ok({ keys: [...rows] }),
        'keys.get': ({ id }) => {
          const row = rows.find((each) => each.id === id);
          return row === undefined ? fail({ code: 'key-unknown' }) : ok(keyDetail(row));
        },
        ...overrides,
      },
    }),
  );
  render(<PolicyDialog keyIds={keyIds} onClose={() => happened.closed++} />);
  await screen.findByRole('button', { name: /How often to rotate/ });
  const asked = () =>
    main.calls.filter(({ method }) => method === 'keys.setPolicy').map(({ input }) => input);
  return { happened, asked };
}

const choose = async (field: RegExp, option: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name: field }));
  fireEvent.click(await screen.findByRole('option', { name: option }));
};
const apply = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);

describe('the period of many keys', () => {
  it('is set for all of them at once, after saying how many come due by it', async () => {
    const rows = [key(1, 45), key(2, 20), key(3, 5), key(4, 10, { everyDays: 30, periodFrom: 'key' })];
    const { asked, happened } = await open([1, 2, 3, 4].map(keyId), rows);
    screen.getByText('4 keys.');
    await choose(/How often/, /^Every 30 days/);
    screen.getByText('1 key becomes due at once, 1 more within 14 days');
    screen.getByText(/The period of 3 keys changes. 1 key has it already./);
    apply();
    apply();
    await waitFor(() => expect(happened.closed).toBe(1));
    expect(asked()).toEqual([{ ids: [1, 2, 3, 4].map(keyId), policy: { everyDays: 30 } }]);
  });

  it('is never chosen for the user, and nothing is sent while nothing is chosen', async () => {
    const { asked } = await open([keyId(1), keyId(2)], [key(1, 1), key(2, 2)]);
    expect(screen.getByRole('button', { name: /How often/ }).textContent).toContain('Choose');
    expect((screen.getByRole('button', { name: 'Apply' }) as HTMLButtonElement).disabled).toBe(true);
    apply();
    expect(asked()).toEqual([]);
  });

  it('can be what is usual for each of them again', async () => {
    const rows = [
      key(1, 40, { everyDays: 365, periodFrom: 'key', dueAt: startOfToday + 325 * dayMs }),
      key(2, 40, { ...ofRegistry, everyDays: 365, periodFrom: 'key', dueAt: startOfToday + 325 * dayMs }),
    ];
    const { asked } = await open([keyId(1), keyId(2)], rows, {
      // The registry's keys become due by it, as its usual period is shorter; those of Parcelway do not.
      'connections.list': () =>
        ok({ connections: [assistedConnection, { ...fullConnection, policy: { everyDays: 30 } }] }),
    });
    await choose(/How often/, /^As usual/);
    screen.getByText('1 key becomes due at once');
    apply();
    await waitFor(() => expect(asked()).toEqual([{ ids: [keyId(1), keyId(2)], policy: {} }]));
  });

  it('leaves out keys that are replaced or revoked, and says so', async () => {
    const rows = [key(1, 1), key(2, 2, { status: 'revoked' }), key(3, 3, { status: 'retiring' })];
    const { asked } = await open([1, 2, 3].map(keyId), rows);
    screen.getByText('shop 1, Parcelway. 2 keys left out: replaced or revoked.');
    await choose(/How often/, /^Every 60 days/);
    apply();
    await waitFor(() => expect(asked()).toEqual([{ ids: [keyId(1)], policy: { everyDays: 60 } }]));
  });

  it('is not set without a reason where it is never', async () => {
    const { asked } = await open([keyId(1), keyId(2)], [key(1, 1), key(2, 2)]);
    await choose(/How often/, 'Never');
    apply();
    await screen.findByText('Say why, for whoever wonders later.');
    expect(asked()).toEqual([]);
    fireEvent.change(screen.getByLabelText('Why never?'), { target: { value: 'Burned in' } });
    apply();
    await waitFor(() =>
      expect(asked()).toEqual([
        { ids: [keyId(1), keyId(2)], policy: { everyDays: null, because: 'Burned in' } },
      ]),
    );
  });

  it('says why it was not set, and keeps what was chosen', async () => {
    const { happened } = await open([keyId(1), keyId(2)], [key(1, 1), key(2, 2)], {
      'keys.setPolicy': () => fail({ code: 'vault-closed' }),
    });
    await choose(/How often/, /^Every 60 days/);
    apply();
    await screen.findByRole('alert');
    expect(screen.getByRole('button', { name: /How often/ }).textContent).toContain('Every 60 days');
    expect(happened.closed).toBe(0);
  });
});

const never = (index: number, facts: Partial<KeyRow> = {}) =>
  key(index, 5, { everyDays: null, periodFrom: 'key', dueAt: null, dueBecause: null, ...facts });

describe('never, for many keys', () => {
  it('warns of overdue live keys that are then reminded of no more, before a reason is typed', async () => {
    const live = { environment: 'live' } as const;
    await open([1, 2, 3].map(keyId), [key(1, 100, live), key(2, 95, live), key(3, 5)]);
    await choose(/How often/, 'Never');
    screen.getByText('Nobody will be reminded of 2 overdue live keys any more');
    screen.getByText(/1 key will never be due. The period of 3 keys changes./);
    await choose(/How often/, 'Every 365 days');
    screen.getByText('2 overdue live keys will be due on a later day');
  });

  it('tells how many keys lose the reason that they have', async () => {
    const rows = [never(1), never(2), key(3, 5)];
    await open([1, 2, 3].map(keyId), rows, {
      'keys.get': ({ id }) =>
        ok(
          keyDetail(rows.find((row) => row.id === id) ?? never(1), {
            policy: { everyDays: null, because: id === keyId(1) ? 'Burned in' : 'Rehearsal' },
          }),
        ),
    });
    await choose(/How often/, 'Never');
    fireEvent.change(screen.getByLabelText('Why never?'), { target: { value: 'Rehearsal' } });
    await screen.findByText(
      /The period of 1 key changes. 1 key has it already, for another reason, which this one replaces. 1 key has it already./,
    );
    fireEvent.click(screen.getByRole('button', { name: /Which keys/ }));
    await screen.findByText('Never: “Burned in”');
  });
});

describe('what was set', () => {
  const rows = [
    key(1, 5),
    key(2, 5, { everyDays: 30, periodFrom: 'key' }),
    never(3),
    key(4, 5, { everyDays: 45, periodFrom: 'provider' }),
  ];
  const withReasons = {
    'keys.get': () => ok(keyDetail(never(3), { policy: { everyDays: null, because: 'Burned in' } })),
  };

  it('can be taken back from the notice: each key has its own earlier period and reason again', async () => {
    const { asked, happened } = await open([1, 2, 3, 4].map(keyId), rows, withReasons);
    await choose(/How often/, 'Every 60 days');
    apply();
    await waitFor(() => expect(happened.closed).toBe(1));
    render(<LastNotice />);
    const undo = screen.getByRole('button', { name: 'Undo', hidden: true });
    fireEvent.click(undo);
    await screen.findByText('As before again for 4 keys.');
    expect(asked().slice(1)).toEqual([
      { ids: [keyId(1), keyId(4)], policy: {} },
      { ids: [keyId(2)], policy: { everyDays: 30 } },
      { ids: [keyId(3)], policy: { everyDays: null, because: 'Burned in' } },
    ]);
  });

  it('says why it could not be taken back', async () => {
    let times = 0;
    const { happened } = await open([1, 2].map(keyId), rows, {
      ...withReasons,
      'keys.setPolicy': () => (times++ === 0 ? ok({}) : fail({ code: 'vault-closed' })),
    });
    await choose(/How often/, 'Every 60 days');
    apply();
    await waitFor(() => expect(happened.closed).toBe(1));
    render(<LastNotice />);
    fireEvent.click(screen.getByRole('button', { name: 'Undo', hidden: true }));
    await screen.findByText(/vault is locked/i);
  });
});

/** The last notice of the app, as it is shown. */
function LastNotice() {
  return <NoticeRegion notices={useNotices().slice(-1)} onDismiss={dismissNotice} />;
}

describe('what providers recommend', () => {
  const rows = [key(1, 5), key(2, 5, ofRegistry), key(3, 5, ofRegistry)];
  const connectionsWith = (parcelway: number | null, registry: number | null) => ({
    'connections.list': () =>
      ok({
        connections: [
          { ...assistedConnection, provider: { ...assistedConnection.provider, recommendedDays: parcelway } },
          { ...fullConnection, provider: { ...fullConnection.provider, recommendedDays: registry } },
        ],
      }),
  });

  it('can be set for each key of several, and leaves keys as they are whose provider recommends nothing', async () => {
    const { asked, happened } = await open([1, 2, 3].map(keyId), rows, connectionsWith(null, 30));
    await choose(/How often/, /^As each provider recommends/);
    screen.getByText(/The period of 2 keys changes. 1 key has it already./);
    apply();
    await waitFor(() => expect(happened.closed).toBe(1));
    expect(asked()).toEqual([{ ids: [keyId(2), keyId(3)], policy: { everyDays: 30 } }]);
  });

  it('is another period for each of several', async () => {
    const { asked } = await open([1, 2, 3].map(keyId), rows, connectionsWith(180, 30));
    await choose(/How often/, /^Every 365 days/);
    screen.getByText('For 3 keys that is longer than recommended');
    fireEvent.click(screen.getByRole('button', { name: 'Use what each recommends' }));
    apply();
    await waitFor(() =>
      expect(asked()).toEqual([
        { ids: [keyId(1)], policy: { everyDays: 180 } },
        { ids: [keyId(2), keyId(3)], policy: { everyDays: 30 } },
      ]),
    );
  });

  it('is no choice where none of them recommends any, or where all are of one', async () => {
    await open([1, 2, 3].map(keyId), rows, connectionsWith(null, null));
    fireEvent.click(screen.getByRole('button', { name: /How often/ }));
    expect(await screen.findAllByRole('option')).not.toHaveLength(0);
    expect(screen.queryByRole('option', { name: /As each/ })).toBeNull();
    cleanup();
    await open([2, 3].map(keyId), rows, connectionsWith(null, 30));
    await choose(/How often/, /^Every 365 days/);
    screen.getByText('365 days are longer than Package registry recommends');
    fireEvent.click(screen.getByRole('button', { name: /How often/ }));
    expect(await screen.findAllByRole('option')).not.toHaveLength(0);
    expect(screen.queryByRole('option', { name: /As each/ })).toBeNull();
  });
});

describe('the period of one key', () => {
  it('starts with what the key says itself, and the reason', async () => {
    const own = key(1, 1, { everyDays: null, periodFrom: 'key', dueAt: null, dueBecause: null });
    await open([keyId(1)], [own], {
      'keys.get': () => ok(keyDetail(own, { policy: { everyDays: null, because: 'Burned in' } })),
    });
    expect((screen.getByLabelText('Why never?') as HTMLInputElement).value).toBe('Burned in');
  });
});

describe('keys that are chosen in the dialog', () => {
  const rows = [
    key(1, 1),
    key(2, 2, ofRegistry),
    key(3, 3, { ...ofRegistry, everyDays: 365, periodFrom: 'key' }),
    key(4, 4, { status: 'revoked' }),
  ];

  it('are all keys in use at first, and fewer by provider, environment and present period', async () => {
    const { asked } = await open(null, rows);
    screen.getByText('3 keys.');
    await choose(/Provider/, 'Package registry');
    screen.getByText('2 keys.');
    await choose(/Present period/, 'Every 365 days');
    screen.getByText('shop 3, Package registry.');
    await choose(/How often/, /^Every 90 days/);
    apply();
    await waitFor(() => expect(asked()).toEqual([{ ids: [keyId(3)], policy: { everyDays: 90 } }]));
  });

  it('can be none, and then nothing can be applied', async () => {
    await open(null, rows);
    await choose(/Provider/, 'Parcelway');
    await choose(/Environment/, 'Live');
    screen.getByText('No key fits.');
    await choose(/How often/, /^Every 90 days/);
    expect((screen.getByRole('button', { name: 'Apply' }) as HTMLButtonElement).disabled).toBe(true);
  });
});
