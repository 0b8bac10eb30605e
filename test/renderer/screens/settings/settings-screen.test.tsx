import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SettingsScreen } from '../../../../renderer/screens/settings/settings-screen.tsx';
import type { VaultStatus } from '../../../../shared/domain/vault.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, type FakeFacts } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

async function open(facts: FakeFacts = {}) {
  const main = pageTalksTo(createFakeMain(facts));
  render(<SettingsScreen />);
  await screen.findByText('Data folder');
  return main;
}

const vault = (facts: Partial<VaultStatus>): VaultStatus => ({
  store: 'keychain',
  lockedBy: null,
  backend: 'GNOME Keyring',
  vault: { state: 'open' },
  ...facts,
});

describe('the settings', () => {
  it('say where secrets are and where everything else is', async () => {
    await open();
    expect(screen.getByText('GNOME Keyring (Secret Service)')).toBeTruthy();
    expect(screen.getByText('/home/mira/.config/keyturn')).toBeTruthy();
    expect(screen.getByText('Unlocked')).toBeTruthy();
  });

  it('change the appearance at once', async () => {
    const main = await open();
    fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    await waitFor(() =>
      expect(main.calls).toContainEqual({ method: 'settings.set', input: { appearance: 'dark' } }),
    );
    await waitFor(() =>
      expect((screen.getByRole('radio', { name: 'Dark' }) as HTMLInputElement).checked).toBe(true),
    );
  });

  it('say that a change was not kept', async () => {
    await open({
      overrides: {
        'settings.set': () => fail({ code: 'storage-failed', file: 'settings.json', reason: 'disk full' }),
      },
    });
    fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    expect((await screen.findByRole('alert')).textContent).toContain(
      'settings.json could not be written: disk full.',
    );
    expect((screen.getByRole('radio', { name: 'Dark' }) as HTMLInputElement).checked).toBe(false);
  });

  it.each([
    [vault({}), 'Lock'],
    [vault({ vault: { state: 'locked' } }), 'Unlock'],
    [vault({ vault: { state: 'denied' } }), 'Try again'],
  ])('offer what the state of the vault allows', async (status, action) => {
    await open({ vault: status });
    const actions = ['Lock', 'Unlock', 'Try again'].filter(
      (name) => screen.queryByRole('button', { name }) !== null,
    );
    expect(actions).toEqual([action]);
  });

  it('say when the last backup was made, and whether to be reminded', async () => {
    const main = await open({ settings: { lastBackupAt: Date.now() - 3 * 86_400_000 } });
    expect(screen.getByText('3 days ago')).toBeTruthy();
    fireEvent.click(screen.getByRole('switch', { name: /Remind me weekly/ }));
    await waitFor(() =>
      expect(main.calls).toContainEqual({ method: 'settings.set', input: { backupReminder: false } }),
    );
  });

  it('name the damaged files that were kept, and put back what is missing of them', async () => {
    const file = {
      file: 'keys-3.json.damaged',
      folder: '/home/mira/.config/keyturn/set-aside',
      kind: 'keys',
      reason: 'altered',
      at: Date.now(),
      readable: 12,
      missing: 2,
    } as const;
    const main = await open({
      overrides: {
        'vault.setAside': () => ok({ files: [file, { ...file, file: 'b', kind: 'journal', missing: 0 }] }),
        'vault.putBack': () => ok({ cameBack: 2, couldNot: 1, atNextOpening: false }),
      },
    });
    expect(await screen.findByText(/2 records of it are missing and can be put back/)).toBeTruthy();
    expect(screen.getByText(`${file.folder}/${file.file}`)).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /^Put back/ })).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Put back keys' }));
    expect(await screen.findByText(/2 records came back\. 1 record could not/)).toBeTruthy();
    expect(main.calls).toContainEqual({ method: 'vault.putBack', input: { file: file.file } });
  });
});
