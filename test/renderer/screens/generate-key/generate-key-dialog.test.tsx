import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { GenerateKeyDialog } from '../../../../renderer/screens/generate-key/generate-key-dialog.tsx';
import type { Failure } from '../../../../shared/domain/failure.ts';
import type { ProviderSummary } from '../../../../shared/domain/provider.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, inspection, keyId, work, workId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection } from '../../support/scenarios-assisted.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

type Issued = Extract<
  Failure,
  {
    code:
      | 'name-taken'
      | 'file-unwritable'
      | 'file-tracked'
      | 'variable-held'
      | 'answer-needed'
      | 'provider-throttled'
      | 'outcome-unknown';
  }
>;

/** The dialog on a main that answers `keys.issue` so; and what became of it. */
async function open(
  failure: Issued | null,
  connections = [fullConnection],
  overrides: Partial<Handlers<KeyturnContract>> = {},
) {
  const happened = {
    issued: [] as string[],
    takenIn: [] as string[],
    closed: 0,
    rotation: 0,
    addProvider: 0,
  };
  const gate = Promise.withResolvers<void>();
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'connections.list': () => ok({ connections }),
        'keys.issue': async () => {
          await gate.promise;
          return failure === null ? ok({ keyId: keyId(3), workId: workId(1) }) : fail(failure);
        },
        ...overrides,
      },
    }),
  );
  render(
    <GenerateKeyDialog
      onClose={() => happened.closed++}
      onIssued={(id) => happened.issued.push(id)}
      onTakenIn={(id) => happened.takenIn.push(id)}
      onAddProvider={() => happened.addProvider++}
      onOpenRotation={() => happened.rotation++}
    />,
  );
  await screen.findByRole('dialog');
  return { main, happened, answer: () => gate.resolve() };
}

const type = (label: string | RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const send = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const described = (label: string) => {
  const field = screen.getByLabelText(label);
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
};

describe('generating a key', () => {
  it('says at the name that it is taken, and keeps everything that was typed', async () => {
    const { answer } = await open({ code: 'name-taken', name: 'Shop checkout' });
    await screen.findByLabelText('Name');
    type('Name', 'Shop checkout');
    type('File', '/home/mira/code/shop/.env');
    send();
    answer();
    await waitFor(() => expect(described('Name')).toContain('The name “Shop checkout” is taken'));
    expect((screen.getByLabelText('File') as HTMLInputElement).value).toBe('/home/mira/code/shop/.env');
  });

  it('says at the file that it cannot be written', async () => {
    const { answer } = await open({ code: 'file-unwritable', file: '/srv/.env', reason: 'read-only' });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('File', '/srv/.env');
    send();
    answer();
    await waitFor(() => expect(described('File')).toContain('The file cannot be written'));
  });

  it('says at the questions that an answer is needed', async () => {
    const { answer } = await open({ code: 'answer-needed', questions: ['otp'] });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    send();
    answer();
    await waitFor(() => expect(described('One-time code')).toContain('The provider wants this answered'));
  });

  it('says what belongs to no field above the form', async () => {
    const { answer } = await open({
      code: 'provider-throttled',
      host: 'registry.example.com',
      retryAfterSeconds: 30,
    });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    send();
    answer();
    expect((await screen.findByRole('alert')).textContent).toContain(
      'registry.example.com asks to wait 30 seconds',
    );
  });

  it('asks nothing of the provider while something is missing', async () => {
    const { main } = await open(null);
    await screen.findByLabelText('Name');
    send();
    expect(described('Name')).toContain('A key needs a name.');
    expect(main.calls.some(({ method }) => method === 'keys.issue')).toBe(false);
  });

  it('cannot be left while it runs, asks once, and goes on to the one time of the new key', async () => {
    const { main, happened, answer } = await open(null);
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('Account password', 'correct horse');
    act(() => {
      const form = document.querySelector('form') as HTMLFormElement;
      for (const _ of ['once', 'twice'])
        form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    });
    await screen.findByText(/Asking the provider, once/);
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
    expect(happened.closed).toBe(0);
    answer();
    await waitFor(() => expect(happened.issued).toEqual([keyId(3)]));
    const asked = main.calls.filter(({ method }) => method === 'keys.issue');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.input).toMatchObject({ name: 'Shop', answers: { password: 'correct horse' } });
  });

  it('says that the key is on its way into its files, as long as that takes', async () => {
    const { main, answer } = await open(null);
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('Account password', 'correct horse');
    type('File', '/home/mira/code/shop/.env');
    send();
    await screen.findByText(/Asking the provider, once/);
    const steps = [
      { name: 'store', state: 'done' },
      { name: 'deliver', state: 'running' },
    ] as const;
    const state = work({ kind: 'issue', name: 'Shop', steps: [...steps] });
    act(() => main.tell({ feed: 'work.changed', state }));
    await screen.findByText('Writing it to its files, and reading them back.');
    answer();
  });

  it('explains a lost answer and leads to where the stray can be revoked', async () => {
    const { happened, answer } = await open({ code: 'outcome-unknown', workId: workId(1), strays: 1 });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    send();
    answer();
    const dialog = await screen.findByRole('dialog', { name: 'Outcome unknown' });
    expect(dialog.textContent).toContain('does not ask a second time');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Open Rotation' }));
    expect(happened.rotation).toBe(1);
  });

  it('says what leaving each limit out means', async () => {
    await open(null);
    await screen.findByLabelText('Name');
    const { textContent } = screen.getByRole('dialog');
    expect(textContent).toContain('Left out: the token may do everything that you may.');
    expect(textContent).toContain('Left out: it never expires.');
    expect(textContent).toContain('Left out: the key works from any address.');
  });

  it('leads to adding a provider where there is none', async () => {
    const { happened } = await open(null, []);
    fireEvent.click(await screen.findByRole('button', { name: 'Add provider' }));
    expect(happened.addProvider).toBe(1);
  });
});

