import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeAll, useAppDialog } from '../../../../renderer/app-state.ts';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { ProvidersScreen } from '../../../../renderer/screens/providers/providers-screen.tsx';
import type { ListedKey, ProviderSummary } from '../../../../shared/domain/provider.ts';
import type { ConnectionView, Standing } from '../../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection, fullProvider, standings } from '../../support/scenarios-dialogs.ts';

beforeEach(() => {
  location.hash = '#/providers';
});
afterEach(() => {
  closeAll();
  cleanup();
  vi.restoreAllMocks();
});

const dayMs = 86_400_000;

interface Given {
  readonly connection?: Partial<ConnectionView>;
  readonly provider?: Partial<ProviderSummary>;
  readonly keys?: readonly Standing[];
  readonly main?: Partial<Handlers<KeyturnContract>>;
}

/** The screen with one connection whose comparison finds `keys`. Asks nothing at a call unless told so. */
async function open({ connection = {}, provider = {}, keys = standings, main = {} }: Given = {}) {
  let found = keys;
  const fake = pageTalksTo(
    createFakeMain({
      overrides: {
        'connections.list': () =>
          ok({
            connections: [
              {
                ...fullConnection,
                ...connection,
                provider: { ...fullProvider, askedAtCall: [], ...provider },
              },
            ],
          }),
        'connections.remove': () => fail({ code: 'connection-in-use', keys: 4 }),
        'connections.compare': () => ok({ keys: [...found] }),
        'connections.revokeStray': ({ providerKeyId }) => {
          found = found.filter(({ listed }) => listed?.providerKeyId !== providerKeyId);
          return ok({});
        },
        ...main,
      },
    }),
  );
  render(
    <>
      <ProvidersScreen />
      <AppDialogs />
      <DialogProbe />
    </>,
  );
  await screen.findByRole('article', { name: connection.name ?? 'Acme registry' });
  return { main: fake, calls: (method: string) => fake.calls.filter((call) => call.method === method) };
}

/** Tells which dialog of the app is open. */
const DialogProbe = () => <pre data-testid="dialog">{JSON.stringify(useAppDialog())}</pre>;

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const compare = async () => {
  press('Compare with the provider');
  return await screen.findByRole('table');
};
const rowOf = (name: string) =>
  screen.getByRole('rowheader', { name: new RegExp(name) }).closest('tr') as HTMLElement;
const send = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

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
});

describe('a connection without a credential', () => {
  it.each([
    [['check'] as const, 'Its keys are checked one by one'],
    [[], 'Keyturn sends nothing to this provider'],
  ])('is not offered a check of what it does not have, with %j', async (operations, said) => {
    await open({
      connection: { health: 'unknown', checkedAt: null },
      provider: { credential: [], operations: [...operations], replacement: 'by-hand' },
    });
    const card = screen.getByRole('article', { name: 'Acme registry' });
    expect(within(card).queryByRole('button', { name: 'Check' })).toBeNull();
    expect(card.textContent).toContain(said);
  });
});

