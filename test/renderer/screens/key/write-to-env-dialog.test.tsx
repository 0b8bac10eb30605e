import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { WriteToEnvDialog } from '../../../../renderer/screens/key/write-to-env-dialog.tsx';
import type { GitStanding } from '../../../../shared/domain/env-file.ts';
import type { Environment } from '../../../../shared/domain/key.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import {
  createFakeMain,
  inspection,
  keyDetail,
  keyId,
  keyRow,
  target,
  targetId,
} from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

const file = '/home/mira/code/shop/.env';
const standing =
  (state: GitStanding['state'], facts: Partial<GitStanding> = {}) =>
  () =>
    ok(inspection({ git: { state, root: '/home/mira/code/shop', ignoreLine: null, detail: '', ...facts } }));

async function open(
  overrides: Partial<Handlers<KeyturnContract>> = {},
  { environment = 'test', targets = [] as ReturnType<typeof target>[] } = {},
) {
  const happened = { closed: 0 };
  const row = keyRow(2, { name: 'Shop', environment: environment as Environment });
  const main = pageTalksTo(
    createFakeMain({
      overrides: { 'keys.get': () => ok(keyDetail(row, { targets })), ...overrides },
    }),
  );
  render(<WriteToEnvDialog keyId={keyId(2)} onClose={() => happened.closed++} />);
  await screen.findByLabelText('File');
  const written = () => main.calls.filter(({ method }) => method === 'keys.write').map(({ input }) => input);
  return { main, happened, written };
}

