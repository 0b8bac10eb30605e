import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FindsScreen } from '../../../../renderer/screens/finds/finds-screen.tsx';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { AnswerOf, Handlers, InputOf } from '../../../../shared/ipc/define.ts';
import type { Find } from '../../../../shared/ipc/search.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { connectionId, keyId, workId } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection, mainAt } from '../../support/scenarios-assisted.ts';
import { aFind, candidate, place } from './a-find.ts';

beforeAll(() => giveSize(1_000, 720));
afterEach(cleanup);

type Adopt = InputOf<KeyturnContract['finds.adopt']>;
type Adopted = AnswerOf<KeyturnContract['finds.adopt']>;

function open(overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const went = {
    back: 0,
    opened: [] as string[],
    takeIn: 0,
    addProvider: 0,
    describe: 0,
    written: [] as unknown[],
  };
  const main = pageTalksTo(
    mainAt(assistedConnection, {
      'finds.forget': () => ok({}),
      'search.cancel': () => ok({}),
      'finds.adopt': () => ok({ keyId: keyId(40), workId: workId(1) }),
      ...overrides,
    }),
  );
  const page = render(
    <FindsScreen
      onLeave={() => went.back++}
      onOpenKey={(id) => went.opened.push(id)}
      onTakeIn={() => went.takeIn++}
      onAddProvider={() => went.addProvider++}
      onDescribeProvider={() => went.describe++}
      onWriteHere={(id, { file, variables }) => went.written.push([id, file, variables])}
    />,
  );
  const asked = (method: string) => main.calls.filter((call) => call.method === method);
  return { main, went, asked, page };
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const row = (name: RegExp) => screen.getByRole('row', { name });

async function search(folder = '/home/mira/code') {
  fireEvent.change(await screen.findByLabelText('Folder'), { target: { value: folder } });
  fireEvent.submit(document.querySelector('form') as HTMLFormElement);
}

/** The screen with these finds on it. */
async function found(finds: readonly Find[], overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const opened = open({
    'finds.search': () =>
      ok({ finds: [...finds], strangers: [], files: 12, skipped: [], stoppedAfter: null }),
    ...overrides,
  });
  await search();
  await screen.findByRole('grid', { name: 'Found keys' });
  const adopted = () => opened.asked('finds.adopt').map(({ input }) => input as Adopt);
  return { ...opened, adopted };
}

describe('searching a folder', () => {
  it('says how far it has come and stops when asked, which is no failure', async () => {
    let end: (answer: AnswerOf<KeyturnContract['finds.search']>) => void = () => {};
    const { main, asked } = open({
      'finds.search': () => new Promise((resolve) => (end = resolve)) as never,
      'search.cancel': () => {
        end(fail({ code: 'search-cancelled' }));
        return ok({});
      },
    });
    await search();
    await screen.findByRole('progressbar');
    act(() =>
      main.tell({
        feed: 'search.progress',
        state: { doing: 'searching-files', done: 12, total: 340, unit: 'files', found: 3 },
      }),
    );
    expect(screen.getByText('12 of 340 files, 3 found')).toBeTruthy();
    press('Cancel');
    expect(((await screen.findByLabelText('Folder')) as HTMLInputElement).value).toBe('/home/mira/code');
    expect(asked('search.cancel')).toHaveLength(1);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('keeps what a stopped search has found, and says after how many files it was stopped', async () => {
    await found([aFind(1)], {
      'finds.search': () =>
        ok({ finds: [aFind(1)], strangers: [], files: 12, skipped: [], stoppedAfter: 62_025 }),
    });
    expect(screen.getByText('Stopped after 62,025 files')).toBeTruthy();
    expect(row(/SHOP1/)).toBeTruthy();
  });

  it('stops when the page is left', async () => {
    const { asked, page } = open({ 'finds.search': () => new Promise(() => {}) as never });
    await search();
    await screen.findByRole('progressbar');
    page.unmount();
    expect(asked('search.cancel')).toHaveLength(1);
  });

  it('says that there is no such folder, and keeps what was typed', async () => {
    open({ 'finds.search': () => fail({ code: 'folder-gone', file: '/home/mira/cod' }) });
    await search('/home/mira/cod');
    await screen.findByText('There is no such folder');
    expect((screen.getByLabelText('Folder') as HTMLInputElement).value).toBe('/home/mira/cod');
  });

  it('offers to stop another search that is in the way', async () => {
    const { asked } = open({ 'finds.search': () => fail({ code: 'search-running' }) });
    await search();
    fireEvent.click(await screen.findByRole('button', { name: 'Stop that search' }));
    expect(asked('search.cancel')).toHaveLength(1);
  });

  it('says in how many files nothing was found, and what was left out', async () => {
    open({
      'finds.search': () =>
        ok({
          finds: [],
          strangers: [],
          stoppedAfter: null,
          files: 3,
          skipped: [{ file: '/home/mira/code/big/.env', reason: 'It is too big' }],
        }),
    });
    await search();
    await screen.findByText('No keys found');
    expect(screen.getByText(/3 files searched in/)).toBeTruthy();
    press('1 place could not be searched');
    expect(await screen.findByText('big/.env')).toBeTruthy();
    expect(screen.getByText('It is too big')).toBeTruthy();
  });

  it('has what was found forgotten when the page is left', async () => {
    const { asked, page } = await found([aFind(1)]);
    expect(asked('finds.forget')).toEqual([]);
    page.unmount();
    expect(asked('finds.forget')).toHaveLength(1);
  });
});

describe('what was found', () => {
  it('shows each value by its variable, its end, its provider and its age, in groups', async () => {
    await found([
      aFind(1),
      aFind(2, { known: { id: keyId(4), name: 'Old labels', followed: ['/home/mira/code/shop2/.env'] } }),
      aFind(3, { candidates: [], by: 'name' }),
    ]);
    const first = row(/PARCELWAY_SHOP1_KEY/);
    for (const words of ['1001', 'Parcelway', 'shop1/.env', '8 months', 'To be adopted']) {
      expect(first.textContent).toContain(words);
    }
    expect(row(/PARCELWAY_SHOP2_KEY/).textContent).toContain('As Old labels');
    expect(row(/PARCELWAY_SHOP3_KEY/).textContent).toContain('Provider not known');
    expect(screen.getByText(/^Can be taken in/)).toBeTruthy();
    expect(screen.getByText(/^In the vault already/)).toBeTruthy();
  });

  it('chooses by itself only what is surely a key and lacks nothing', async () => {
    const { adopted } = await found([
      aFind(1),
      aFind(2, { by: 'name' }),
      aFind(3, { candidates: [candidate('mapler'), candidate('signet')] }),
      aFind(4, { candidates: [candidate('parcelway', { missing: ['id'] })] }),
    ]);
    press('Adopt 1 key');
    await screen.findByText('1 key adopted');
    expect(adopted()).toEqual([
      {
        findId: 'find-1',
        connectionId: assistedConnection.id,
        providerId: 'parcelway',
        name: 'Parcelway shop1',
        follow: ['/home/mira/code/shop1/.env'],
        anyForm: false,
        policy: {},
      },
    ]);
  });

  it('is chosen all at once, but for what lacks something', async () => {
    const { adopted } = await found([aFind(1), aFind(2, { by: 'name' }), aFind(3, { candidates: [] })]);
    press('Choose all');
    press('Adopt 2 keys');
    await screen.findByText('2 keys adopted');
    expect(adopted().map(({ findId }) => findId)).toEqual(['find-1', 'find-2']);
    cleanup();
    await found([aFind(1)]);
    press('Choose none');
    expect(screen.getByRole('button', { name: 'Adopt keys' }).hasAttribute('disabled')).toBe(true);
  });

  it('is chosen by Space on the list', async () => {
    await found([aFind(1)]);
    const grid = screen.getByRole('grid');
    fireEvent.focus(grid);
    fireEvent.keyDown(grid, { key: ' ' });
    expect(screen.getByRole('button', { name: 'Adopt keys' })).toBeTruthy();
    fireEvent.keyDown(grid, { key: ' ' });
    expect(screen.getByRole('button', { name: 'Adopt 1 key' })).toBeTruthy();
  });

  it('gives the focus to a find that is opened by Enter, and back to the list when it is closed', async () => {
    await found([aFind(1)]);
    const grid = screen.getByRole('grid');
    expect(document.activeElement).toBe(grid);
    fireEvent.keyDown(grid, { key: 'Enter' });
    const article = await screen.findByRole('article', { name: 'PARCELWAY_SHOP1_KEY' });
    expect(article.contains(document.activeElement)).toBe(true);
    fireEvent.keyDown(article, { key: 'Escape' });
    expect(screen.queryByRole('article')).toBeNull();
    expect(document.activeElement).toBe(grid);
  });

  it('tells in which lines of which files it stands, and which of them Git tracks', async () => {
    await found([
      aFind(1, {
        places: [
          place('/home/mira/code/shop/.env', 'PARCELWAY_KEY', 3),
          place('/home/mira/code/shop/.env', 'LABELS_KEY', 9),
          place('/home/mira/code/worker/.env.production', 'PARCELWAY_KEY', 1, true),
        ],
      }),
    ]);
    fireEvent.click(row(/PARCELWAY_KEY/));
    const files = within(await screen.findByRole('list', { name: 'Files that hold it' }));
    expect(files.getByText('shop/.env')).toBeTruthy();
    expect(files.getByText('line 3 as PARCELWAY_KEY, line 9 as LABELS_KEY')).toBeTruthy();
    expect(files.getAllByText('Tracked by Git')).toHaveLength(1);
  });

  it('follows only the files that stay chosen', async () => {
    const { adopted } = await found([
      aFind(1, {
        places: [place('/home/mira/code/a/.env', 'K_A', 1), place('/home/mira/code/b/.env', 'K_A', 1)],
      }),
    ]);
    fireEvent.click(row(/K_A/));
    fireEvent.click(await screen.findByLabelText(/^b\/.env/));
    press('Adopt this key');
    await screen.findByText('It is in the vault');
    expect(adopted()[0]?.follow).toEqual(['/home/mira/code/a/.env']);
  });

  it('leads to the value of another provider where several fit', async () => {
    const { adopted } = await found([
      aFind(1, { candidates: [candidate('signet'), candidate('parcelway', { environment: 'test' })] }),
    ]);
    fireEvent.click(row(/SHOP1/));
    fireEvent.click(await screen.findByRole('button', { name: /Provider/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Parcelway' }));
    press('Adopt this key');
    await waitFor(() => expect(adopted()).toHaveLength(1));
    expect(adopted()[0]).toMatchObject({ providerId: 'parcelway', connectionId: assistedConnection.id });
  });

  it('says of a value that is not a key of those that it can be taken in by hand', async () => {
    const { went } = await found([aFind(1)]);
    fireEvent.click(row(/SHOP1/));
    fireEvent.click(await screen.findByRole('button', { name: /Provider/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Not a key of these' }));
    press('Take in a key');
    expect(went.takeIn).toBe(1);
    expect(screen.getByRole('button', { name: 'Adopt keys' })).toBeTruthy();
  });

  it('waits in a group of its own for a provider, and leads to each from one button', async () => {
    const registry = { candidates: [candidate('registry', { environment: 'live' as const })] };
    const { went } = await found([aFind(1, registry), aFind(2, registry), aFind(3)], {
      'connections.list': () => ok({ connections: [assistedConnection] }),
    });
    expect(row(/Needs a provider first/).textContent).toContain('2');
    expect(row(/^Can be taken in/).textContent).toContain('1');
    press('Add Package registry');
    expect(went.addProvider).toBe(1);
  });

  it('tells rows that are called alike apart by their files, and says which Git tracks', async () => {
    await found(
      ['one', 'other'].map((name, index) =>
        aFind(index, {
          places: [place(`/home/mira/code/${name}/.env`, 'PARCELWAY_KEY', 1, name === 'other')],
        }),
      ),
    );
    expect(row(/one\//).textContent).not.toContain('Tracked by Git');
    expect(row(/other\//).textContent).toContain('Tracked by Git');
  });

  it('is no key to take in where the vault has revoked it, and leads to the new one', async () => {
    const { went } = await found([
      aFind(1, {
        revoked: { name: 'Labels', successor: { id: keyId(5), name: 'Labels', field: 'key' } },
      }),
    ]);
    expect(row(/SHOP1/).textContent).toContain('Old value of Labels, revoked');
    expect(screen.queryByRole('checkbox')).toBeNull();
    fireEvent.click(row(/SHOP1/));
    press('Write the new one here');
    expect(went.written).toEqual([[keyId(5), '/home/mira/code/shop1/.env', { key: 'PARCELWAY_SHOP1_KEY' }]]);
  });

  it('is told beside secrets of unknown providers, by their names and files', async () => {
    const places = [{ file: '/home/mira/code/acme/.env', variable: 'ACME_TOKEN', line: 4 }];
    const { went } = await found([aFind(1)], {
      'finds.search': () =>
        ok({ finds: [aFind(1)], strangers: [{ places }], files: 12, skipped: [], stoppedAfter: null }),
    });
    press('1 secret of unknown providers');
    expect(screen.getByRole('list', { name: 'Secrets of unknown providers' }).textContent).toBe(
      'ACME_TOKENacme/.env, line 4',
    );
    press('Describe a provider');
    expect(went.describe).toBe(1);
  });

  it('leads to adding a provider that has no connection yet, and takes the new one', async () => {
    const connections: (typeof assistedConnection)[] = [];
    const { main, went, adopted } = await found(
      [aFind(1, { candidates: [candidate('registry', { environment: 'live' })] })],
      { 'connections.list': () => ok({ connections }) },
    );
    expect(row(/SHOP1/).textContent).toContain('No connection to Package registry');
    fireEvent.click(row(/SHOP1/));
    press('Add provider');
    expect(went.addProvider).toBe(1);
    const added = {
      ...assistedConnection,
      id: connectionId(61),
      providerId: 'registry',
      environment: 'live' as const,
    };
    act(() => main.tell({ feed: 'connections.changed', state: { connections: [added] } }));
    press('Adopt this key');
    await waitFor(() => expect(adopted()[0]?.connectionId).toBe(added.id));
  });

  it('makes one connection for all keys of a provider that needs nothing for it', async () => {
    const { asked, adopted } = await found(
      [1, 2].map((index) => aFind(index, { candidates: [candidate('mapler', { environment: 'live' })] })),
      { 'connections.add': () => ok({ ...assistedConnection, id: connectionId(60), providerId: 'mapler' }) },
    );
    press('Adopt 2 keys');
    await screen.findByText('2 keys adopted');
    expect(asked('connections.add').map(({ input }) => input)).toEqual([
      { providerId: 'mapler', name: 'Mapler live', environment: 'live', settings: {}, credential: {} },
    ]);
    expect(adopted().map((input) => input.connectionId)).toEqual([connectionId(60), connectionId(60)]);
  });

  it('lets a name that is empty or taken be mended before anything is sent', async () => {
    const { asked } = await found([aFind(1), aFind(2)]);
    fireEvent.click(row(/SHOP2/));
    fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Parcelway shop1' } });
    expect(await screen.findByText('Another find that you have chosen has this name.')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: ' ' } });
    expect(await screen.findByText('A key needs a name.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Adopt 1 key' })).toBeTruthy();
    expect(asked('finds.adopt')).toEqual([]);
  });

  it('lets the vault follow files of a key that it has, under that key’s own connection', async () => {
    const known = { id: keyId(4), name: 'Old labels', followed: ['/home/mira/code/a/.env'] };
    const { adopted } = await found([
      aFind(1, {
        known,
        places: [place('/home/mira/code/a/.env', 'K', 1), place('/home/mira/code/b/.env', 'K', 2)],
      }),
    ]);
    fireEvent.click(row(/^.*K .*Old labels/));
    press('Follow 1 file');
    await screen.findByText('The vault follows the files');
    expect(adopted()[0]).toMatchObject({
      name: 'Old labels',
      connectionId: assistedConnection.id,
      providerId: 'parcelway',
      follow: ['/home/mira/code/b/.env'],
    });
  });
});

describe('adopting many', () => {
  it('goes on after one that fails, loses nothing, and offers each its next step', async () => {
    const answers: Record<string, () => Adopted> = {
      'find-1': () => fail({ code: 'key-refused', message: 'revoked in spring' }),
      'find-2': () => fail({ code: 'key-form-unusual', field: 'key' }),
      'find-3': () => ok({ keyId: keyId(43), workId: workId(1) }),
    };
    const { adopted, went } = await found([aFind(1), aFind(2), aFind(3)], {
      'finds.adopt': ({ findId, anyForm }) =>
        (anyForm ? ok({ keyId: keyId(42), workId: null }) : answers[findId]?.()) as never,
    });
    press('Adopt 3 keys');
    await screen.findByText('1 key adopted, 2 others not');
    expect(screen.getByText(/^Not adopted/)).toBeTruthy();
    fireEvent.click(row(/SHOP1/));
    expect(await screen.findByText(/revoked in spring/)).toBeTruthy();
    fireEvent.click(row(/SHOP2/));
    press('Adopt anyway');
    await screen.findByText('It is in the vault');
    expect(adopted().at(-1)).toMatchObject({ findId: 'find-2', anyForm: true });
    press('Open key');
    expect(went.opened).toEqual([keyId(42)]);
  });

  it('stops between two keys when asked; the rest stay to be adopted', async () => {
    const waiting: ((answer: Adopted) => void)[] = [];
    const { adopted } = await found([aFind(1), aFind(2), aFind(3)], {
      'finds.adopt': () => new Promise<Adopted>((resolve) => waiting.push(resolve)) as never,
    });
    press('Adopt 3 keys');
    await screen.findByText('0 of 3 keys');
    expect(row(/SHOP1/).textContent).toContain('Adopting');
    expect(row(/SHOP2/).textContent).toContain('Waiting');
    press('Cancel');
    await act(async () => waiting[0]?.(ok({ keyId: keyId(41), workId: null })));
    await screen.findByText('1 key adopted, 2 left');
    expect(adopted()).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Adopt 2 keys' })).toBeTruthy();
  });
});

describe('2,000 finds', () => {
  it('draws only those in view, and adopts all of them', async () => {
    const { adopted } = await found(Array.from({ length: 2_000 }, (_, index) => aFind(index)));
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(screen.getByText('2,000 values found, 12 files searched')).toBeTruthy();
    press('Adopt 2,000 keys');
    await screen.findByText('2,000 keys adopted', {}, { timeout: 25_000 });
    expect(new Set(adopted().map(({ name }) => name)).size).toBe(2_000);
  });
});
