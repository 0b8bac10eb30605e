import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { FindLeakedDialog } from '../../../../renderer/screens/leaked/find-leaked-dialog.tsx';
import { ok } from '../../../../shared/result.ts';
import { keyId, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { assistedConnection, mainAt } from '../../support/scenarios-assisted.ts';

afterEach(cleanup);

async function open() {
  const found: string[] = [];
  const opened: unknown[] = [];
  const main = pageTalksTo(
    mainAt(assistedConnection, {
      'keys.list': () =>
        ok({
          keys: [
            keyRow(4, { name: 'Old labels', status: 'active' }),
            keyRow(5, { name: 'Labels of last year', status: 'revoked' }),
          ],
        }),
      'providers.open': (page) => {
        opened.push(page);
        return ok({ by: 'main' });
      },
    }),
  );
  render(<FindLeakedDialog onClose={() => {}} onFound={(id) => found.push(id)} />);
  // What the value looks like is told by what is connected and known; both are read first.
  await screen.findByText('Or find it by name');
  return { main, found, opened };
}

function paste(value: string) {
  const field = screen.getByLabelText('Leaked key') as HTMLInputElement;
  fireEvent.input(field, { target: { value } });
  fireEvent.click(screen.getByRole('button', { name: 'Find key' }));
  return field;
}

describe('a key that turned up somewhere', () => {
  it('leads to the key of the vault that it is, and is gone from the page as soon as it was asked about', async () => {
    const { main, found } = await open();
    const field = paste('  pw_known ');
    expect(field.value).toBe('');
    await waitFor(() => expect(found).toEqual([keyId(4)]));
    const asked = main.calls.filter(({ input }) => JSON.stringify(input).includes('pw_known'));
    expect(asked).toEqual([{ method: 'keys.recognise', input: { value: 'pw_known' } }]);
  });

  it('is said not to be in this vault, with what it looks like and its provider’s dashboard', async () => {
    const { found, opened } = await open();
    paste('pw_of_somebody_else');
    const said = await screen.findByText('It is not in this vault');
    expect(said.parentElement?.textContent).toContain('of a key of Parcelway. It was sent nowhere.');
    fireEvent.click(screen.getByRole('button', { name: 'Open dashboard' }));
    await waitFor(() =>
      expect(opened).toEqual([
        { providerId: 'parcelway', url: 'https://app.parcelway.example/settings/keys' },
      ]),
    );
    expect(found).toEqual([]);
    expect(document.documentElement.outerHTML).not.toContain('pw_of_somebody_else');
  });

  it('is said to be of no known form where that is so', async () => {
    await open();
    paste('hunter2');
    const said = await screen.findByText('It is not in this vault');
    expect(said.parentElement?.textContent).toContain('Its form is not one that Keyturn knows.');
    expect(screen.queryByRole('button', { name: 'Open dashboard' })).toBeNull();
  });

  it('can be found by its name instead; a revoked one is not among those', async () => {
    const { found } = await open();
    fireEvent.change(screen.getByLabelText('Name, provider or last four'), { target: { value: 'labels' } });
    expect(screen.queryByText(/Labels of last year/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Replace Old labels' }));
    expect(found).toEqual([keyId(4)]);
  });
});