describe('where a new key is written', () => {
  const shop = '/home/mira/code/shop/.env';
  const worker = '/home/mira/code/worker/.env';

  it('can be several files, each with the names and the reader that its own project tells', async () => {
    const { main, happened, answer } = await open(null, [fullConnection], {
      'files.inspect': ({ file }) =>
        ok(
          file === shop
            ? inspection({ proposals: { user: 'SHOP_USER', key: 'SHOP_TOKEN' } })
            : inspection({
                file: worker,
                real: worker,
                dialect: { suggested: 'compose', because: 'compose.yaml' },
              }),
        ),
    });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('Account password', 'correct horse');
    type('File', shop);
    fireEvent.click(screen.getByRole('button', { name: 'Add another file' }));
    fireEvent.change(screen.getAllByLabelText('File')[1] as HTMLElement, { target: { value: worker } });
    await screen.findByDisplayValue('SHOP_TOKEN');
    await screen.findByText('for Docker Compose');
    send();
    answer();
    await waitFor(() => expect(happened.issued).toHaveLength(1));
    const asked = main.calls.find(({ method }) => method === 'keys.issue');
    expect(asked?.input).toMatchObject({
      targets: [
        { file: shop, variables: { user: 'SHOP_USER', key: 'SHOP_TOKEN' }, dialect: 'any' },
        { file: worker, variables: { user: 'REGISTRY_USER', key: 'REGISTRY_TOKEN' }, dialect: 'compose' },
      ],
    });
  });

  it('asks for the name of a live key at the file that Git tracks', async () => {
    const { main, answer } = await open({ code: 'file-tracked', file: shop }, [fullConnection], {
      'files.inspect': ({ file }) =>
        ok(
          inspection(
            file === shop
              ? { git: { state: 'tracked', root: '/home/mira', ignoreLine: null, detail: '' } }
              : {},
          ),
        ),
    });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('Account password', 'correct horse');
    type('File', shop);
    const label = 'Type the key’s name to write a live key into a tracked file';
    await screen.findByLabelText(label);
    expect(described(label)).toContain('The key’s name is “Shop”.');
    type(label, 'shop');
    send();
    answer();
    await waitFor(() => expect(described(label)).toContain('That is not the name of the key.'));
    expect(main.calls.findLast(({ method }) => method === 'keys.issue')?.input).toMatchObject({
      targets: [{ confirmName: 'shop' }],
    });
  });
});

