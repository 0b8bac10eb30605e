import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ProvidersScreen } from '../../../../renderer/screens/providers/providers-screen.tsx';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const stray = {
  providerKeyId: 'tok_1',
  name: 'old laptop',
  masked: 'rt_…41c',
  createdAt: null,
  lastUsedAt: null,
  active: true,
};

async function open() {
  const strays = [stray, { ...stray, providerKeyId: 'tok_2', name: 'gone', active: false }];
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'connections.list': () => ok({ connections: [fullConnection] }),
        'connections.remove': () => fail({ code: 'connection-in-use', keys: 4 }),
        'connections.strays': () => ok({ strays: [...strays] }),
        'connections.revokeStray': () => {
          strays.length = 0;
          return ok({});
        },
      },
    }),
  );
  render(<ProvidersScreen />);
  await screen.findByRole('article', { name: 'Acme registry' });
  return main;
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('a connection', () => {
  it('is not removed while keys belong to it, and says how many', async () => {
    await open();
    press('Remove');
    const dialog = await screen.findByRole('dialog', { name: 'Remove Acme registry' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain(
      '4 keys still belong to this connection',
    );
  });

  it('tells strays that work, and not those that are revoked', async () => {
    await open();
    press('Look for strays');
    await screen.findByText(/^1 stray/);
    expect(screen.queryByText('gone')).toBeNull();
  });

  it('revokes a live stray only by its name, and looks again afterwards', async () => {
    const main = await open();
    const asked = () => main.calls.filter(({ method }) => method === 'connections.revokeStray');
    press('Look for strays');
    await screen.findByText(/^1 stray/);
    press('Revoke');
    await screen.findByRole('dialog', { name: 'Revoke old laptop' });
    const form = document.querySelector('form') as HTMLFormElement;
    fireEvent.submit(form);
    await screen.findByText(/That is not its name/);
    expect(asked()).toEqual([]);
    fireEvent.change(screen.getByLabelText(/to confirm/), { target: { value: 'old laptop' } });
    fireEvent.submit(form);
    await screen.findByText('No strays');
    expect(asked()).toMatchObject([{ input: { providerKeyId: 'tok_1', confirmName: 'old laptop' } }]);
  });
});
