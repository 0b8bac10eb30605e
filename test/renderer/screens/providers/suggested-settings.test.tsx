import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AddProviderDialog } from '../../../../renderer/screens/providers/add-provider-dialog.tsx';
import type { ProviderSummary } from '../../../../shared/domain/provider.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection, suggestingProvider } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const projects = [
  { value: 'proj_1', label: 'Shop' },
  { value: 'proj_2', label: 'Warehouse' },
];

/** The form of a provider that lists its projects. */
async function open(
  suggest: Handlers<KeyturnContract>['connections.suggest'] = () => ok({ options: projects }),
) {
  const provider: ProviderSummary = suggestingProvider;
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'providers.catalog': () => ok({ providers: [provider] }),
        'connections.suggest': suggest,
        'connections.add': () => ok(fullConnection),
      },
    }),
  );
  render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
  fireEvent.click(await screen.findByText(provider.name));
  await screen.findByLabelText('Admin key');
  return { calls: (method: string) => main.calls.filter((call) => call.method === method) };
}

const fillCredential = (value = 'adm_1') => {
  const field = screen.getByLabelText('Admin key');
  fireEvent.change(field, { target: { value } });
};
const project = () => screen.getByRole('combobox', { name: 'Project' }) as HTMLInputElement;
const list = () => fireEvent.click(screen.getByRole('button', { name: 'List what Project can be' }));

describe('a setting that the provider can list', () => {
  it('is listed with the credential that stands in the form, and what is chosen is sent', async () => {
    const { calls } = await open();
    fillCredential();
    list();
    await screen.findByRole('button', { name: /Show what Project can be/ });
    fireEvent.click(screen.getByRole('button', { name: /Show what Project can be/ }));
    fireEvent.click(await screen.findByRole('option', { name: /Warehouse/ }));
    expect(project().value).toBe('proj_2');
    expect(calls('connections.suggest')[0]?.input).toEqual({
      providerId: suggestingProvider.id,
      environment: 'live',
      settings: {},
      credential: { token: 'adm_1' },
      setting: 'project',
    });
    fireEvent.submit(document.querySelector('form') as HTMLFormElement);
    await waitFor(() =>
      expect(calls('connections.add')[0]?.input).toMatchObject({ settings: { project: 'proj_2' } }),
    );
  });

  it('is listed by itself on the way into the field once the credential is there, and once only', async () => {
    const { calls } = await open();
    project().focus();
    expect(calls('connections.suggest')).toEqual([]);
    project().blur();
    fillCredential();
    project().focus();
    await waitFor(() => expect(calls('connections.suggest')).toHaveLength(1));
    await screen.findByRole('button', { name: /Show what Project can be/ });
    project().blur();
    project().focus();
    expect(calls('connections.suggest')).toHaveLength(1);
  });

  it('can be typed, whatever the provider lists', async () => {
    const { calls } = await open();
    fillCredential();
    fireEvent.change(project(), { target: { value: 'proj_of_mine' } });
    project().blur();
    expect(project().value).toBe('proj_of_mine');
    fireEvent.submit(document.querySelector('form') as HTMLFormElement);
    await waitFor(() =>
      expect(calls('connections.add')[0]?.input).toMatchObject({ settings: { project: 'proj_of_mine' } }),
    );
  });

  it('asks for the credential before it asks the provider', async () => {
    const { calls } = await open();
    list();
    expect(await screen.findByText('This is needed.')).toBeTruthy();
    expect(calls('connections.suggest')).toEqual([]);
  });

  it('says why it could not be listed, and can be typed instead', async () => {
    await open(() => fail({ code: 'credential-rejected', host: 'api.example.com', message: '' }));
    fillCredential();
    list();
    expect(
      await screen.findByText(/api.example.com does not accept the credential.*It can be typed instead/),
    ).toBeTruthy();
  });

  it('forgets what another credential listed', async () => {
    await open();
    fillCredential();
    list();
    await screen.findByRole('button', { name: /Show what Project can be/ });
    fireEvent.input(screen.getByLabelText('Admin key'), { target: { value: 'adm_2' } });
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: /Show what Project can be/ })).toBeNull(),
    );
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText(/Type it, or list what the provider has/)).toBeTruthy();
  });
});
