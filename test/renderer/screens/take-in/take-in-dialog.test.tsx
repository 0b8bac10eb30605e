import { cleanup, fireEvent, render, renderHook, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type TakeInFacts, useNotices } from '../../../../renderer/app-state.ts';
import { TakeInDialog } from '../../../../renderer/screens/take-in/take-in-dialog.tsx';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { AnswerOf, Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { connectionId, inspection, keyId, targetId, workId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection, atOnceConnection, mainAt } from '../../support/scenarios-assisted.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const canary = 'pw_canary7Kd02mVw55xLpQ19fQz';

async function open(facts: TakeInFacts = {}, overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const happened = { takenIn: [] as string[], opened: [] as string[], addProvider: 0 };
  const main = pageTalksTo(
    mainAt(assistedConnection, {
      'keys.takeIn': () => ok({ keyId: keyId(3), workId: workId(1) }),
      ...overrides,
    }),
  );
  render(
    <TakeInDialog
      facts={facts}
      onClose={() => {}}
      onTakenIn={(id) => happened.takenIn.push(id)}
      onOpenKey={(id) => happened.opened.push(id)}
      onAddProvider={() => happened.addProvider++}
    />,
  );
  await screen.findByLabelText('Key');
  const asked = (method: string) => main.calls.filter((call) => call.method === method);
  return { happened, asked };
}

/** Pastes as a person does: the value comes at once, and the field is left. */
function paste(label: string, value: string) {
  const field = screen.getByLabelText(label);
  fireEvent.input(field, { target: { value } });
  fireEvent.blur(field);
}
const type = (label: string, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const send = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const choose = async (label: string, option: string) => {
  fireEvent.click(screen.getByRole('button', { name: new RegExp(label) }));
  fireEvent.click(await screen.findByRole('option', { name: new RegExp(option) }));
};

type TakenIn = Extract<AnswerOf<KeyturnContract['keys.takeIn']>, { ok: true }>['value'];

describe('taking in a key', () => {
  it('asks for the value first and for nothing else', async () => {
    await open();
    expect(screen.queryByLabelText('Name')).toBeNull();
    expect((screen.getByLabelText('Key') as HTMLInputElement).type).toBe('password');
  });

  it('knows the provider by the form of the value and says why', async () => {
    const { asked } = await open();
    paste('Key', canary);
    await screen.findByText('It has the form of the Key secret of a key of Parcelway.');
    expect(screen.getByRole('button', { name: /Provider/ }).textContent).toContain('Parcelway');
    expect(screen.getByRole('button', { name: /Connection/ }).textContent).toContain('Parcelway account');
    expect(asked('keys.recognise').map(({ input }) => input)).toEqual([{ value: canary }]);
  });

  it('sends every part of the key with what was said of it, once', async () => {
    const { asked, happened } = await open();
    paste('Key', `  ${canary}`);
    await screen.findByLabelText('Key id');
    type('Key id', 'kid_1');
    type('Name', 'Shop labels');
    type('About when was it made?', '2026-02-03');
    type('File', '/home/mira/code/shop/.env');
    send();
    send();
    await waitFor(() => expect(happened.takenIn).toEqual([keyId(3)]));
    expect(asked('keys.takeIn').map(({ input }) => input)).toEqual([
      {
        connectionId: assistedConnection.id,
        name: 'Shop labels',
        key: { id: 'kid_1', secret: canary },
        providerKeyId: null,
        issuedAt: new Date(2026, 1, 3).getTime(),
        anyForm: false,
        // Nobody has taken what the provider recommends.
        policy: {},
        targets: [
          {
            file: '/home/mira/code/shop/.env',
            variables: { id: 'PARCELWAY_KEY_ID', secret: 'PARCELWAY_KEY_SECRET' },
            dialect: 'any',
            keepsExample: false,
            confirmName: '',
            mayReplace: [],
          },
        ],
      },
    ]);
  });

  /** What the page says once a key was taken in with this outcome. */
  async function noticeOf(outcome: Pick<TakenIn, 'remarks' | 'stopped'>) {
    const { happened } = await open(
      {},
      { 'keys.takeIn': () => ok({ keyId: keyId(3), workId: workId(1), ...outcome }) },
    );
    paste('Key', canary);
    await screen.findByLabelText('Key id');
    type('Key id', 'kid_1');
    type('Name', 'Shop labels');
    send();
    await waitFor(() => expect(happened.takenIn).toEqual([keyId(3)]));
    return renderHook(() => useNotices()).result.current.at(-1);
  }

  it('says at its end which files a reader takes another value from', async () => {
    const remarks = [
      { targetId: targetId(0), file: '/srv/.env', readDifferentlyBy: ['systemd'], exampleFailed: true },
    ];
    const notice = await noticeOf({ remarks });
    expect(notice?.tone).toBe('attention');
    expect(notice?.text).toMatch(
      /^Taken in: .* \/srv\/\.env: systemd reads this value differently.*example file/,
    );
  });

  it('says at its end that all went well only where it did', async () => {
    expect(await noticeOf({})).toMatchObject({
      tone: 'done',
      text: 'Taken in: the key is stored and sealed.',
    });
    cleanup();
    const stopped = { code: 'file-unwritable', file: '/srv/.env', reason: 'read-only' } as const;
    expect(await noticeOf({ stopped })).toMatchObject({
      tone: 'attention',
      text: 'The key is stored and sealed, but not in every file: The file cannot be written.',
    });
  });

  it('asks for the name of a live key at the file that Git tracks', async () => {
    const { asked } = await open(
      {},
      {
        'connections.list': () => ok({ connections: [{ ...assistedConnection, environment: 'live' }] }),
        'files.inspect': () =>
          ok(inspection({ git: { state: 'tracked', root: '/home/mira', ignoreLine: null, detail: '' } })),
      },
    );
    paste('Key', canary);
    await screen.findByLabelText('Key id');
    type('Key id', 'kid_1');
    type('Name', 'Shop labels');
    type('File', '/home/mira/code/shop/.env');
    await screen.findByText('The key’s name is “Shop labels”.');
    type('Type the key’s name to write a live key into a tracked file', 'Shop labels');
    send();
    await waitFor(() => expect(asked('keys.takeIn')).toHaveLength(1));
    expect(asked('keys.takeIn')[0]?.input).toMatchObject({ targets: [{ confirmName: 'Shop labels' }] });
  });

  it('never puts the value anywhere in the page but into its field', async () => {
    await open({}, { 'keys.takeIn': () => fail({ code: 'key-form-unusual', field: 'secret' }) });
    paste('Key', canary);
    await screen.findByLabelText('Name');
    type('Key id', 'kid_1');
    type('Name', 'Shop labels');
    send();
    await screen.findByLabelText(/Take it in as it is/);
    expect(document.documentElement.outerHTML).not.toContain(canary);
    expect((screen.getByLabelText('Key') as HTMLInputElement).value).toBe(canary);
  });

  it('asks which provider it is from where several fit, those first', async () => {
    const { asked } = await open();
    paste('Key', 'sk_something');
    await screen.findByText('Its form fits 2 providers. Choose the one that issued it.');
    fireEvent.click(screen.getByRole('button', { name: /Which provider is it from/ }));
    const options = (await screen.findAllByRole('option')).map((option) => option.textContent);
    expect(options.slice(0, 2)).toEqual(['MaplerThe form fits', 'SignetThe form fits']);
    fireEvent.click(screen.getByRole('option', { name: /Mapler/ }));
    await screen.findByLabelText('Name');
    expect(asked('keys.takeIn')).toEqual([]);
  });

  it('offers first what the user is connected to', async () => {
    await open({}, { 'connections.list': () => ok({ connections: [atOnceConnection] }) });
    paste('Key', 'sk_something');
    await screen.findByText(/fits 2 providers/);
    fireEvent.click(screen.getByRole('button', { name: /Which provider is it from/ }));
    const options = await screen.findAllByRole('option');
    expect(options[0]?.textContent).toContain('Signet');
  });

  it('makes the connection along the way where nothing needs to be asked for it, and only once', async () => {
    const refusals = [fail({ code: 'name-taken', name: 'Maps' } as const)];
    const { asked, happened } = await open(
      {},
      {
        'connections.add': () => ok({ ...assistedConnection, id: connectionId(60), providerId: 'mapler' }),
        'keys.takeIn': () => refusals.pop() ?? ok({ keyId: keyId(3), workId: workId(1) }),
      },
    );
    paste('Key', 'sk_something');
    await screen.findByText(/fits 2 providers/);
    await choose('Which provider is it from', 'Mapler');
    fireEvent.click(await screen.findByLabelText('live'));
    type('Name', 'Maps');
    send();
    await screen.findByText(/The name “Maps” is taken/);
    type('Name', 'Maps of the shop');
    send();
    await waitFor(() => expect(happened.takenIn).toHaveLength(1));
    expect(asked('connections.add').map(({ input }) => input)).toEqual([
      { providerId: 'mapler', name: 'Mapler live', environment: 'live', settings: {}, credential: {} },
    ]);
    expect(asked('keys.takeIn').at(-1)?.input).toMatchObject({ connectionId: connectionId(60) });
  });

  it('leads to adding the provider where its connection needs answers', async () => {
    const { happened } = await open({}, { 'connections.list': () => ok({ connections: [] }) });
    paste('Key', 'rt_something');
    const note = await screen.findByText('Add Package registry first');
    expect(screen.getByRole('button', { name: 'Take in key' }).hasAttribute('disabled')).toBe(true);
    fireEvent.click(
      within(note.closest('form') as HTMLElement).getByRole('button', { name: 'Add provider' }),
    );
    expect(happened.addProvider).toBe(1);
  });

  it('says which key it is where the vault holds it already, and opens it', async () => {
    const { asked, happened } = await open();
    paste('Key', 'pw_known');
    fireEvent.click(await screen.findByRole('button', { name: 'Open Old labels' }));
    expect(happened.opened).toEqual([keyId(4)]);
    send();
    expect(asked('keys.takeIn')).toEqual([]);
  });

  it('takes an unusual value only after the user insists, and forgets that for another value', async () => {
    const { asked } = await open(
      {},
      { 'keys.takeIn': () => fail({ code: 'key-form-unusual', field: 'secret' }) },
    );
    paste('Key', canary);
    await screen.findByLabelText('Key id');
    type('Key id', 'kid_1');
    type('Name', 'Shop labels');
    send();
    fireEvent.click(await screen.findByLabelText(/Take it in as it is/));
    send();
    await waitFor(() => expect(asked('keys.takeIn')).toHaveLength(2));
    expect(asked('keys.takeIn').map(({ input }) => (input as { anyForm: boolean }).anyForm)).toEqual([
      false,
      true,
    ]);
    await screen.findByText(/does not look like one of this provider/);
    fireEvent.input(screen.getByLabelText('Key'), { target: { value: `${canary}x` } });
    await waitFor(() => expect(screen.queryByLabelText(/Take it in as it is/)).toBeNull());
  });

  it('says at the value that the provider does not accept it', async () => {
    await open({}, { 'keys.takeIn': () => fail({ code: 'key-refused', message: 'revoked last week' }) });
    paste('Key', canary);
    await screen.findByLabelText('Key id');
    type('Key id', 'kid_1');
    type('Name', 'Shop labels');
    send();
    await waitFor(() => expect(screen.getByLabelText('Key').getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getByText(/revoked last week/)).toBeTruthy();
  });

  it('sends nothing while a part, the name or the provider is missing', async () => {
    const { asked } = await open();
    send();
    await screen.findByText('Choose the provider that issued the key.');
    paste('Key', canary);
    await screen.findByLabelText('Key id');
    send();
    await screen.findByText('Paste the key id here.');
    expect(screen.getByText('A key needs a name.')).toBeTruthy();
    expect(asked('keys.takeIn')).toEqual([]);
  });

  it('adopts a stray with the provider’s id, its name and the moment it was made', async () => {
    const createdAt = Date.now() - 40 * 86_400_000;
    const { asked } = await open({
      connectionId: fullConnection.id,
      providerKeyId: 'tok_41c',
      name: 'old laptop',
      createdAt,
    });
    expect(screen.getByRole('dialog').textContent).toContain('Package registry lists “old laptop”');
    paste('Key', 'rt_value');
    type('User id', 'mira');
    send();
    await waitFor(() => expect(asked('keys.takeIn')).toHaveLength(1));
    expect(asked('keys.takeIn')[0]?.input).toMatchObject({
      connectionId: fullConnection.id,
      providerKeyId: 'tok_41c',
      name: 'old laptop',
      issuedAt: createdAt,
      key: { user: 'mira', key: 'rt_value' },
    });
  });
});
