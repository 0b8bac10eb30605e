import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { KeyScreen } from '../../../../renderer/screens/key/key-screen.tsx';
import { useKey } from '../../../../renderer/screens/key/use-key.ts';
import { stepWords } from '../../../../renderer/text/work.ts';
import type { Environment, Target } from '../../../../shared/domain/key.ts';
import type { Grace } from '../../../../shared/domain/work.ts';
import { stepNamesOf } from '../../../../shared/domain/work-steps.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import type { TargetState } from '../../../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import {
  createFakeMain,
  inspection,
  keyDetail,
  keyId,
  keyRow,
  target,
  targetId,
  targetState,
  work,
  workId,
} from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

const shop = '/home/mira/code/shop/.env';
const worker = '/home/mira/code/worker/.env';
const tracked = () =>
  ok(inspection({ git: { state: 'tracked', root: '/home/mira/code/shop', ignoreLine: null, detail: '' } }));

interface Facts {
  readonly states: readonly TargetState[];
  readonly targets?: readonly Target[];
  readonly environment?: Environment;
  readonly overrides?: Partial<Handlers<KeyturnContract>>;
}

function Key() {
  return (
    <>
      <KeyScreen
        view={useKey(keyId(2))}
        takesFocus={false}
        onClose={() => {}}
        onOpenKey={() => {}}
        onDialog={() => {}}
        onOpenWork={() => {}}
      />
      <AppDialogs />
    </>
  );
}

async function open({ states, targets = [target(0)], environment = 'test', overrides = {} }: Facts) {
  const row = keyRow(2, { name: 'Shop', environment, status: 'active', attention: null, unsealed: false });
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'keys.get': () => ok(keyDetail(row, { targets: [...targets], workId: null })),
        'keys.targetStates': () => ok({ targets: [...states] }),
        ...overrides,
      },
    }),
  );
  render(<Key />);
  await screen.findByRole('list', { name: 'Files' });
  await waitFor(() => expect(screen.queryByLabelText('Reading the file')).toBeNull());
  const asked = (method: string) =>
    main.calls.filter((call) => call.method === method).map(({ input }) => input);
  return { main, asked };
}

const row = (file: string) => screen.getByRole('listitem', { name: file });
const press = (name: string | RegExp, within_: HTMLElement = document.body) =>
  fireEvent.click(within(within_).getByRole('button', { name }));
const dialog = (name: string | RegExp) => screen.findByRole('dialog', { name });
const submit = () => fireEvent.submit(document.querySelector('[role=dialog] form') as HTMLFormElement);
const typeName = (name: string) =>
  fireEvent.change(screen.getByLabelText(/^Type the key’s name/), { target: { value: name } });

async function unlink(file = shop) {
  press('More for .env', row(file));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Unlink…' }));
  return dialog('Stop following .env?');
}

describe('the files of a key', () => {
  it('say in words how they stand, which variables are astray, and what to do next', async () => {
    const files = ['/a/.env', '/b/.env', '/c/.env', '/d/.env', '/e/.env'];
    await open({
      targets: files.map((file, index) => target(index, { file })),
      states: [
        targetState(0, 'in-step'),
        targetState(1, 'differs'),
        targetState(2, 'missing'),
        targetState(3, 'missing', { detail: 'folder-gone' }),
        targetState(4, 'unreadable', { detail: 'file-unreadable' }),
      ],
    });
    const told = (file: string) => ({
      words: row(file).textContent,
      next: within(row(file))
        .getAllByRole('button')
        .map((button) => button.textContent)
        .filter((text) => text !== ''),
    });
    expect(told('/a/.env')).toMatchObject({ words: expect.stringContaining('In step'), next: [] });
    expect(told('/b/.env')).toMatchObject({
      words: expect.stringMatching(/Differs.*API_KEY holds another value/),
      next: ['Write again', 'Take this value in'],
    });
    expect(told('/c/.env')).toMatchObject({
      words: expect.stringMatching(/Missing.*API_KEY is not in the file/),
      next: ['Write again'],
    });
    expect(told('/d/.env')).toMatchObject({
      words: expect.stringMatching(/Missing.*folder is not there/),
      next: ['Look again', 'Unlink'],
    });
    expect(told('/e/.env')).toMatchObject({
      words: expect.stringMatching(/Unreadable.*permissions/),
      next: ['Look again', 'Unlink'],
    });
  });

  it('follow at once what main sees happen to a file', async () => {
    const { main } = await open({ states: [targetState(0, 'in-step')] });
    act(() =>
      main.tell({
        feed: 'keys.targetsChanged',
        state: { keys: [{ id: keyId(2), targets: [targetState(0, 'differs')] }] },
      }),
    );
    expect(row(shop).textContent).toContain('Differs');
    act(() =>
      main.tell({
        feed: 'keys.targetsChanged',
        state: { keys: [{ id: keyId(5), targets: [targetState(0, 'missing')] }] },
      }),
    );
    expect(row(shop).textContent).toContain('Differs');
  });

  it('are marked where Git tracks them', async () => {
    await open({
      targets: [target(0), target(1, { file: worker })],
      states: [targetState(0, 'in-step'), targetState(1, 'in-step')],
      overrides: { 'files.inspect': ({ file }) => (file === shop ? tracked() : ok(inspection())) },
    });
    await within(row(shop)).findByText('Tracked by Git');
    expect(row(worker).textContent).not.toContain('Tracked by Git');
  });

  it('are read again when one is looked at again', async () => {
    const { asked } = await open({ states: [targetState(0, 'unreadable', { detail: 'file-unreadable' })] });
    const before = asked('keys.targetStates').length;
    press('Look again');
    await waitFor(() => expect(asked('keys.targetStates').length).toBeGreaterThan(before));
  });
});

