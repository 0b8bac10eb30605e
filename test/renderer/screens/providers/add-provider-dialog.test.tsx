import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AddProviderDialog } from '../../../../renderer/screens/providers/add-provider-dialog.tsx';
import { matching } from '../../../../renderer/screens/providers/catalog.tsx';
import type { Failure } from '../../../../shared/domain/failure.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection, fullProvider } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const mail = { ...fullProvider, id: 'mail', name: 'Mailway', description: 'Keys that send mail.' };

/** The dialog on a main that answers `connections.add` so, with the registry chosen. */
async function open(failure: Failure<'credential-rejected' | 'name-taken'> | null) {
  const happened = { generate: [] as string[] };
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'providers.catalog': () => ok({ providers: [mail, fullProvider] }),
        'connections.add': () => (failure === null ? ok(fullConnection) : fail(failure)),
      },
    }),
  );
  render(<AddProviderDialog onClose={() => undefined} onGenerate={(id) => happened.generate.push(id)} />);
  fireEvent.click(await screen.findByText('Package registry'));
  await screen.findByLabelText('Management token');
  const asked = () => main.calls.filter(({ method }) => method === 'connections.add');
  return { happened, asked };
}

const type = (label: string, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const typedIn = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;
const submit = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const fill = () => {
  type('Base URL', 'https://registry.example.com');
  type('Management token', 'mt_123');
};

describe('adding a provider', () => {
  it('connects what the sandbox plays with one click, and asks where the sandbox itself is', async () => {
    const sandbox = { ...fullProvider, id: 'sandbox', name: 'Sandbox' };
    const played = { ...fullProvider, id: 'sandbox-shop', name: 'Shop (sandbox)' };
    const main = pageTalksTo(
      createFakeMain({ overrides: { 'providers.catalog': () => ok({ providers: [sandbox, played] }) } }),
    );
    render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
    fireEvent.click(await screen.findByText('Sandbox'));
    fireEvent.click(await screen.findByRole('button', { name: 'Back' }));
    fireEvent.click(await screen.findByText('Shop (sandbox)'));
    await screen.findByText(/is connected$/);
    const added = main.calls.filter(({ method }) => method.startsWith('connections.add'));
    expect(added).toMatchObject([
      { method: 'connections.addSandbox', input: { providerId: 'sandbox-shop' } },
    ]);
  });

  it('asks nothing of the provider while something needed is empty', async () => {
    const { asked } = await open(null);
    submit();
    expect(await screen.findAllByText('This is needed.')).toHaveLength(2);
    expect(asked()).toEqual([]);
  });

  it('sends settings and credential apart, and leads on to a key', async () => {
    const { happened, asked } = await open(null);
    fill();
    submit();
    await screen.findByText('Acme registry is connected');
    expect(asked()[0]?.input).toEqual({
      providerId: 'registry',
      name: 'Package registry',
      environment: 'live',
      settings: { baseUrl: 'https://registry.example.com', plan: 'team' },
      credential: { token: 'mt_123' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Generate key' }));
    expect(happened.generate).toEqual([fullConnection.id]);
  });

  it('says in words that the credential was refused, and loses nothing that was typed', async () => {
    await open({ code: 'credential-rejected', host: 'registry.example.com', message: 'token expired' });
    fill();
    submit();
    expect((await screen.findByRole('alert')).textContent).toContain('It says: “token expired”');
    expect(typedIn('Base URL')).toBe('https://registry.example.com');
    expect(typedIn('Management token')).toBe('mt_123');
  });

  it('says at the name that it is taken', async () => {
    await open({ code: 'name-taken', name: 'Package registry' });
    fill();
    submit();
    await waitFor(() => {
      const ids = (screen.getByLabelText('Connection name').getAttribute('aria-describedby') ?? '').split(
        ' ',
      );
      expect(ids.map((id) => document.getElementById(id)?.textContent).join(' ')).toContain('is taken');
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('forgets the credential when another provider is looked at', async () => {
    await open(null);
    fill();
    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    fireEvent.click(await screen.findByText('Package registry'));
    await screen.findByLabelText('Management token');
    expect(typedIn('Management token')).toBe('');
  });
});

describe('searching the catalogue', () => {
  it.each([
    ['', ['Mailway', 'Package registry']],
    ['PACK', ['Package registry']],
    ['send mail', ['Mailway']],
    ['install tokens', ['Package registry']],
    ['nothing like this', []],
  ])('“%s” finds %j', (search, found) => {
    expect(matching([fullProvider, mail], search).map(({ name }) => name)).toEqual(found);
  });
});