describe('comparing with the provider', () => {
  it('says in one sentence what was found, and then shows each key under the words of its standing', async () => {
    await open();
    const table = await compare();
    expect(screen.getByRole('status').textContent).toBe(
      '6 keys: 2 strays, 1 missing at the provider, 1 in step, 1 ended there, the connection’s own credential.',
    );
    const headings = within(table)
      .getAllByRole('heading')
      .map(({ textContent }) => textContent);
    expect(headings).toEqual([
      'Strays 2',
      'Missing at the provider 1',
      'In step 1',
      'Ended there 1',
      'This connection’s own credential 1',
    ]);
  });

  it('offers to adopt or revoke a stray, to open a key of the vault, and nothing with its own credential', async () => {
    await open();
    await compare();
    const offers = (name: string) =>
      within(rowOf(name))
        .queryAllByRole('button')
        .map(({ textContent }) => textContent);
    expect(offers('old laptop')).toEqual(['Adopt', 'Revoke']);
    expect(offers('search index')).toEqual(['Open key']);
    expect(offers('transactional mail')).toEqual(['Open key']);
    expect(offers('ci of last year')).toEqual([]);
    expect(offers('keyturn')).toEqual([]);
  });

  it('offers to revoke, not to adopt, what the vault took for revoked and the provider still accepts', async () => {
    const again = { ...(standings[0] as Standing), keyId: standings[2]?.keyId ?? null };
    await open({ keys: [again] });
    await compare();
    expect(rowOf('old laptop').textContent).toContain('Revoked in the vault, and yet it works there.');
    const offers = within(rowOf('old laptop')).getAllByRole('button');
    expect(offers.map(({ textContent }) => textContent)).toEqual(['Revoke', 'Open key']);
  });

  it('points out a key that was not used for 60 days, and not one that is new', async () => {
    const listed = (id: string, facts: Partial<ListedKey>): Standing => ({
      standing: 'stray',
      keyId: null,
      name: id,
      listed: {
        providerKeyId: id,
        name: id,
        masked: '',
        createdAt: null,
        lastUsedAt: null,
        active: true,
        ...facts,
      },
    });
    const now = Date.now();
    await open({
      keys: [
        listed('idle', { lastUsedAt: now - 93 * dayMs - 3_600_000 }),
        listed('busy', { lastUsedAt: now - 3 * dayMs - 3_600_000 }),
        listed('untouched', { createdAt: now - 200 * dayMs }),
        listed('fresh', { createdAt: now - 2 * dayMs }),
      ],
    });
    await compare();
    expect(rowOf('idle').textContent).toContain('unused for 93 days');
    expect(rowOf('busy').textContent).toContain('3 days ago');
    expect(rowOf('untouched').textContent).toContain('never used');
    expect(rowOf('fresh').textContent).toContain('Never used');
  });

  it('calls no key unused where the provider does not tell when keys are used', async () => {
    await open({
      keys: standings.map((key) =>
        key.listed === null ? key : { ...key, listed: { ...key.listed, lastUsedAt: null } },
      ),
    });
    const table = await compare();
    expect(table.textContent).not.toMatch(/never used|unused/i);
  });

  it('adopts a stray in the dialog that takes keys in, with what the list tells of it', async () => {
    await open();
    await compare();
    fireEvent.click(within(rowOf('old laptop')).getByRole('button', { name: 'Adopt' }));
    expect(JSON.parse(screen.getByTestId('dialog').textContent)).toEqual({
      kind: 'take-in',
      connectionId: fullConnection.id,
      providerKeyId: 'tok_41c',
      name: 'old laptop',
      createdAt: standings[0]?.listed?.createdAt,
    });
  });

  it('opens the key that is missing at the provider', async () => {
    await open();
    await compare();
    fireEvent.click(within(rowOf('search index')).getByRole('button', { name: 'Open key' }));
    await waitFor(() => expect(location.hash).toContain(standings[2]?.keyId));
  });

  it('revokes a live stray only by its name, and compares again afterwards', async () => {
    const { calls } = await open();
    await compare();
    fireEvent.click(within(rowOf('old laptop')).getByRole('button', { name: 'Revoke' }));
    await screen.findByRole('dialog', { name: 'Revoke old laptop' });
    send();
    await screen.findByText(/That is not its name/);
    expect(calls('connections.revokeStray')).toEqual([]);
    type(/to confirm/, 'old laptop');
    send();
    await waitFor(() => expect(screen.queryByRole('rowheader', { name: /old laptop/ })).toBeNull());
    expect(calls('connections.revokeStray')).toMatchObject([
      { input: { providerKeyId: 'tok_41c', confirmName: 'old laptop' } },
    ]);
    expect(calls('connections.compare')).toHaveLength(2);
  });

  it('asks first what the provider wants to know, and uses each answer for one call alone', async () => {
    const { calls } = await open({ provider: { askedAtCall: fullProvider.askedAtCall } });
    press('Compare with the provider');
    await screen.findByRole('dialog', { name: 'Compare with Package registry' });
    send();
    await screen.findByText('This is needed.');
    expect(calls('connections.compare')).toEqual([]);
    type('Account password', 'hunter2');
    send();
    await screen.findByRole('table');
    expect(calls('connections.compare')).toMatchObject([{ input: { answers: { password: 'hunter2' } } }]);

    fireEvent.click(within(rowOf('old laptop')).getByRole('button', { name: 'Revoke' }));
    await screen.findByRole('dialog', { name: 'Revoke old laptop' });
    type(/to confirm/, 'old laptop');
    type('Account password', 'hunter2');
    send();
    await waitFor(() => expect(within(rowOf('old laptop')).queryByRole('button')).toBeNull());
    expect(screen.getByRole('heading', { name: 'Ended there 2' })).toBeTruthy();
    expect(calls('connections.compare')).toHaveLength(1);
  });

  it('shows the first of very many keys at once, and more when asked or searched for', async () => {
    const [stray] = standings;
    const many = Array.from({ length: 500 }, (_, index) => ({
      ...(stray as Standing),
      name: `stray ${index}`,
      listed: { ...(stray?.listed as ListedKey), providerKeyId: `tok_${index}`, name: `stray ${index}` },
    }));
    await open({ keys: many });
    const table = await compare();
    expect(within(table).getAllByRole('rowheader', { name: /^stray \d/ })).toHaveLength(50);
    expect(screen.getByRole('heading', { name: 'Strays 500' })).toBeTruthy();
    press('Show 100 more');
    expect(within(table).getAllByRole('rowheader', { name: /^stray \d/ })).toHaveLength(150);
    expect(screen.getByText('150 of 500 keys shown.')).toBeTruthy();
    type('Search these keys', 'TOK_499');
    expect(within(table).getAllByRole('rowheader', { name: /^stray \d/ })).toHaveLength(1);
    expect(rowOf('stray 499')).toBeTruthy();
  });

  it('says in words why the provider could not be asked', async () => {
    await open({
      main: {
        'connections.compare': () =>
          fail({ code: 'provider-throttled', host: 'registry.example.com', retryAfterSeconds: 30 }),
      },
    });
    press('Compare with the provider');
    expect((await screen.findByRole('alert')).textContent).toContain('asks to wait 30 seconds');
  });

  it('leads to the page where a plan is had that the account lacks', async () => {
    const url = 'https://registry.example.com/plans';
    const { calls } = await open({
      main: {
        'connections.compare': () =>
          fail({ code: 'subscription-needed', host: 'registry.example.com', message: '', url }),
        'providers.open': () => ok({ by: 'main' }),
      },
    });
    press('Compare with the provider');
    fireEvent.click(within(await screen.findByRole('alert')).getByRole('button', { name: 'Open page' }));
    await waitFor(() => expect(calls('providers.open')).toMatchObject([{ input: { url } }]));
  });

  it('is not offered where the provider does not list its keys', async () => {
    await open({ provider: { operations: ['create', 'revoke'] } });
    expect(screen.queryByRole('button', { name: 'Compare with the provider' })).toBeNull();
  });
});

