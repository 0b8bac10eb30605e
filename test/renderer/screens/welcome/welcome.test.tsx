import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { gateWords } from '../../../../renderer/screens/welcome/gate-words.ts';
import { Welcome } from '../../../../renderer/screens/welcome/welcome.tsx';
import type { VaultStatus } from '../../../../shared/domain/vault.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

type Closed = Exclude<VaultStatus['vault'], { state: 'open' } | { state: 'opening' }>;
const status = (vault: VaultStatus['vault'], facts: Partial<VaultStatus> = {}): VaultStatus => ({
  store: 'keychain',
  lockedBy: null,
  backend: 'GNOME Keyring',
  vault,
  ...facts,
});
const unset = (keychain: 'present' | 'absent' | 'locked' | 'denied'): Closed => ({
  state: 'unset',
  keychain,
  detail: '',
});
const closed: readonly (readonly [Closed, Partial<VaultStatus>])[] = [
  [unset('present'), { store: null }],
  [unset('absent'), { store: null }],
  [{ state: 'locked' }, {}],
  [{ state: 'locked' }, { store: 'sealed-files', lockedBy: 'passphrase' }],
  [{ state: 'absent', detail: '' }, {}],
  [{ state: 'denied' }, {}],
  [{ state: 'unanswered', seconds: 20 }, {}],
  [{ state: 'foreign' }, {}],
  [{ state: 'damaged', detail: '' }, {}],
];

describe('a vault that is not open', () => {
  it('has words of its own for every state', () => {
    const titles = closed.map(([vault, facts]) => gateWords(status(vault, facts), vault).title);
    expect(new Set(titles).size).toBe(closed.length);
  });

  it('offers a way on in every state, and a new vault only where there is none yet', () => {
    for (const [vault, facts] of closed) {
      const { ways } = gateWords(status(vault, facts), vault);
      expect(ways.length).toBeGreaterThan(0);
      expect(ways.includes('keychain') || ways.includes('passphrase')).toBe(vault.state === 'unset');
    }
  });
});

describe('choosing a passphrase', () => {
  const show = () => {
    const main = pageTalksTo(
      createFakeMain({ overrides: { 'vault.usePassphrase': () => ok(status({ state: 'open' })) } }),
    );
    render(<Welcome status={status(unset('absent'), { store: null })} />);
    return main;
  };
  const type = (passphrase: string, repeat: string) => {
    fireEvent.change(screen.getByLabelText('Passphrase'), { target: { value: passphrase } });
    fireEvent.change(screen.getByLabelText('Repeat passphrase'), { target: { value: repeat } });
    fireEvent.submit(screen.getByRole('form'));
  };
  const asked = (main: ReturnType<typeof show>) =>
    main.calls.filter(({ method }) => method === 'vault.usePassphrase');

  it('says before that it cannot be recovered', () => {
    show();
    expect(screen.getByText(/cannot be recovered/)).toBeTruthy();
  });

  it('takes none of less than 12 characters', async () => {
    const main = show();
    type('eleven char', 'eleven char');
    await screen.findByText('Use at least 12 characters.');
    expect(asked(main)).toEqual([]);
  });

  it('takes none that was repeated differently', async () => {
    const main = show();
    type('correct horse battery', 'correct horse batter');
    await screen.findByText('The two are not the same.');
    expect(asked(main)).toEqual([]);
  });

  it('takes one that is long enough and repeated', async () => {
    const main = show();
    type('correct horse battery', 'correct horse battery');
    await waitFor(() =>
      expect(asked(main)).toMatchObject([{ input: { passphrase: 'correct horse battery' } }]),
    );
  });
});

describe('unlocking', () => {
  it('says at the field that it was not the passphrase', async () => {
    pageTalksTo(
      createFakeMain({ overrides: { 'vault.unlock': () => fail({ code: 'passphrase-wrong' } as never) } }),
    );
    render(
      <Welcome status={status({ state: 'locked' }, { store: 'sealed-files', lockedBy: 'passphrase' })} />,
    );
    fireEvent.change(screen.getByLabelText('Passphrase'), { target: { value: 'wrong' } });
    fireEvent.submit(screen.getByRole('form'));
    await screen.findByText(/That is not the passphrase/);
  });
});
