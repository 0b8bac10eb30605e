import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { MakeBackupDialog } from '../../../../renderer/screens/backup/make-backup-dialog.tsx';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { AnswerOf, Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

const passphrase = 'correct horse battery canary';
const file = '/media/stick/keyturn.age';
const made = {
  file,
  holds: { definitions: 1, connections: 3, keys: 1_200 },
  withoutValue: ['Load test'],
  bytes: 412_345,
};
type Made = AnswerOf<KeyturnContract['backup.make']>;

function open(make: Handlers<KeyturnContract>['backup.make'] = () => ok(made)) {
  const main = pageTalksTo(
    createFakeMain({ overrides: { 'backup.make': make, 'backup.cancel': () => ok({}) } }),
  );
  render(<MakeBackupDialog onClose={() => {}} />);
  const asked = () => main.calls.filter(({ method }) => method === 'backup.make').map(({ input }) => input);
  return { main, asked };
}

function fill(at = file, first = passphrase, second = first) {
  fireEvent.change(screen.getByLabelText('File'), { target: { value: at } });
  fireEvent.input(screen.getByLabelText('Passphrase'), { target: { value: first } });
  fireEvent.input(screen.getByLabelText('Repeat passphrase'), { target: { value: second } });
}
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Make backup' }));

describe('making a backup', () => {
  it.each([
    ['', passphrase, passphrase, 'Say where the backup goes.'],
    [file, 'too short', 'too short', 'Use at least 12 characters.'],
    [file, passphrase, `${passphrase}x`, 'The two are not the same.'],
  ])('asks nothing of main while something is missing or differs', async (at, first, second, said) => {
    const { asked } = open();
    fill(at, first, second);
    send();
    expect(await screen.findByText(said)).toBeTruthy();
    expect(asked()).toEqual([]);
  });

  it('says where it is, what it holds, how big it is, and which keys are without a value', async () => {
    const { asked } = open();
    fill();
    send();
    await screen.findByText('The backup is written and was read back');
    expect(asked()).toEqual([{ file, passphrase, replace: false }]);
    const text = screen.getByRole('dialog').textContent;
    for (const part of [
      file,
      '1,200 keys, 3 connections, 1 definition',
      '412 kB',
      '1 value could not be read',
      'Load test',
    ])
      expect(text).toContain(part);
    expect(document.documentElement.outerHTML).not.toContain(passphrase);
  });

  it('replaces a file that is there only when told to', async () => {
    const { asked } = open(({ replace }) => (replace ? ok(made) : fail({ code: 'file-exists', file })));
    fill();
    send();
    fireEvent.click(await screen.findByRole('checkbox'));
    send();
    await screen.findByText('The backup is written and was read back');
    expect(asked()).toMatchObject([{ replace: false }, { replace: true }]);
  });

  it('forgets that a file may be replaced when another is named', async () => {
    const { asked } = open(() => fail({ code: 'file-exists', file }));
    fill();
    send();
    fireEvent.click(await screen.findByRole('checkbox'));
    fireEvent.change(screen.getByLabelText('File'), { target: { value: '/media/stick/other.age' } });
    send();
    await waitFor(() => expect(asked()).toHaveLength(2));
    expect(asked().at(-1)).toMatchObject({ file: '/media/stick/other.age', replace: false });
  });

  it('tells how far it is and can be cancelled, and then nothing was written', async () => {
    let end: (answer: Made) => void = () => {};
    const { main } = open(() => new Promise((resolve) => (end = resolve as typeof end)));
    fill();
    send();
    await screen.findByRole('progressbar');
    act(() => main.tell({ feed: 'backup.progress', state: { doing: 'making', done: 30, total: 1_200 } }));
    expect(screen.getByText('30 of 1,200')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(main.calls.some(({ method }) => method === 'backup.cancel')).toBe(true));
    await act(async () => end(fail({ code: 'backup-cancelled' })));
    expect((await screen.findByRole('alert')).textContent).toContain('No file was written');
    expect(screen.getByRole('button', { name: 'Make backup' })).toBeTruthy();
  });

  it('puts what is wrong with the path at its field', async () => {
    open(() => fail({ code: 'folder-gone', file }));
    fill();
    send();
    await screen.findByText(/The folder does not exist/);
    expect(screen.getByLabelText('File').getAttribute('aria-invalid')).toBe('true');
    expect(document.body.textContent).not.toContain('.env');
  });
});
