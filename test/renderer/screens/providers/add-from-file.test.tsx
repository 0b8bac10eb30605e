import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AddProviderDialog } from '../../../../renderer/screens/providers/add-provider-dialog.tsx';
import type { DefinitionPreview } from '../../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { definitionPreview, fullProvider } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const file = '/home/mira/parcelway.json';
const added = { ...fullProvider, id: 'parcelway', name: 'Parcelway', source: 'file' as const };

/** The dialog of a file, on a main that answers so. */
async function open(overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'providers.catalog': () => ok({ providers: [fullProvider] }),
        'providers.preview': () => ok(definitionPreview),
        'providers.addFromFile': () => ok(added),
        ...overrides,
      },
    }),
  );
  render(<AddProviderDialog onClose={() => undefined} onGenerate={() => undefined} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Add from a file' }));
  await screen.findByRole('dialog', { name: 'Add from a file' });
  return { calls: (method: string) => main.calls.filter((call) => call.method === method) };
}

const name = (path: string) => fireEvent.change(screen.getByLabelText('File'), { target: { value: path } });
const press = (button: string) => fireEvent.click(screen.getByRole('button', { name: button }));
const check = (path = file) => {
  name(path);
  press('Check file');
};
const textOf = async (table: string) => (await screen.findByRole('table', { name: table })).textContent;

describe('adding a provider from a file', () => {
  it('shows whom it would talk to, what it would call and what its keys hold before anything is added', async () => {
    const { calls } = await open();
    check();
    expect(await textOf('Hosts it may talk to')).toContain('https://api.parcelway.example');
    const call = screen.getByRole('rowheader', { name: 'Make a key' }).closest('tr');
    expect(call?.textContent).toContain('POSThttps://api.parcelway.example/v1/keys');
    expect(await textOf('What a key of it holds')).toContain('PARCELWAY_API_KEY');
    expect(calls('providers.preview')).toMatchObject([{ input: { file } }]);
    expect(calls('providers.addFromFile')).toEqual([]);
  });

  it('adds exactly what was shown and goes on to its form', async () => {
    const { calls } = await open();
    check();
    fireEvent.click(await screen.findByRole('button', { name: 'Add definition' }));
    expect(await screen.findByRole('dialog', { name: 'Add Parcelway' })).toBeTruthy();
    expect(calls('providers.addFromFile')).toMatchObject([
      { input: { file, digest: definitionPreview.digest } },
    ]);
  });

  it('says so when it takes the place of another definition', async () => {
    await open({ 'providers.preview': () => ok({ ...definitionPreview, replaces: 'Parcelway (old)' }) });
    check();
    expect(await screen.findByText('Takes the place of your definition “Parcelway (old)”')).toBeTruthy();
  });

  it('tells every fault at its place, names the file, and adds nothing', async () => {
    const { calls } = await open({
      'providers.preview': () =>
        fail({
          code: 'definition-faulty',
          file,
          faults: [
            { at: 'operations.create.response.secret', message: 'is missing' },
            { at: 'hosts.api', message: 'is not https' },
          ],
        }),
    });
    check();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(file);
    const faults = within(within(alert).getByRole('list', { name: 'Faults' })).getAllByRole('listitem');
    expect(faults.map(({ textContent }) => textContent)).toEqual([
      'operations.create.response.secret is missing',
      'hosts.api is not https',
    ]);
    expect(screen.queryByRole('button', { name: 'Add definition' })).toBeNull();
    expect(calls('providers.addFromFile')).toEqual([]);
  });

  it('tells where the JSON breaks off, by line and column', async () => {
    await open({
      'providers.preview': () =>
        fail({
          code: 'definition-faulty',
          file,
          faults: [{ at: '', message: 'line 4, column 12: a comma is missing' }],
        }),
    });
    check();
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The file line 4, column 12: a comma is missing',
    );
  });

  it.each([
    ['comes with Keyturn', fail({ code: 'definition-taken', id: 'stripe', name: 'Stripe' })],
    ['There is no such file', fail({ code: 'file-gone', file })],
    ['A definition is one file', fail({ code: 'file-is-folder', file })],
    ['A definition is a JSON file', fail({ code: 'file-not-text', file })],
    ['It was not read', fail({ code: 'file-too-big', file, limitBytes: 262_144 })],
    ['permission denied', fail({ code: 'file-unreadable', file, reason: 'permission denied' })],
    ['Type the whole path', fail({ code: 'path-not-absolute', file: 'parcelway.json' })],
  ] as const)(
    'says what is wrong with a file in words that fit one that is read: %s',
    async (said, answer) => {
      await open({ 'providers.preview': () => answer as never });
      check();
      const alert = await screen.findByRole('alert');
      expect(alert.textContent).toContain(said);
      expect(alert.textContent).not.toMatch(/written|\.env/);
    },
  );

  it('adds nothing when the file has changed since it was shown, and asks to check it again', async () => {
    await open({ 'providers.addFromFile': () => fail({ code: 'file-changed', file }) });
    check();
    fireEvent.click(await screen.findByRole('button', { name: 'Add definition' }));
    expect((await screen.findByRole('alert')).textContent).toContain('is not what you saw');
    expect(screen.queryByRole('button', { name: 'Add definition' })).toBeNull();
    press('Check file');
    expect(await screen.findByRole('button', { name: 'Add definition' })).toBeTruthy();
  });

  it('never offers to add what was shown of another file', async () => {
    let answer: (preview: DefinitionPreview) => void = () => undefined;
    await open({
      'providers.preview': () =>
        new Promise((resolve) => {
          answer = (preview) => resolve(ok(preview));
        }),
    });
    check();
    name('/home/mira/other.json');
    answer(definitionPreview);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Check file' })).toBeTruthy());
    expect(screen.queryByRole('button', { name: 'Add definition' })).toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
  });
});