describe('where a key may not simply go', () => {
  const shop = '/home/mira/code/shop/.env';
  const holder = { keyId: keyId(9), name: 'Shop checkout', holds: true };
  const fill = async (file = shop) => {
    await screen.findByLabelText('Name');
    type('Name', 'Shop live');
    type('Account password', 'correct horse');
    type('File', file);
  };
  const targetsAsked = (main: Awaited<ReturnType<typeof open>>['main']) =>
    main.calls.filter(({ method }) => method === 'keys.issue').map(({ input }) => input);

  it('names the key that has the variable, and writes over it only where that is ticked', async () => {
    const held = { code: 'variable-held', file: shop, variable: 'REGISTRY_TOKEN', ...holder } as const;
    const { main, answer } = await open(held, [fullConnection], {
      'files.inspect': () => ok(inspection({ held: { REGISTRY_TOKEN: holder } })),
    });
    await fill();
    await screen.findByText('REGISTRY_TOKEN in this file holds Shop checkout');
    send();
    answer();
    await screen.findByText('Choose another name, or say that it may be written over.');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Write over Shop checkout' }));
    send();
    await waitFor(() => expect(targetsAsked(main)).toHaveLength(2));
    expect(targetsAsked(main)).toMatchObject([
      { targets: [{ mayReplace: [] }] },
      { targets: [{ mayReplace: [holder.keyId] }] },
    ]);
  });

  it('asks about a key that came into the file since it was looked at', async () => {
    let known = {};
    const held = { code: 'variable-held', file: shop, variable: 'REGISTRY_TOKEN', ...holder } as const;
    const { answer } = await open(held, [fullConnection], {
      'files.inspect': () => ok(inspection({ held: known })),
    });
    await fill();
    await screen.findByText(/^There, with/);
    known = { REGISTRY_TOKEN: { ...holder, holds: false } };
    send();
    answer();
    await screen.findByText('REGISTRY_TOKEN in this file is for Shop checkout');
    expect(screen.getByRole('checkbox', { name: 'Write over Shop checkout' })).toBeTruthy();
  });

  it('says at once that two paths are one file', async () => {
    await open(null, [fullConnection], { 'files.inspect': ({ file }) => ok(inspection({ file })) });
    await fill();
    fireEvent.click(screen.getByRole('button', { name: 'Add another file' }));
    fireEvent.change(screen.getAllByLabelText('File')[1] as HTMLElement, {
      target: { value: '/home/mira/link/.env' },
    });
    await screen.findByText(/^This is a file from above, and REGISTRY_USER in it gets the key already\./);
  });

  it('promises nothing of a name that can be no variable’s', async () => {
    await open(null, [fullConnection]);
    await fill();
    type('Variable for Token', 'SHOP API-KEY');
    await screen.findByText(/^There, with/);
    expect(described('Variable for Token')).toBe('Letters, digits and underscores; no digit first.');
  });

  it.each([
    [{ unwritable: 'It is marked read-only' }, /^The file cannot be written\. It is marked read-only\./],
    [{ kind: 'example' as const }, 'This is the example file that others get'],
    [{ kind: 'other' as const }, 'This does not look like an .env file'],
  ])('warns of a file that is %o', async (facts, words) => {
    await open(null, [fullConnection], { 'files.inspect': () => ok(inspection(facts)) });
    await fill();
    await screen.findByText(words);
  });

  it('gives the reason why a file cannot be looked at', async () => {
    await open(null, [fullConnection], {
      'files.inspect': ({ file }) =>
        fail({ code: 'file-unreadable', file, reason: 'It is larger than 16 MiB' }),
    });
    await fill();
    await screen.findByText(
      'The file cannot be read. It is larger than 16 MiB. Mend that, or choose another file.',
    );
  });

  it('says that it is looking where that takes a while, and then what it has found', async () => {
    const gate = Promise.withResolvers<void>();
    await open(null, [fullConnection], {
      'files.inspect': async () => {
        await gate.promise;
        return ok(inspection());
      },
    });
    await fill();
    await screen.findByText('Looking at the file…');
    gate.resolve();
    await screen.findByText(/^There, with/);
    expect(screen.queryByText('Looking at the file…')).toBeNull();
  });
});

