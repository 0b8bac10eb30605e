import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LeaksScreen } from '../../../../renderer/screens/leaks/leaks-screen.tsx';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import type { HookStanding, Leak } from '../../../../shared/ipc/search.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, type FakeMain, keyId, keyRow } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { aLeak, foundLeaks } from './a-leak.ts';

beforeAll(() => giveSize(1_000, 720));

let current: FakeMain | null = null;
afterEach(() => {
  cleanup();
  // What was found is kept while the vault is open, and not from one test to the next.
  current?.tell({
    feed: 'vault.changed',
    state: { store: 'keychain', lockedBy: null, backend: '', vault: { state: 'locked' } },
  });
});

const hook = (state: HookStanding['state']): HookStanding => ({
  state,
  file: '/home/mira/code/.git/hooks/pre-commit',
  line: 'keyturn check-staged || exit 1',
});

function open(overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const replaced: string[] = [];
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'search.cancel': () => ok({}),
        'leaks.hook': () => ok(hook('absent')),
        ...overrides,
      },
    }),
  );
  current = main;
  const show = () => render(<LeaksScreen onLeave={() => {}} onReplace={(keyId) => replaced.push(keyId)} />);
  const asked = (method: string) => main.calls.filter((call) => call.method === method);
  return { main, replaced, asked, show, page: show() };
}

async function search(folder = '/home/mira/code') {
  fireEvent.change(await screen.findByLabelText('Folder'), { target: { value: folder } });
  fireEvent.submit(document.querySelector('form') as HTMLFormElement);
}

