import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AddProviderDialog } from '../../../../renderer/screens/providers/add-provider-dialog.tsx';
import { matching } from '../../../../renderer/screens/providers/catalog.tsx';
import { howItWorks } from '../../../../renderer/text/providers.ts';
import type { Failure } from '../../../../shared/domain/failure.ts';
import type { ProviderSummary } from '../../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../../shared/ipc/connections.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection, fullProvider } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const mail = { ...fullProvider, id: 'mail', name: 'Mailway', description: 'Keys that send mail.' };

/** The dialog on a main that answers `connections.add` so, with the registry chosen. */
async function open(
  failure: Failure<'credential-rejected' | 'name-taken'> | null,
  facts: Partial<ConnectionView> = {},
) {
  const happened = { generate: [] as string[] };
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'providers.catalog': () => ok({ providers: [mail, fullProvider] }),
        'connections.add': () => (failure === null ? ok({ ...fullConnection, ...facts }) : fail(failure)),
      },
    }),
  );
  render(<AddProviderDialog onClose={() => undefined} onGenerate={(id) => happened.generate.push(id)} />);
  fireEvent.click(await screen.findByText('Package registry'));
  await screen.findByLabelText('Management token');
  const asked = () => main.calls.filter(({ method }) => method === 'connections.add');
  return { happened, asked };
}