describe('generating a key where the provider has no key API', () => {
  const takenIn = { 'keys.takeIn': () => ok({ keyId: keyId(3), workId: workId(1) }) };

  it('leads through the dashboard step by step, and says what is needed before and what is recommended', async () => {
    const opened: unknown[] = [];
    await open(null, [assistedConnection], {
      'providers.open': (page) => {
        opened.push(page);
        return ok({ by: 'main' });
      },
    });
    const steps = await screen.findByRole('list', { name: 'How the key is made' });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .map((step) => step.textContent),
    ).toEqual(['Open Settings, then API keys.', 'Press Create key and name it.', 'Copy both parts at once.']);
    const { textContent } = screen.getByRole('dialog');
    expect(textContent).toContain('A plan with API access.');
    expect(textContent).toContain('sign out and in again');
    expect(textContent).toContain('What Parcelway recommends');
    expect(textContent).toContain('Keep the key on a server.');
    fireEvent.click(screen.getByRole('button', { name: 'Open dashboard' }));
    await waitFor(() =>
      expect(opened).toEqual([
        { providerId: 'parcelway', url: 'https://app.parcelway.example/settings/keys' },
      ]),
    );
  });

  it('takes in what was pasted, to be rotated as usual', async () => {
    const { main, happened } = await open(null, [assistedConnection], takenIn);
    await screen.findByLabelText('Key secret');
    type('Name', 'Shop labels');
    type('Key id', 'kid_1');
    type('Key secret', 'pw_canary');
    send();
    await waitFor(() => expect(happened.takenIn).toEqual([keyId(3)]));
    expect(happened.issued).toEqual([]);
    const asked = main.calls.filter(({ method }) => method.startsWith('keys.'));
    expect(asked.map(({ method }) => method)).toEqual(['keys.takeIn']);
    expect(asked[0]?.input).toMatchObject({
      connectionId: assistedConnection.id,
      key: { id: 'kid_1', secret: 'pw_canary' },
      policy: {},
      providerKeyId: null,
      anyForm: false,
    });
  });

  it('proposes the shorter period that the provider recommends, and sends it where it was taken', async () => {
    const { main, happened } = await open(null, [assistedConnection], takenIn);
    await screen.findByLabelText('Key secret');
    expect(screen.getByRole('button', { name: /How often to rotate/ }).textContent).toContain(
      'As usual: every 90 days',
    );
    screen.getByText('Parcelway recommends every 30 days.');
    fireEvent.click(screen.getByRole('button', { name: 'Use 30 days' }));
    expect(screen.queryByText('Parcelway recommends every 30 days.')).toBeNull();
    type('Name', 'Shop labels');
    type('Key id', 'kid_1');
    type('Key secret', 'pw_canary');
    send();
    await waitFor(() => expect(happened.takenIn).toEqual([keyId(3)]));
    const taken = main.calls.find(({ method }) => method === 'keys.takeIn');
    expect(taken?.input).toMatchObject({ policy: { everyDays: 30 } });
  });

  it('says at each part that it is missing, and takes in nothing', async () => {
    const { main } = await open(null, [assistedConnection], takenIn);
    await screen.findByLabelText('Key secret');
    send();
    await waitFor(() => expect(described('Key secret')).toContain('Paste the key secret here.'));
    expect(described('Key id')).toContain('Paste the key id here.');
    expect(main.calls.some(({ method }) => method === 'keys.takeIn')).toBe(false);
  });

  it('opens the dashboard in the very press where the page is in the browser', async () => {
    const opened: unknown[] = [];
    const windowOpen = window.open;
    window.open = (...args: unknown[]) => {
      opened.push(args);
      return null;
    };
    const status = createFakeMain({}).call('app.status', {}) as ReturnType<
      Handlers<KeyturnContract>['app.status']
    >;
    const { main } = await open(null, [assistedConnection], {
      'app.status': async () => {
        const answer = await status;
        return answer.ok ? ok({ ...answer.value, host: 'browser' as const }) : answer;
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Open dashboard' }));
    window.open = windowOpen;
    expect(opened).toEqual([
      ['https://app.parcelway.example/settings/keys', '_blank', 'noopener,noreferrer'],
    ]);
    expect(main.calls.some(({ method }) => method === 'providers.open')).toBe(false);
  });
});

describe('what a provider asks and offers', () => {
  const at = (facts: Partial<ProviderSummary>) => [
    { ...fullConnection, provider: { ...fullConnection.provider, ...facts } },
  ];
  const question = {
    name: 'region',
    label: 'Region',
    kind: 'choice' as const,
    required: true,
    help: '',
    placeholder: '',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'America' },
    ],
    suggested: false,
  };

  it('is asked by its kind, and only at the operation that it belongs to', async () => {
    const { main, answer } = await open(
      null,
      at({
        askedAtCall: [
          { ...question, at: ['create'] },
          { ...question, name: 'pin', label: 'Pin', kind: 'secret', options: [], at: ['create'] },
          { ...question, name: 'otp', label: 'One-time code', kind: 'secret', at: ['revoke'] },
        ],
      }),
    );
    await screen.findByLabelText('Pin');
    expect(screen.queryByLabelText('One-time code')).toBeNull();
    expect((screen.getByLabelText('Pin') as HTMLInputElement).type).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: /Region/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Europe' }));
    type('Name', 'Shop');
    type('Pin', '4711');
    expect(document.documentElement.outerHTML).not.toContain('4711');
    send();
    answer();
    await waitFor(() =>
      expect(main.calls.find(({ method }) => method === 'keys.issue')?.input).toMatchObject({
        answers: { region: 'eu', pin: '4711' },
      }),
    );
  });

  it('lists its scopes only when somebody wants to see them, finds them by typing, and takes typed ones', async () => {
    const scopes = { options: [], whenOmitted: 'Everything.', suggested: true };
    const { main, answer } = await open(
      null,
      at({ askedAtCall: [], creation: { ...fullConnection.provider.creation, scopes } }),
      {
        'connections.scopes': () =>
          ok({
            options: [
              { value: 'zone.read', label: 'Read zones' },
              { value: 'dns.write', label: 'Write records' },
            ],
          }),
      },
    );
    const show = await screen.findByRole('button', { name: 'Show what Package registry offers' });
    expect(main.calls.some(({ method }) => method === 'connections.scopes')).toBe(false);
    fireEvent.click(show);
    fireEvent.change(await screen.findByLabelText('Search scopes'), { target: { value: 'dns' } });
    expect(screen.queryByLabelText(/Read zones/)).toBeNull();
    fireEvent.click(screen.getByLabelText(/Write records/));
    const typed = screen.getByLabelText('Scopes');
    fireEvent.change(typed, { target: { value: 'billing.read' } });
    fireEvent.blur(typed);
    type('Name', 'Shop');
    send();
    answer();
    await waitFor(() =>
      expect(main.calls.find(({ method }) => method === 'keys.issue')?.input).toMatchObject({
        request: { scopes: ['dns.write', 'billing.read'] },
      }),
    );
  });
});
