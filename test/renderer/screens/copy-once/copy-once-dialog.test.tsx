import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CopyOnceDialog } from '../../../../renderer/screens/copy-once/copy-once-dialog.tsx';
import { fail, ok } from '../../../../shared/result.ts';
import { keyId, target, targetId, work } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { canary, copyOnceMain } from '../../support/scenarios-dialogs.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** The dialog on a main that keeps count; and how often it closed. */
async function open(main = copyOnceMain()) {
  pageTalksTo(main);
  const happened = { closed: 0 };
  const view = render(<CopyOnceDialog keyId={keyId(3)} onClose={() => happened.closed++} />);
  await screen.findByRole('button', { name: 'Done' });
  return { main, happened, ...view };
}

/** A button by its name; with `field`, the one of that field's row. */
const button = (name: string, field?: string) => {
  const row = field === undefined ? undefined : screen.getByText(field, { selector: 'li *' }).closest('li');
  return within((row as HTMLElement) ?? document.body).getByRole('button', { name }) as HTMLButtonElement;
};
const press = (name: string, field?: string) => fireEvent.click(button(name, field));
const isDisabled = (name: string, field?: string) => button(name, field).disabled;
const reveals = (main: ReturnType<typeof copyOnceMain>) =>
  main.calls.filter(({ method }) => method === 'keys.reveal');

