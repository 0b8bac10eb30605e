import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RestoreDialog } from '../../../../renderer/screens/backup/restore-dialog.tsx';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullPreview } from '../../support/previews.ts';

afterEach(cleanup);

const passphrase = 'correct horse battery canary';
const file = '/media/stick/keyturn.age';

function open(overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'backup.open': () => ok(fullPreview),
        'backup.cancel': () => ok({}),
        'backup.restore': () =>
          ok({ added: { definitions: 0, connections: 1, keys: 4 }, changed: 2, removed: 3 }),
        ...overrides,
      },
    }),
  );
  const view = render(<RestoreDialog onClose={() => {}} />);
  const asked = (method: string) =>
    main.calls.filter((call) => call.method === method).map(({ input }) => input);
  return { asked, ...view };
}

const passphraseField = () => screen.getByLabelText('Passphrase') as HTMLInputElement;

function openBackup() {
  fireEvent.change(screen.getByLabelText('File'), { target: { value: file } });
  fireEvent.input(passphraseField(), { target: { value: passphrase } });
  fireEvent.click(screen.getByRole('button', { name: 'Open backup' }));
}
const restore = async () => fireEvent.click(await screen.findByRole('button', { name: 'Restore' }));

describe('restoring from a backup', () => {
  it('shows what the backup holds and would bring before anything is changed', async () => {
    const { asked } = open();
    openBackup();
    await screen.findByRole('list', { name: 'Conflicts' });
    const text = screen.getByRole('dialog').textContent;
    for (const part of [
      '42 keys, 3 connections, 1 definition',
      '4 keys, 1 connection',
      '38 records',
      'Load test',
    ])
      expect(text).toContain(part);
    expect(text).toContain('Shop checkout Key; value, files, revocation');
    expect(asked('backup.open')).toEqual([{ file, passphrase }]);
    expect(asked('backup.restore')).toEqual([]);
    expect(document.documentElement.outerHTML).not.toContain(passphrase);
  });

  it('points out keys that only this vault has and that are alive', async () => {
    open();
    openBackup();
    const list = await screen.findByRole('list', { name: 'Only in this vault' });
    const items = within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(items[0]).toBe('Fraud rules KeyAlive');
    expect(items).toContain('Old prototype KeyRevoked');
  });

  it('merges, with the backup’s side of the conflicts that were chosen so and of no others', async () => {
    const { asked } = open();
    openBackup();
    const choice = await screen.findByRole('radiogroup', { name: 'What counts for Shop checkout' });
    fireEvent.click(within(choice).getByRole('radio', { name: 'The backup' }));
    await restore();
    await screen.findByText('The backup is restored');
    expect(asked('backup.restore')).toEqual([
      { token: 'opened-1', mode: 'merge', takeBackup: ['key_a'], forgetLiving: false },
    ]);
    const text = screen.getByRole('dialog').textContent;
    for (const part of ['4 keys, 1 connection', '2 records', '3 records']) expect(text).toContain(part);
  });

  it('replaces only when the user says that living keys are forgotten', async () => {
    const { asked } = open();
    openBackup();
    fireEvent.click(await screen.findByRole('radio', { name: /Replace/ }));
    expect(screen.queryByRole('list', { name: 'Conflicts' })).toBeNull();
    await restore();
    await screen.findByText('Confirm this first. Nothing was changed.');
    expect(asked('backup.restore')).toEqual([]);
    fireEvent.click(screen.getByRole('checkbox', { name: /Forget 1 living key/ }));
    await restore();
    await waitFor(() =>
      expect(asked('backup.restore')).toEqual([
        { token: 'opened-1', mode: 'replace', takeBackup: [], forgetLiving: true },
      ]),
    );
  });

  it.each([
    [{ code: 'passphrase-wrong' } as const, 'That is not the passphrase of this backup'],
    [{ code: 'backup-damaged', file, reason: 'it ends too early' } as const, 'The backup is damaged'],
    [{ code: 'backup-foreign', file } as const, 'That is not a backup of Keyturn'],
    [{ code: 'backup-newer', file } as const, 'A newer Keyturn made this backup'],
    [{ code: 'file-gone', file } as const, 'There is no such file'],
  ])('tells a wrong passphrase, a damaged file and a foreign one apart', async (error, said) => {
    open({ 'backup.open': () => fail(error) });
    openBackup();
    expect((await screen.findByText(new RegExp(said))).textContent).not.toContain('The vault stays locked');
    expect(passphraseField().value).toBe('');
  });

  it('says why nothing was restored, and keeps what was chosen', async () => {
    open({ 'backup.restore': () => fail({ code: 'work-running' }) });
    openBackup();
    await restore();
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Conflicts' })).toBeTruthy();
  });

  it('has main forget the opened backup when it is left', async () => {
    const { asked, unmount } = open();
    openBackup();
    await screen.findByRole('list', { name: 'Conflicts' });
    expect(asked('backup.cancel')).toEqual([]);
    unmount();
    expect(asked('backup.cancel')).toEqual([{}]);
  });
});