describe('a file that keeps its own reader from the key', () => {
  it('is not in step, says what is in the way, and is looked at again rather than written', async () => {
    await open({
      targets: [target(0, { dialect: 'shell' })],
      states: [targetState(0, 'misread', { detail: 'crlf' })],
    });
    expect(row(shop).textContent).toMatch(
      /Misread.*bash, dash and zsh cannot read it as it is: the file has CRLF line ends/,
    );
    expect(row(shop).textContent).not.toContain('In step');
    expect(within(row(shop)).queryByRole('button', { name: /^Write again/ })).toBeNull();
    expect(within(row(shop)).getByRole('button', { name: 'Look again' })).toBeTruthy();
  });
});

describe('a file that has stopped a key’s work', () => {
  const stopped = (kind: 'issue' | 'rotate') =>
    work({
      kind,
      keyId: keyId(2),
      newKeyId: kind === 'issue' ? keyId(2) : keyId(4),
      origin: kind === 'issue' ? 'taken-in' : 'created',
      finished: null,
      blocked: { code: 'value-unwritable', variable: 'API_KEY', reason: 'command' },
    });
  const openStopped = (kind: 'issue' | 'rotate') => {
    const row = keyRow(2, { name: 'Shop', status: 'needs-attention', attention: 'targets-not-written' });
    const targets = [target(0), target(1, { file: worker })];
    return open({
      states: [targetState(0, 'in-step'), targetState(1, 'missing')],
      overrides: {
        'keys.get': () => ok(keyDetail(row, { targets, workId: stopped(kind).id })),
        'work.list': () => ok({ works: [stopped(kind)] }),
        'work.continue': () => ok({ ...stopped(kind), blocked: null, finished: 'done' }),
        'keys.unlink': () => ok({ left: [] }),
      },
    });
  };

  it('is told with its reason, and the work is tried again from there', async () => {
    const { asked } = await openStopped('issue');
    await screen.findByText(/would be run as a command/);
    expect(screen.queryByRole('button', { name: /Continue|See why/ })).toBeNull();
    press('Try again');
    await waitFor(() => expect(asked('work.continue')).toHaveLength(1));
    expect(asked('keys.unlink')).toEqual([]);
  });

  it('can be left out: it is unlinked, and the work goes on without it', async () => {
    const { asked } = await openStopped('issue');
    await screen.findByText(/would be run as a command/);
    press('Keep without this file');
    await waitFor(() => expect(asked('work.continue')).toHaveLength(1));
    expect(asked('keys.unlink')).toMatchObject([{ targetId: targetId(1), removeLines: false }]);
  });

  it('cannot be left out of a rotation: it would keep a key that ends', async () => {
    await openStopped('rotate');
    await screen.findByText(/would be run as a command/);
    expect(screen.queryByRole('button', { name: 'Keep without this file' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('what a rotation has written', () => {
  const rotated = (files: readonly string[]) =>
    work({
      id: workId(files.length + 40),
      kind: 'rotate',
      keyId: keyId(1),
      newKeyId: keyId(2),
      finished: 'done',
      canUndo: false,
      updatedAt: Date.now(),
      written: files.map((file) => ({ file, variables: ['API_KEY'] })),
    });
  const openRotated = (files: readonly string[]) =>
    open({
      states: [targetState(0, 'in-step')],
      overrides: { 'work.list': () => ok({ works: [rotated(files)] }) },
    });

  it('is told of the files that the key has still, apart from the list of all its files', async () => {
    await openRotated([shop, worker]);
    const told = await screen.findByRole('list', { name: 'Files that were written' });
    expect(told.textContent).toContain(shop);
    expect(told.textContent).not.toContain(worker);
    expect(screen.getAllByRole('list', { name: 'Files' })).toHaveLength(1);
  });

  it('is told no more once every one of them is unlinked, or it was put away', async () => {
    await openRotated([worker]);
    expect(screen.queryByText('It has replaced the old key')).toBeNull();
    cleanup();
    await openRotated([shop, worker, '/c/.env']);
    await screen.findByText('It has replaced the old key');
    press('Dismiss');
    expect(screen.queryByText('It has replaced the old key')).toBeNull();
    cleanup();
    await openRotated([shop, worker, '/c/.env']);
    expect(screen.queryByText('It has replaced the old key')).toBeNull();
  });
});

describe('what there is to tell of a file', () => {
  const remarks = [{ targetId: targetId(0), file: shop, readDifferentlyBy: ['Bun'], exampleFailed: false }];
  const made = (index: number) =>
    work({ kind: 'issue', keyId: keyId(index), newKeyId: keyId(index), remarks });
  const two = [target(0), target(1, { file: worker })];

  it('stands at the file as long as it holds the key', async () => {
    const states = [targetState(0, 'in-step'), targetState(1, 'in-step')];
    await open({ states, targets: two, overrides: { 'work.list': () => ok({ works: [made(2)] }) } });
    await within(row(shop)).findByText(/^Bun reads this value differently/);
    expect(row(worker).textContent).not.toContain('differently');
    cleanup();
    await open({
      states: [targetState(0, 'differs')],
      overrides: { 'work.list': () => ok({ works: [made(2)] }) },
    });
    expect(row(shop).textContent).not.toContain('differently');
  });

  it('is that of the key’s own work', async () => {
    await open({
      states: [targetState(0, 'in-step')],
      overrides: { 'work.list': () => ok({ works: [made(5)] }) },
    });
    expect(row(shop).textContent).not.toContain('differently');
  });

  it('goes when the work says so no more', async () => {
    const { main } = await open({
      states: [targetState(0, 'in-step')],
      overrides: { 'work.list': () => ok({ works: [made(2)] }) },
    });
    await within(row(shop)).findByText(/^Bun reads/);
    act(() => main.tell({ feed: 'work.changed', state: { ...made(2), remarks: [] } }));
    await waitFor(() => expect(row(shop).textContent).not.toContain('Bun'));
  });
});

describe('writing a key again', () => {
  it('is one press, and asks no name where none is needed', async () => {
    const { asked } = await open({ states: [targetState(0, 'differs')], environment: 'live' });
    press(`Write again to ${shop}`);
    await waitFor(() => expect(asked('keys.writeAgain')).toMatchObject([{ confirmName: '' }]));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('of a live key into a file that Git has come to track asks for the name until it is the right one', async () => {
    const { asked } = await open({
      states: [targetState(0, 'differs')],
      environment: 'live',
      overrides: {
        'keys.writeAgain': ({ confirmName, targetId }) =>
          confirmName === 'Shop'
            ? ok({ targetId, readDifferentlyBy: [] })
            : fail({ code: 'file-tracked', file: shop }),
      },
    });
    press(`Write again to ${shop}`);
    await dialog('Let a live key into a tracked file?');
    typeName('Shopp');
    submit();
    await screen.findByText('That is not the name of the key. Nothing was written.');
    typeName('Shop');
    submit();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked('keys.writeAgain').map((input) => (input as { confirmName: string }).confirmName)).toEqual([
      '',
      'Shopp',
      'Shop',
    ]);
  });

  it('can be confirmed by name before a rotation needs it, and not a second time', async () => {
    await open({
      targets: [target(0), target(1, { file: worker, mayBeTracked: true })],
      states: [targetState(0, 'in-step'), targetState(1, 'in-step')],
      environment: 'live',
      overrides: { 'files.inspect': tracked },
    });
    await within(row(worker)).findByText('Tracked by Git');
    expect(within(row(worker)).queryByRole('button', { name: /^Confirm by name/ })).toBeNull();
    press(/^Confirm by name/, row(shop));
    await dialog('Let a live key into a tracked file?');
  });
});

describe('unlinking a file', () => {
  it('leaves the file as it is unless its lines are to be removed', async () => {
    const { asked } = await open({ states: [targetState(0, 'in-step')] });
    expect((await unlink()).textContent).toContain('The file keeps API_KEY.');
    submit();
    await waitFor(() => expect(asked('keys.unlink')).toMatchObject([{ removeLines: false }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('tells beforehand which lines go, and which stay because they hold another value', async () => {
    const { asked } = await open({
      targets: [target(0, { variables: { user: 'API_USER', key: 'API_KEY' } })],
      states: [targetState(0, 'differs')],
    });
    const asking = await unlink();
    fireEvent.click(within(asking).getByLabelText(/^Remove its lines from the file/));
    expect(asking.textContent).toContain('API_USER will be gone from the file.');
    expect(asking.textContent).toContain('API_KEY stays in the file: it holds another value');
    submit();
    await waitFor(() => expect(asked('keys.unlink')).toMatchObject([{ removeLines: true }]));
  });

  it.each([
    targetState(0, 'unreadable', { detail: 'file-is-folder' }),
    targetState(0, 'missing', { detail: 'file-gone' }),
  ])('offers no removal of lines where there are none to reach', async (state) => {
    await open({ states: [state] });
    const box = within(await unlink()).getByRole('checkbox') as HTMLInputElement;
    expect(box.disabled).toBe(true);
  });

  it('goes on following a file that could not be changed, and says why', async () => {
    await open({
      states: [targetState(0, 'in-step')],
      overrides: { 'keys.unlink': () => fail({ code: 'file-changed', file: shop }) },
    });
    await unlink();
    submit();
    await screen.findByText('Someone else changed the file');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});

describe('taking the value of a file in', () => {
  const started = work({
    id: workId(2),
    keyId: keyId(2),
    newKeyId: keyId(11),
    name: 'Shop',
    kind: 'rotate',
    origin: 'by-hand',
    fromFile: true,
    provider: 'OpenRouter',
  });

  async function take(overrides: Partial<Handlers<KeyturnContract>> = {}) {
    const opened = await open({
      targets: [target(0), target(1, { file: worker })],
      states: [targetState(0, 'differs'), targetState(1, 'in-step')],
      overrides: { 'work.list': () => ok({ works: [started] }), ...overrides },
    });
    press(`Take this value in from ${shop}`);
    await dialog('Take this value in');
    return opened;
  }

  it('says what happens, asks for the grace, and goes on to the running work', async () => {
    const { asked } = await take();
    const steps = () =>
      [...screen.getByRole('list', { name: 'What happens' }).children].map((step) => step.textContent ?? '');
    expect(steps()[0]).toContain('is asked first whether it accepts it. If not, nothing changes.');
    expect(steps()[3]).toContain(worker);
    const shown = (grace: Grace) =>
      stepNamesOf({ ...started, grace, state: { step: 'creating' } }).map((name) => stepWords(started, name));
    for (const [grace, label] of [
      ['now', 'Now'],
      ['7-days', '7 days'],
    ] as const) {
      fireEvent.click(screen.getByRole('radio', { name: label }));
      expect(steps()).toHaveLength(shown(grace).length);
      for (const [index, words] of shown(grace).entries()) expect(steps()[index]).toContain(words);
    }
    submit();
    await waitFor(() =>
      expect(asked('keys.takeValue')).toMatchObject([{ grace: '7-days', confirmName: '', anyForm: false }]),
    );
    await dialog(/Shop/);
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Take this value in' })).toBeNull());
  });

  it('takes a value that looks unusual only when the user insists', async () => {
    const { asked } = await take({
      'keys.takeValue': ({ anyForm }) =>
        anyForm
          ? ok({ workId: started.id, newKeyId: keyId(11) })
          : fail({ code: 'key-form-unusual', field: 'key' }),
    });
    submit();
    await screen.findByText(/^API key in the file does not look like one of/);
    press('Take it anyway');
    submit();
    await waitFor(() =>
      expect(asked('keys.takeValue').map((input) => (input as { anyForm: boolean }).anyForm)).toEqual([
        false,
        true,
      ]),
    );
  });

  it.each([
    [{ code: 'key-known', name: 'Shop' } as const, 'The file holds this key already'],
    [{ code: 'key-known', name: 'Other' } as const, 'The file holds another key of the vault'],
    [{ code: 'key-refused', message: 'expired' } as const, /does not accept the value in the file$/],
    [{ code: 'field-missing', field: 'key' } as const, 'The file has no value for API key'],
  ])('says of %o what was not changed and what to do now', async (failure, title) => {
    await take({ 'keys.takeValue': () => fail(failure) });
    submit();
    const said = (await screen.findByText(title)).parentElement?.textContent;
    expect(said).toContain('Nothing was changed');
  });

  it('asks for the name where another of the files is one that Git tracks', async () => {
    const { asked } = await take({ 'keys.takeValue': () => fail({ code: 'file-tracked', file: worker }) });
    expect(screen.queryByLabelText(/^Type the key’s name/)).toBeNull();
    submit();
    await screen.findByLabelText(/^Type the key’s name/);
    typeName('Shop');
    submit();
    await waitFor(() => expect(asked('keys.takeValue').at(-1)).toMatchObject({ confirmName: 'Shop' }));
  });
});