describe('the one time of a new key', () => {
  it('is masked at first: no value is asked for and none is on the page', async () => {
    const { main } = await open();
    expect(reveals(main)).toEqual([]);
    expect(document.body.innerHTML).not.toContain(canary);
    expect(screen.getByRole('dialog').textContent).toContain('9fQz');
  });

  it('is not ended by Escape: attention moves to Done, which says why', async () => {
    const { main, happened } = await open();
    await waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(happened.closed).toBe(0);
    await waitFor(() => expect(document.activeElement).toBe(button('Done')));
    expect(screen.getByText(/Nothing is lost/)).toBeTruthy();
    expect(main.calls.some(({ method }) => method === 'keys.seal')).toBe(false);
  });

  it('is not ended by a click outside', async () => {
    const { main, happened } = await open();
    fireEvent.pointerDown(document.body);
    fireEvent.pointerUp(document.body);
    fireEvent.click(document.body);
    expect(happened.closed).toBe(0);
    expect(screen.getByText(/Nothing is lost/)).toBeTruthy();
    expect(main.calls.some(({ method }) => method === 'keys.seal')).toBe(false);
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
  });

  it('takes what is chosen from a list on top of it for no way out', async () => {
    await open();
    const list = document.body.appendChild(document.createElement('div'));
    fireEvent.pointerUp(list);
    fireEvent.keyDown(list, { key: 'Escape' });
    list.remove();
    expect(screen.queryByText(/Nothing is lost/)).toBeNull();
    expect(document.activeElement).not.toBe(button('Done'));
  });

  it('shows the value one time, hides it after 30 seconds, and cannot show it again', async () => {
    const { main } = await open();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    press('Show');
    const shown = await screen.findByLabelText('Token', { selector: 'output' });
    expect(shown.textContent).toBe(canary);
    await screen.findByText(/^Hides itself in (30|29) s$/);
    await act(() => vi.advanceTimersByTimeAsync(31_000));
    expect(document.body.innerHTML).not.toContain(canary.slice(0, 8));
    expect(screen.queryByLabelText('Token', { selector: 'output' })).toBeNull();
    expect(isDisabled('Show')).toBe(true);
    expect(screen.getByText(/Already shown/)).toBeTruthy();
    expect(reveals(main)).toHaveLength(1);
  });

  it('leaves no value behind when it is hidden by hand or left', async () => {
    const { unmount } = await open();
    press('Show');
    await screen.findByLabelText('Token', { selector: 'output' });
    await screen.findByRole('button', { name: 'Hide' });
    press('Hide');
    await waitFor(() => expect(screen.queryByLabelText('Token', { selector: 'output' })).toBeNull());
    unmount();
    await act(async () => undefined);
    expect(document.documentElement.innerHTML).not.toContain(canary.slice(0, 8));
  });

  it('asks for the value once even when Show is pressed twice at once', async () => {
    const { main } = await open();
    const show = button('Show');
    act(() => {
      show.click();
      show.click();
    });
    await screen.findByLabelText('Token', { selector: 'output' });
    expect(reveals(main)).toHaveLength(1);
  });

  it('copies each field one time, by main, and says when the clipboard is cleared', async () => {
    const { main } = await open();
    press('Copy', 'Token');
    expect((await screen.findByText('Token is on the clipboard')).parentElement?.textContent).toContain(
      '45 seconds',
    );
    await waitFor(() => expect(isDisabled('Copy', 'Token')).toBe(true));
    expect(screen.getByText('Already copied')).toBeTruthy();
    expect(isDisabled('Copy', 'User id')).toBe(false);
    expect(reveals(main)).toEqual([]);
  });

  it('copies by the page where main cannot, and keeps the value nowhere', async () => {
    const written: string[] = [];
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text));
    const { main } = await open(
      copyOnceMain({}, { 'keys.copy': () => ok({ by: 'page', clearsAfterSeconds: 45, concealed: false }) }),
    );
    press('Copy', 'Token');
    await screen.findByText('Token is on the clipboard');
    expect(written).toEqual([canary]);
    expect(reveals(main)).toMatchObject([{ input: { purpose: 'copy', field: 'key' } }]);
    expect(document.documentElement.innerHTML).not.toContain(canary);
    expect(screen.getByText(/Clipboard histories may record it/)).toBeTruthy();
  });

  it('tells after a reload what is spent', async () => {
    await open(copyOnceMain({ copyOnce: { sealed: false, shown: true, copiedFields: ['key'] } }));
    expect(isDisabled('Show')).toBe(true);
    expect(isDisabled('Copy', 'Token')).toBe(true);
    expect(isDisabled('Copy', 'User id')).toBe(false);
    expect(isDisabled('Write to .env')).toBe(false);
  });

  it('ends by Done, which seals before it closes', async () => {
    const { main, happened } = await open();
    press('Done');
    await waitFor(() => expect(happened.closed).toBe(1));
    expect(main.calls.filter(({ method }) => method === 'keys.seal')).toHaveLength(1);
  });

  it('writes the key to a file without leaving, and says that it was read back', async () => {
    const { main, happened } = await open();
    press('Write to .env');
    fireEvent.change(screen.getByLabelText('File'), { target: { value: '/home/mira/code/api/.env' } });
    fireEvent.submit(screen.getByRole('form', { name: 'Write to .env' }));
    await screen.findByText('Written and read back');
    expect(main.calls.find(({ method }) => method === 'keys.write')?.input).toMatchObject({
      target: {
        file: '/home/mira/code/api/.env',
        variables: { user: 'REGISTRY_USER', key: 'REGISTRY_TOKEN' },
      },
    });
    expect(happened.closed).toBe(0);
  });

  it('stays where it is when the file could not be written, and says why once', async () => {
    await open(
      copyOnceMain(
        {},
        {
          'keys.write': ({ target }) =>
            fail({ code: 'file-unwritable', file: target.file, reason: 'read only' }),
        },
      ),
    );
    press('Write to .env');
    fireEvent.change(screen.getByLabelText('File'), { target: { value: '/srv/.env' } });
    fireEvent.submit(screen.getByRole('form', { name: 'Write to .env' }));
    await waitFor(() => expect(screen.getAllByText(/The file cannot be written/)).toHaveLength(1));
    expect(screen.getByRole('form', { name: 'Write to .env' })).toBeTruthy();
  });

  it('says who reads the written value differently before the form goes away', async () => {
    await open(
      copyOnceMain(
        {},
        {
          'keys.write': () => ok({ targetId: targetId(0), readDifferentlyBy: ['systemd'] }),
        },
      ),
    );
    press('Write to .env');
    fireEvent.change(screen.getByLabelText('File'), { target: { value: '/srv/.env' } });
    fireEvent.submit(screen.getByRole('form', { name: 'Write to .env' }));
    await screen.findByText(
      'systemd reads this value differently: choose your reader at Write to .env, under More.',
    );
    expect(screen.getByRole('button', { name: 'More' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
    press('Close');
    expect(screen.queryByRole('form', { name: 'Write to .env' })).toBeNull();
  });

  it('says at each file that it was written to who reads it differently there, and that the example was not', async () => {
    const targets = [target(0, { file: '/srv/shop/.env' }), target(1, { file: '/srv/worker/.env' })];
    const remarks = [
      {
        targetId: targetId(1),
        file: '/srv/worker/.env',
        readDifferentlyBy: ['systemd'],
        exampleFailed: true,
      },
    ];
    const made = work({ kind: 'issue', keyId: keyId(3), newKeyId: keyId(3), finished: 'done', remarks });
    await open(copyOnceMain({ targets }, { 'work.list': () => ok({ works: [made] }) }));
    const [note] = await screen.findAllByText(/^systemd reads this value differently/);
    expect(note?.closest('li')?.textContent).toContain('/srv/worker/.env');
    expect(note?.closest('li')?.textContent).toContain('The names could not be put into the example file');
    expect(screen.getByText('/srv/shop/.env').closest('li')?.textContent).toBe('/srv/shop/.env');
  });
});
