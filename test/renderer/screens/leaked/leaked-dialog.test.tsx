import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { LeakedDialog } from '../../../../renderer/screens/leaked/leaked-dialog.tsx';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import type { KeyDetail } from '../../../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import {
  createFakeMain,
  inspection,
  keyDetail,
  keyId,
  keyRow,
  work,
  workId,
} from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const replacing = work({ id: workId(6), keyId: keyId(2), newKeyId: keyId(3), name: 'Shop', leaked: true });

function open(facts: Partial<KeyDetail> = {}, overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const happened: string[] = [];
  const row = keyRow(2, { name: 'Shop', environment: 'live', status: 'active', attention: null, targets: 1 });
  const provider = { ...fullConnection.provider, askedAtCall: [] };
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'keys.get': () => ok(keyDetail(row, { connectionId: fullConnection.id, workId: null, ...facts })),
        'connections.list': () => ok({ connections: [{ ...fullConnection, provider }] }),
        'work.list': () => ok({ works: [replacing] }),
        'keys.replaceLeaked': () => ok({ workId: replacing.id, newKeyId: keyId(3) }),
        ...overrides,
      },
    }),
  );
  render(
    <LeakedDialog
      keyId={keyId(2)}
      onClose={() => {}}
      onOpenKey={() => {}}
      onCopyOnce={() => {}}
      onOpenWork={(id) => happened.push(id)}
      onUndo={() => {}}
      onRevoke={() => happened.push('revoke')}
    />,
  );
  const asked = () =>
    main.calls.filter(({ method }) => method === 'keys.replaceLeaked').map(({ input }) => input);
  return { main, asked, happened };
}

const git = { state: 'tracked', root: '/home/mira/code/shop', ignoreLine: null, detail: '' } as const;
const inTracked: Partial<Handlers<KeyturnContract>> = {
  'files.inspect': () => ok(inspection({ git })),
};

const wish = { id: keyId(2), confirmName: 'Shop', answers: {}, without: [], confirmTracked: '' };

const replaceNow = async () => fireEvent.click(await screen.findByRole('button', { name: 'Replace now' }));

describe('replacing a key that has leaked', () => {
  it('replaces first unless the user says otherwise, and asks no name for that', async () => {
    const { asked } = open();
    await replaceNow();
    await waitFor(() => expect(asked()).toEqual([{ ...wish, revokeFirst: false }]));
  });

  it('revokes a live key before there is a new one only when its name was typed', async () => {
    const { asked } = open();
    fireEvent.click(await screen.findByRole('radio', { name: /Revoke at once, before there is a new one/ }));
    await replaceNow();
    await screen.findByText('That is not the name of the key. Nothing was revoked.');
    expect(asked()).toEqual([]);
    fireEvent.change(screen.getByLabelText('Type “Shop” to confirm'), { target: { value: 'Shop' } });
    await replaceNow();
    await waitFor(() => expect(asked()).toEqual([{ ...wish, revokeFirst: true }]));
  });

  it('follows every step, and ends with what changed and has to be restarted', async () => {
    const { main } = open();
    await replaceNow();
    expect(await screen.findByText(/The old key is revoked as soon as the new one is in place/)).toBeTruthy();
    act(() =>
      main.tell({
        feed: 'work.changed',
        state: {
          ...replacing,
          finished: 'done',
          written: [{ file: '/srv/shop/.env', variables: ['SHOP_KEY'] }],
        },
      }),
    );
    expect(await screen.findByRole('heading', { name: 'Replaced Shop' })).toBeTruthy();
    expect(screen.getByText(/What reads them has to be restarted/)).toBeTruthy();
    expect(screen.getByText('/srv/shop/.env')).toBeTruthy();
  });

  it('says that what uses the key fails while it is revoked and there is no new one', async () => {
    open(
      {},
      {
        'work.list': () =>
          ok({
            works: [
              {
                ...replacing,
                steps: [
                  { name: 'revoke', state: 'done' },
                  { name: 'create', state: 'running' },
                  { name: 'store', state: 'waiting' },
                ],
              },
            ],
          }),
      },
    );
    await replaceNow();
    expect(await screen.findByText(/The old key is revoked. What uses it fails/)).toBeTruthy();
  });

  it('says which file Git tracks and lets a live key into it only by its name, in the same dialog', async () => {
    const { asked } = open({}, inTracked);
    await screen.findByText('Tracked by Git');
    await replaceNow();
    await screen.findByText(/Git tracks the file, so nothing was written/);
    expect(asked()).toEqual([]);
    fireEvent.change(screen.getByLabelText('Type “Shop” to confirm'), { target: { value: 'Shop' } });
    await replaceNow();
    await waitFor(() => expect(asked()).toEqual([{ ...wish, revokeFirst: false, confirmTracked: 'Shop' }]));
  });

  it('leaves out a file that Git tracks where the user wants it so, and asks no name then', async () => {
    const { asked } = open({}, inTracked);
    fireEvent.click(await screen.findByRole('checkbox', { name: /Without this file/ }));
    expect(screen.queryByLabelText('Type “Shop” to confirm')).toBeNull();
    await replaceNow();
    const [first] = keyDetail(keyRow(2, { targets: 1 })).targets;
    await waitFor(() => expect(asked()).toEqual([{ ...wish, revokeFirst: false, without: [first?.id] }]));
  });

  it('says that a test key goes into a tracked file, and asks no name for it', async () => {
    const { asked } = open({ environment: 'test' }, inTracked);
    await screen.findByText(/For a test key that may be fine/);
    await replaceNow();
    await waitFor(() => expect(asked()).toEqual([{ ...wish, revokeFirst: false }]));
  });

  it('asks for the name after main has refused a file that it takes for tracked', async () => {
    const [first] = keyDetail(keyRow(2, { targets: 1 })).targets;
    const file = first?.file ?? '';
    open({}, { 'keys.replaceLeaked': () => fail({ code: 'file-tracked', file }) });
    await replaceNow();
    expect(await screen.findByLabelText('Type “Shop” to confirm')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show the key’s files' })).toBeNull();
  });

  it('says why it could not begin, at the one place where that is', async () => {
    open({}, { 'keys.replaceLeaked': () => fail({ code: 'keychain-locked' }) });
    await replaceNow();
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain is locked');
  });

  it('offers to end the grace of a key that was replaced already, instead of replacing it again', async () => {
    const { happened, asked } = open({ status: 'retiring' });
    fireEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    expect(happened).toEqual(['revoke']);
    expect(asked()).toEqual([]);
  });

  it('has nothing to do with a revoked key', async () => {
    open({ status: 'revoked' });
    expect(await screen.findByText('It is revoked already')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Replace now' })).toBeNull();
  });
});
