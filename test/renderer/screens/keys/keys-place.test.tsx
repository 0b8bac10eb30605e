import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { navigate, useRoute } from '../../../../renderer/screens/frame/router.ts';
import { KeysPlace } from '../../../../renderer/screens/keys/keys-place.tsx';
import { createFakeMain, keyId, keyRow } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';

const main = createFakeMain({ keys: 12 });

beforeAll(() => {
  giveSize(1_000, 720);
  Object.defineProperty(window, 'keyturn', { value: main });
});
beforeEach(() => navigate({ place: 'keys', keyId: null }));
afterEach(cleanup);

function Place() {
  const route = useRoute();
  return route.place === 'keys' ? (
    <>
      <KeysPlace keyId={route.keyId} />
      <AppDialogs />
    </>
  ) : null;
}

const list = () => screen.findByRole('grid', { name: 'Keys' });

test('opens a key by Enter, shows it beside the list, and gives the focus back when it is closed', async () => {
  render(<Place />);
  const grid = await list();
  act(() => grid.focus());
  fireEvent.keyDown(grid, { key: 'Enter' });
  const article = await screen.findByRole('article', { name: 'search index' });
  await screen.findByRole('button', { name: 'Write to .env' });
  fireEvent.keyDown(article, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('article')).toBeNull());
  expect(document.activeElement).toBe(await list());
});

test('shows what the feed tells, without asking for the list again', async () => {
  render(<Place />);
  await list();
  const asked = main.calls.filter(({ method }) => method === 'keys.list').length;
  main.tell({
    feed: 'keys.changed',
    state: { changed: [keyRow(0, { name: 'renamed elsewhere' })], removed: [] },
  });
  expect(await screen.findByText('renamed elsewhere')).toBeTruthy();
  expect(main.calls.filter(({ method }) => method === 'keys.list')).toHaveLength(asked);
});

test('says how many keys have files out of step, marks them, and shows only these when asked', async () => {
  render(<Place />);
  await list();
  const astray = [...main.rows.values()].filter((row) => row.targetsAstray > 0 && row.status !== 'revoked');
  expect(await screen.findByText(`${astray.length} keys have files out of step.`)).toBeTruthy();
  expect(screen.getAllByText('2 of 3 files are out of step').length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole('button', { name: 'Show files out of step' }));
  await screen.findByText(`${astray.length} of 12 keys`);
  expect(screen.queryByRole('region', { name: 'Files out of step' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await screen.findByText('12 keys');
});

test.each(['Clear search', 'Clear search and filters'])(
  'leaves the focus in the search field when a search that found nothing is cleared by %s',
  async (name) => {
    render(<Place />);
    await list();
    const search = screen.getByRole('searchbox');
    fireEvent.change(search, { target: { value: 'no such key' } });
    const clear = await screen.findByRole('button', { name });
    act(() => clear.focus());
    fireEvent.click(clear);
    await list();
    expect(document.activeElement).toBe(search);
  },
);

test('leaves the focus in the search field when the filters are cleared and their button goes', async () => {
  render(<Place />);
  await list();
  const show = screen.getByRole('button', { name: 'Show files out of step' });
  act(() => show.focus());
  fireEvent.click(show);
  expect(document.activeElement).toBe(await list());
  const clear = await screen.findByRole('button', { name: 'Clear filters' });
  act(() => clear.focus());
  fireEvent.click(clear);
  await screen.findByText('12 keys');
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
});

test.each([
  ['Find keys in a folder', '#/find-keys'],
  ['Check for leaks', '#/check-for-leaks'],
])('leads to %s', async (name, hash) => {
  render(<Place />);
  await list();
  fireEvent.click(screen.getByRole('button', { name: 'More for all keys' }));
  fireEvent.click(await screen.findByRole('menuitem', { name }));
  expect(location.hash).toBe(hash);
});

test('says how a check ended, in words', async () => {
  navigate({ place: 'keys', keyId: keyId(2) });
  render(<Place />);
  fireEvent.click(await screen.findByRole('button', { name: 'Check key' }));
  expect(await screen.findByText('The key works')).toBeTruthy();
});

test('offers the one time of a new key before anything else', async () => {
  navigate({ place: 'keys', keyId: keyId(3) });
  render(<Place />);
  expect(await screen.findByText('This key can still be copied once')).toBeTruthy();
});

test('writes to the file and the variable that were typed', async () => {
  navigate({ place: 'keys', keyId: keyId(1) });
  render(<Place />);
  fireEvent.click(await screen.findByRole('button', { name: 'Write to .env' }));
  const dialog = await screen.findByRole('dialog', { name: 'Write to .env' });
  fireEvent.change(screen.getByLabelText('File'), { target: { value: '/srv/app/.env' } });
  fireEvent.change(screen.getByLabelText('Variable for API key'), { target: { value: 'MAIL_KEY' } });
  const form = dialog.querySelector('form');
  if (form === null) throw new Error('The dialog has no form');
  await screen.findByText('MAIL_KEY will be added to the file.');
  fireEvent.submit(form);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(main.calls.findLast(({ method }) => method === 'keys.write')?.input).toEqual({
    id: keyId(1),
    target: {
      file: '/srv/app/.env',
      variables: { key: 'MAIL_KEY' },
      dialect: 'any',
      keepsExample: false,
      confirmName: '',
      mayReplace: [],
    },
  });
});