const type = (label: string | RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const submit = () => fireEvent.submit(screen.getByRole('form', { name: 'Write to .env' }));
const variable = () => screen.getByLabelText('Variable for API key') as HTMLInputElement;

describe('writing a key to a file', () => {
  it('asks the file for the variable’s name, and keeps the one that the user types', async () => {
    const { written } = await open({
      'files.inspect': ({ file }) => ok(inspection({ file, proposals: { key: 'SHOP_TOKEN' } })),
    });
    type('File', file);
    await waitFor(() => expect(variable().value).toBe('SHOP_TOKEN'));
    type('Variable for API key', 'MY_TOKEN');
    type('File', `${file}.local`);
    await screen.findByText(/^There, with/);
    expect(variable().value).toBe('MY_TOKEN');
    submit();
    await waitFor(() =>
      expect(written()).toMatchObject([
        {
          target: { file: `${file}.local`, variables: { key: 'MY_TOKEN' }, dialect: 'any', confirmName: '' },
        },
      ]),
    );
  });

  it('is done when it was written and read back', async () => {
    const { happened } = await open();
    type('File', file);
    submit();
    await waitFor(() => expect(happened.closed).toBe(1));
  });

  it('writes for the reader that the project suggests, says why, and lets the user choose another', async () => {
    const { written } = await open({
      'files.inspect': () => ok(inspection({ dialect: { suggested: 'vite', because: 'vite.config.ts' } })),
    });
    type('File', file);
    await screen.findByText('for Vite');
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
    expect(screen.getByText(/^Suggested by vite\.config\.ts\./)).toBeTruthy();
    fireEvent.click(screen.getByRole('checkbox', { name: /^Keep the names in \.env\.example/ }));
    submit();
    await waitFor(() =>
      expect(written()).toMatchObject([{ target: { dialect: 'vite', keepsExample: true } }]),
    );
  });

  it('starts from what is known where the key is in the file already', async () => {
    const followed = target(0, { variables: { key: 'OLD_TOKEN' }, dialect: 'compose', keepsExample: true });
    await open(
      { 'files.inspect': () => ok(inspection({ proposals: { key: 'NEW_TOKEN' } })) },
      { targets: [followed] },
    );
    type('File', file);
    expect(variable().value).toBe('OLD_TOKEN');
    await screen.findByText(/^There, with/);
    expect(variable().value).toBe('OLD_TOKEN');
    expect(screen.getByText('for Docker Compose, names kept in .env.example')).toBeTruthy();
  });

  it('stays open to say who reads the value differently, and what can be done about it', async () => {
    const { happened } = await open({
      'keys.write': () => ok({ targetId: targetId(0), readDifferentlyBy: ['Bun', 'Next.js'] }),
    });
    type('File', file);
    submit();
    await screen.findByText(
      'Bun and Next.js read this value differently: choose your reader at Write to .env, under More.',
    );
    expect(happened.closed).toBe(0);
    expect(screen.getByRole('button', { name: 'Done' })).toBeTruthy();
  });

  it('writes nothing while the path or the variable is missing, and says so at the field', async () => {
    const { written } = await open();
    submit();
    await screen.findByText('Type the path of a file.');
    type('File', file);
    type('Variable for API key', '9LIVES');
    submit();
    await screen.findByText('Letters, digits and underscores; no digit first.');
    expect(written()).toEqual([]);
  });
});

describe('the Git guard', () => {
  it('warns that a test key goes into the history, and writes it all the same', async () => {
    const { written } = await open({ 'files.inspect': standing('tracked') });
    type('File', file);
    await screen.findByText('Git tracks this file');
    expect(screen.queryByLabelText(/^Type the key’s name/)).toBeNull();
    submit();
    await waitFor(() => expect(written()).toHaveLength(1));
  });

  it('asks for the name of a live key before it goes into a tracked file', async () => {
    const { written, happened } = await open(
      {
        'files.inspect': standing('tracked'),
        'keys.write': ({ target: wanted }) =>
          wanted.confirmName === 'Shop'
            ? ok({ targetId: targetId(0), readDifferentlyBy: [] })
            : fail({ code: 'file-tracked', file }),
      },
      { environment: 'live' },
    );
    type('File', file);
    const label = 'Type the key’s name to write a live key into a tracked file';
    await screen.findByLabelText(label);
    submit();
    await screen.findByText(/^Git tracks the file, so nothing was written\./);
    type(label, 'shop');
    submit();
    await screen.findByText('That is not the name of the key. Nothing was written.');
    type(label, 'Shop');
    submit();
    await waitFor(() => expect(happened.closed).toBe(1));
    expect(written()).toHaveLength(3);
  });

  it('asks for the name also where only main knows that it is needed', async () => {
    await open(
      {
        'files.inspect': standing('unknown', { detail: 'Git takes the folder for someone else’s' }),
        'keys.write': () => fail({ code: 'file-tracked', file }),
      },
      { environment: 'live' },
    );
    type('File', file);
    await screen.findByText('It is not known whether Git tracks this file');
    expect(screen.getByText(/Git takes the folder for someone else’s/)).toBeTruthy();
    expect(screen.queryByLabelText(/^Type the key’s name/)).toBeNull();
    submit();
    await screen.findByLabelText(/^Type the key’s name/);
    type(/^Type the key’s name/, 'S');
    type(/^Type the key’s name/, '');
    expect(screen.getByLabelText(/^Type the key’s name/)).toBeTruthy();
  });

  it('adds the file to .gitignore in one press, and shows that it is done', async () => {
    let isIgnored = false;
    const { main } = await open({
      'files.inspect': ({ file: path }) =>
        standing(isIgnored ? 'ignored' : 'not-ignored', { ignoreLine: isIgnored ? null : '/.env' })() ?? path,
      'files.ignore': () => {
        isIgnored = true;
        return ok({ gitignore: '/home/mira/code/shop/.gitignore', line: '/.env' });
      },
    });
    type('File', file);
    await screen.findByText('Git does not ignore this file');
    fireEvent.click(screen.getByRole('button', { name: 'Add to .gitignore' }));
    const done = (await screen.findByText('Git ignores this file now')).parentElement as HTMLElement;
    expect(done.textContent).toContain('/.env was added to /home/mira/code/shop/.gitignore');
    expect(within(document.body).queryByRole('button', { name: 'Add to .gitignore' })).toBeNull();
    expect(main.calls.filter(({ method }) => method === 'files.ignore').map(({ input }) => input)).toEqual([
      { file },
    ]);
  });

  it('says why the line could not be added, and offers it again', async () => {
    await open({
      'files.inspect': standing('not-ignored', { ignoreLine: '/.env' }),
      'files.ignore': () =>
        fail({ code: 'file-unwritable', file: '/home/mira/.gitignore', reason: 'read only' }),
    });
    type('File', file);
    fireEvent.click(await screen.findByRole('button', { name: 'Add to .gitignore' }));
    await screen.findByText('The file cannot be written');
    expect(screen.getByRole('button', { name: 'Add to .gitignore' })).toBeTruthy();
  });

  it.each(['ignored', 'no-repository'] as const)('is silent where the file is %s', async (state) => {
    await open({ 'files.inspect': standing(state) });
    type('File', file);
    await screen.findByText(/^There, with/);
    expect(screen.getByRole('dialog').textContent).not.toMatch(/Git (tracks|does not)|not known whether/);
  });
});