/** The catalogue with the sandbox, and a shop that it plays. */
function withSandbox() {
  const sandbox = { ...fullProvider, id: 'sandbox', name: 'Sandbox' };
  const played = { ...fullProvider, id: 'sandbox-shop', name: 'Shop (sandbox)' };
  const main = pageTalksTo(
    createFakeMain({
      overrides: { 'providers.catalog': () => ok({ providers: [sandbox, fullProvider, played] }) },
    }),
  );
  render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
  return main;
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
  it.each(['Sandbox', 'Shop (sandbox)'])('connects “%s” with one click, without a question', async (name) => {
    const main = withSandbox();
    const group = await screen.findByRole('list', { name: 'Try it with the sandbox' });
    fireEvent.click(within(group).getByText(name));
    await screen.findByText(/is connected$/);
    const added = main.calls.filter(({ method }) => method.startsWith('connections.add'));
    expect(added).toMatchObject([
      {
        method: 'connections.addSandbox',
        input: { providerId: name === 'Sandbox' ? 'sandbox' : 'sandbox-shop' },
      },
    ]);
  });

  it('still connects by address to a sandbox that runs elsewhere', async () => {
    withSandbox();
    fireEvent.click(await screen.findByRole('button', { name: /Connect by address/ }));
    expect(await screen.findByLabelText('Base URL')).toBeTruthy();
    expect(screen.getByRole('dialog', { name: 'Add Sandbox' })).toBeTruthy();
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

  it('does not call a credential tried where there is no call to try it with', async () => {
    await open(null, { health: 'unknown', checkedAt: null });
    fill();
    submit();
    const added = (await screen.findByText('Acme registry is connected')).closest('[role="status"]');
    expect(added?.textContent).toContain('There is no harmless call to try the credential with');
    expect(added?.textContent).not.toContain('works');
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

describe('the words of a provider', () => {
  const words = (operations: ProviderSummary['operations'], replacement: ProviderSummary['replacement']) =>
    howItWorks({ operations, replacement });
  it.each([
    [words(['create', 'list', 'check', 'revoke'], 'overlap'), 'Makes, replaces and revokes keys'],
    [words(['create', 'check'], 'overlap'), 'Makes and replaces keys, revoked in its dashboard'],
    [words(['check'], 'by-hand'), 'Made in its dashboard, kept and checked here'],
    [words([], 'by-hand'), 'Made in its dashboard, kept here'],
    [words(['rotate', 'revoke'], 'at-once'), 'Made in its dashboard, kept, replaced and revoked here'],
  ])('say what Keyturn does there and what is left to the dashboard: %s', (said, expected) => {
    expect(said).toBe(expected);
  });
});

describe('a provider whose keys are made by hand', () => {
  const assisted: ProviderSummary = {
    ...fullProvider,
    id: 'byhand',
    name: 'Handmade',
    operations: ['check'],
    replacement: 'by-hand',
    settings: [],
    credential: [],
    preconditions: [{ text: 'The Pro plan.', url: 'https://handmade.example.com/plans' }],
    advice: ['Use one key for each service.'],
    recommendedDays: 30,
  };

  it('asks for a name and an environment only, and says what is done by hand and what is needed first', async () => {
    const main = pageTalksTo(
      createFakeMain({
        overrides: {
          'providers.catalog': () => ok({ providers: [assisted] }),
          'connections.add': () => ok({ ...fullConnection, name: 'Handmade', provider: assisted }),
        },
      }),
    );
    render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
    fireEvent.click(await screen.findByText('Handmade'));
    const dialog = await screen.findByRole('dialog', { name: 'Add Handmade' });
    expect(within(dialog).getAllByRole('textbox')).toHaveLength(1);
    expect(dialog.textContent).toContain('makes and revokes keys in its dashboard only');
    expect(dialog.textContent).toContain('The Pro plan.');
    expect(dialog.textContent).toContain('Use one key for each service.');
    expect(dialog.textContent).toContain('Rotate keys every 30 days.');
    fireEvent.click(within(dialog).getByText('Test'));
    submit();
    const added = await screen.findByText('Handmade is connected');
    expect(added.closest('[role="status"]')?.textContent).not.toContain('tried');
    expect(main.calls.find(({ method }) => method === 'connections.add')?.input).toEqual({
      providerId: 'byhand',
      name: 'Handmade',
      environment: 'test',
      settings: {},
      credential: {},
    });
  });

  it('opens the page where what is needed is had', async () => {
    const main = pageTalksTo(
      createFakeMain({
        overrides: {
          'providers.catalog': () => ok({ providers: [assisted] }),
          'providers.open': () => ok({ by: 'main' }),
        },
      }),
    );
    render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
    fireEvent.click(await screen.findByText('Handmade'));
    fireEvent.click(await screen.findByRole('button', { name: 'Open page' }));
    await waitFor(() =>
      expect(main.calls.find(({ method }) => method === 'providers.open')?.input).toEqual({
        providerId: 'byhand',
        url: 'https://handmade.example.com/plans',
      }),
    );
  });
});

describe('a definition of the user’s own', () => {
  const own: ProviderSummary = { ...mail, source: 'file' };

  async function openCatalogue(answer: 'gone' | 'in-use') {
    const main = pageTalksTo(
      createFakeMain({
        overrides: {
          'providers.catalog': () => ok({ providers: [own, fullProvider] }),
          'providers.remove': () => {
            if (answer === 'in-use') return fail({ code: 'definition-in-use', connections: 2 });
            main.tell({ feed: 'providers.changed', state: { providers: [fullProvider] } });
            return ok({});
          },
        },
      }),
    );
    render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
    const row = (await screen.findByText('Mailway')).closest('li') as HTMLElement;
    expect(row.textContent).toContain('from a file');
    expect(screen.getAllByRole('button', { name: 'Remove definition' })).toHaveLength(1);
    fireEvent.click(within(row).getByRole('button', { name: 'Remove definition' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove the definition of Mailway' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove definition' }));
    return dialog;
  }

  it('is removed when it is asked for twice, and the catalogue is without it', async () => {
    await openCatalogue('gone');
    await screen.findByRole('list', { name: 'Providers' });
    expect(screen.queryByText('Mailway')).toBeNull();
  });

  it('stays while connections need it, and says how many', async () => {
    const dialog = await openCatalogue('in-use');
    expect((await within(dialog).findByRole('alert')).textContent).toContain(
      '2 connections still need this definition',
    );
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
