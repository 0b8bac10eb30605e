import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ForgetDialog } from '../../../../renderer/screens/key/forget-dialog.tsx';
import type { ConnectionView } from '../../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import type { KeyDetail } from '../../../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, keyDetail, keyId, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection } from '../../support/scenarios-assisted.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const plain: ConnectionView = {
  ...fullConnection,
  provider: { ...fullConnection.provider, askedAtCall: [] },
};

function open(
  facts: Partial<KeyDetail> = {},
  connection = plain,
  overrides: Partial<Handlers<KeyturnContract>> = {},
) {
  const forgotten = { times: 0 };
  const main = pageTalksTo(createFakeMain({ overrides: { 'keys.delete': () => ok({}), ...overrides } }));
  const row = keyRow(2, { name: 'Shop', environment: 'live', status: 'active', provider: 'Registry' });
  render(
    <ForgetDialog
      detail={keyDetail(row, facts)}
      connection={connection}
      onClose={() => {}}
      onForgotten={() => forgotten.times++}
    />,
  );
  const asked = () => main.calls.filter(({ method }) => method === 'keys.delete').map(({ input }) => input);
  return { asked, forgotten };
}

const remove = () => fireEvent.click(screen.getByRole('button', { name: 'Delete from vault' }));
const wish = (facts: object) => ({
  id: keyId(2),
  confirmName: 'Shop',
  answers: {},
  doneByHand: false,
  ...facts,
});

describe('deleting a key from the vault', () => {
  it('asks what should happen at the provider, and revokes a live key only when its name was typed', async () => {
    const { asked, forgotten } = open();
    expect(screen.getByRole('radiogroup', { name: 'What should happen at Registry?' })).toBeTruthy();
    remove();
    await screen.findByText('That is not the name of the key. Nothing was revoked.');
    expect(asked()).toEqual([]);
    fireEvent.change(screen.getByLabelText('Type “Shop” to confirm'), { target: { value: 'Shop' } });
    remove();
    await waitFor(() => expect(forgotten.times).toBe(1));
    expect(asked()).toEqual([wish({ atProvider: 'revoke' })]);
  });

  it('leaves it alive when its owner says so, and asks no name for that', async () => {
    const { asked } = open();
    fireEvent.click(screen.getByRole('radio', { name: /Leave it alive/ }));
    remove();
    await waitFor(() => expect(asked()).toEqual([wish({ atProvider: 'leave-alive' })]));
  });

  it('just deletes a key that is revoked', async () => {
    const { asked } = open({ revokedAt: Date.now(), status: 'revoked' });
    expect(screen.queryByRole('radiogroup')).toBeNull();
    remove();
    await waitFor(() => expect(asked()).toEqual([wish({ atProvider: null })]));
  });

  it('leads through revoking by hand where the provider revokes in its dashboard only', async () => {
    const { asked } = open({}, assistedConnection);
    expect(screen.getByText('Press Delete beside the key.')).toBeTruthy();
    expect(screen.queryByLabelText(/to confirm/)).toBeNull();
    remove();
    await waitFor(() => expect(asked()).toEqual([wish({ atProvider: 'revoke', doneByHand: true })]));
  });

  it('keeps the key and says so while the provider still accepts it', async () => {
    const { forgotten } = open({ environment: 'test' }, plain, {
      'keys.delete': () => fail({ code: 'key-still-alive' }),
    });
    remove();
    expect((await screen.findByRole('alert')).textContent).toContain('The key still works at the provider');
    expect(forgotten.times).toBe(0);
  });

  it('turns to revoking by hand when the provider does not tell which key it is', async () => {
    open({ environment: 'test' }, plain, {
      'keys.delete': () => fail({ code: 'revocation-needed', provider: 'Registry' }),
    });
    remove();
    expect(await screen.findByRole('radio', { name: /I have revoked it there/ })).toBeTruthy();
  });
});