describe('the provider’s dashboard', () => {
  const page = 'https://registry.example.com/tokens';

  it('is opened by the page only where main cannot, and cannot reach back into the app', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const { calls } = await open({
      connection: { dashboardUrl: page },
      main: { 'providers.open': () => ok({ by: 'page' }) },
    });
    press('Open dashboard');
    await waitFor(() => expect(opened).toHaveBeenCalledWith(page, '_blank', 'noopener,noreferrer'));
    expect(calls('providers.open')).toMatchObject([{ input: { providerId: 'registry', url: page } }]);
  });

  it('is left to main where main opens it', async () => {
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const { calls } = await open({
      connection: { dashboardUrl: page },
      main: { 'providers.open': () => ok({ by: 'main' }) },
    });
    press('Open dashboard');
    await waitFor(() => expect(calls('providers.open')).toHaveLength(1));
    expect(opened).not.toHaveBeenCalled();
  });

  it('is not offered where the definition names none', async () => {
    await open();
    expect(screen.queryByRole('button', { name: 'Open dashboard' })).toBeNull();
  });
});

describe('a connection whose definition is gone', () => {
  it('says so with the id to add, offers no call that cannot work, and leads to adding its file', async () => {
    await open({ provider: { fields: [], operations: [], credential: [] } });
    const card = screen.getByRole('article', { name: 'Acme registry' });
    expect(card.textContent).toContain('Nothing describes “registry” any more');
    const offers = within(card)
      .getAllByRole('button')
      .map(({ textContent }) => textContent);
    expect(offers).toEqual(['Remove', 'Add from a file']);
    press('Add from a file');
    expect(await screen.findByRole('dialog', { name: 'Add from a file' })).toBeTruthy();
  });
});