async function found(leaks: readonly Leak[], facts: Parameters<typeof foundLeaks>[1] = {}) {
  const opened = open({ 'leaks.search': () => ok(foundLeaks(leaks, facts)) });
  await search();
  await screen.findByRole('grid', { name: 'Leaks' });
  return opened;
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole('gridcell')
    .map(({ textContent }) => textContent);

describe('checking for leaks', () => {
  it('asks for the folder, and for the history unless it is left out', async () => {
    const { asked } = open({ 'leaks.search': () => ok(foundLeaks([])) });
    fireEvent.click(await screen.findByLabelText(/Search the Git history too/));
    await search();
    await screen.findByText('No value of the vault was found');
    expect(asked('leaks.search').map(({ input }) => input)).toEqual([
      { folder: '/home/mira/code', history: false },
    ]);
  });

  it('says what it is at and how far it has come, and stops when asked', async () => {
    const { main, asked } = open({ 'leaks.search': () => new Promise(() => {}) as never });
    await search();
    await screen.findByRole('progressbar');
    const tell = (doing: 'searching-files' | 'searching-history') =>
      act(() =>
        main.tell({
          feed: 'search.progress',
          state: { doing, done: 1_200_000, total: 4_000_000_000, unit: 'bytes', found: 0 },
        }),
      );
    tell('searching-files');
    expect(screen.getByText('Searching files')).toBeTruthy();
    tell('searching-history');
    expect(screen.getByText('Searching the Git history')).toBeTruthy();
    expect(screen.getByText('1.2 MB of 4 GB')).toBeTruthy();
    press('Cancel');
    expect(asked('search.cancel')).toHaveLength(1);
  });

  it('offers to leave the history out where Git cannot be asked', async () => {
    open({ 'leaks.search': () => fail({ code: 'git-unavailable', reason: 'git is not installed' }) });
    await search();
    fireEvent.click(await screen.findByRole('button', { name: 'Leave the history out' }));
    const history = screen.getByLabelText(/Search the Git history too/) as HTMLInputElement;
    expect(history.checked).toBe(false);
  });

  it('says that nothing was found, and in how much', async () => {
    open({ 'leaks.search': () => ok(foundLeaks([])) });
    await search();
    await screen.findByText('No value of the vault was found');
    expect(screen.getByText(/1,204 files \(12.3 MB\) and 310 commits in \/home\/mira\/code/)).toBeTruthy();
  });

  it('says after how many files a search was stopped, and not that nothing is there', async () => {
    open({ 'leaks.search': () => ok(foundLeaks([], { stopped: true, files: 62_025 })) });
    await search();
    await screen.findByText('Stopped after 62,025 files');
    expect(screen.queryByText('No value of the vault was found')).toBeNull();
  });

  it('never says that nothing is there where something could not be searched', async () => {
    open({
      'leaks.search': () =>
        ok(
          foundLeaks([], {
            commits: null,
            skipped: [{ file: 'secrets', reason: 'Permission denied' }],
            unsearched: [{ keyId: keyId(2), name: 'Door code', reason: 'too-short' }],
          }),
        ),
    });
    await search();
    await screen.findByText('Nothing was found in what could be searched');
    expect(screen.getByText(/history was not searched/)).toBeTruthy();
    press('1 place could not be searched');
    expect(await screen.findByText('Permission denied')).toBeTruthy();
    press('1 key could not be searched for');
    expect(await screen.findByText(/too short/)).toBeTruthy();
  });
});

it.each([
  [true, /No Git repository is there/],
  [false, /Git’s history was not searched/],
])('a folder without a history is told from one whose history was left out', async (isAsked, words) => {
  open({ 'leaks.search': () => ok(foundLeaks([], { commits: null })) });
  if (!isAsked) fireEvent.click(await screen.findByLabelText(/Search the Git history too/));
  await search();
  expect(await screen.findByText(words)).toBeTruthy();
});

describe('leaks', () => {
  it('stand below their key: where, in which commit, by whom, and whether still there', async () => {
    await found([
      aLeak(7),
      aLeak(12, { file: 'src/pay.ts', stillThere: false }),
      aLeak(1, { keyId: keyId(2), name: 'Mailer', environment: 'test', commit: null, file: '.env.bak' }),
    ]);
    expect(screen.getByText('2 keys found in 3 places')).toBeTruthy();
    expect(screen.getByText(/does not take it out of Git’s history/)).toBeTruthy();
    const rows = screen.getAllByRole('row').slice(1).map(cells);
    expect(rows[0]).toEqual(['Shop checkoutlive', '2 places, 1 of them still there', 'Leaked: replace now']);
    expect(rows[1]).toEqual([
      'deploy/notes.md:7',
      '3f9c1b2a',
      'Mira Solano',
      '3 Mar 2026',
      'Still there',
      '',
    ]);
    expect(rows[2]?.[4]).toBe('Only in history');
    expect(rows[3]?.[0]).toBe('Mailertest');
    expect(rows[4]?.slice(0, 3)).toEqual(['.env.bak:1', '–', 'In no commit']);
  });

  it('lead to replacing their key, by pointer and by keyboard', async () => {
    const { replaced } = await found([aLeak(7)]);
    press('Leaked: replace now');
    const grid = screen.getByRole('grid');
    fireEvent.focus(grid);
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(replaced).toEqual([keyId(1), keyId(1)]);
  });

  it('are told as over once their key is revoked, without searching again', async () => {
    const { main } = await found([aLeak(7)]);
    act(() =>
      main.tell({
        feed: 'keys.changed',
        state: { changed: [keyRow(1, { status: 'revoked', attention: null })], removed: [] },
      }),
    );
    await screen.findByText('Every key that was found has been replaced');
    expect(screen.queryByRole('button', { name: 'Leaked: replace now' })).toBeNull();
    expect(screen.getByText(/nobody can use it any more/)).toBeTruthy();
  });

  it('of which some are replaced are told with those that are still to be', async () => {
    const { main } = await found([aLeak(7), aLeak(1, { keyId: keyId(2), name: 'Mailer' })]);
    act(() =>
      main.tell({
        feed: 'keys.changed',
        state: { changed: [keyRow(1, { status: 'revoked', attention: null })], removed: [] },
      }),
    );
    await screen.findByText('2 keys found in 2 places, 1 of them replaced');
    expect(screen.getAllByRole('button', { name: 'Leaked: replace now' })).toHaveLength(1);
    const first = screen.getAllByRole('row')[1];
    expect(first?.textContent).toContain('Mailer');
  });

  it('are still here for who looks at a key and comes back, until the vault is locked', async () => {
    const { main, page, show, asked } = await found([aLeak(7)]);
    page.unmount();
    const again = show();
    expect(await screen.findByRole('grid', { name: 'Leaks' })).toBeTruthy();
    expect(asked('leaks.search')).toHaveLength(1);
    again.unmount();
    main.tell({
      feed: 'vault.changed',
      state: { store: 'keychain', lockedBy: null, backend: '', vault: { state: 'locked' } },
    });
    show();
    expect(((await screen.findByLabelText('Folder')) as HTMLInputElement).value).toBe('');
  });

  it('of which there are 2,000 are drawn only where in view, and said to be more where they are', async () => {
    const leaks = Array.from({ length: 2_000 }, (_, line) => aLeak(line, { keyId: keyId(100 + (line % 9)) }));
    await found(leaks, { more: true });
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(screen.getByText('9 keys found in 2,000 places, and in more than can be shown')).toBeTruthy();
  });
});

describe('the pre-commit hook', () => {
  const name = (folder: string) =>
    fireEvent.change(screen.getByLabelText('Folder'), { target: { value: folder } });

  it('is asked about when a whole path has been typed, and only then', async () => {
    const { asked } = open();
    name('shop');
    name('/home/mira/co');
    name('/home/mira/code');
    await screen.findByText('There is no pre-commit hook yet');
    expect(asked('leaks.hook').map(({ input }) => input)).toEqual([{ folder: '/home/mira/code' }]);
  });

  it('is not asked for in vain while a path leads nowhere yet', async () => {
    open({ 'leaks.hook': () => fail({ code: 'folder-gone', file: '/home/mira/co' }) });
    name('/home/mira/co');
    await screen.findByText(/Name a folder of a Git repository/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is installed and removed', async () => {
    const { asked } = open({
      'leaks.installHook': () => ok(hook('installed')),
      'leaks.removeHook': () => ok(hook('absent')),
    });
    name('/home/mira/code');
    fireEvent.click(await screen.findByRole('button', { name: 'Install the pre-commit hook' }));
    await screen.findByText('The pre-commit hook is installed');
    press('Remove the hook');
    await screen.findByText('There is no pre-commit hook yet');
    expect(asked('leaks.removeHook')).toHaveLength(1);
  });

  it('of somebody else is left alone, with the line that it would need', async () => {
    open({ 'leaks.hook': () => ok(hook('foreign')) });
    name('/home/mira/code');
    await screen.findByText('There is another pre-commit hook');
    expect(screen.getByText('keyturn check-staged || exit 1')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Install|Remove/ })).toBeNull();
  });

  it('that cannot be written says so and stays as it was', async () => {
    open({
      'leaks.installHook': () =>
        fail({ code: 'file-unwritable', file: hook('absent').file, reason: 'Read-only file system' }),
    });
    name('/home/mira/code');
    fireEvent.click(await screen.findByRole('button', { name: 'Install the pre-commit hook' }));
    await screen.findByRole('alert');
    await waitFor(() => expect(screen.getByText('There is no pre-commit hook yet')).toBeTruthy());
  });
});
